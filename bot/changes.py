"""What changed in an article from one revision to the next, sentence by sentence. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.language import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article, Published, Revision

    Sentences = tuple[str, ...]

_MOST_COMPARED = 4_000
"""Sentences of both texts that are set against each other in order: the time grows with their number's square."""


@dataclass(frozen=True, slots=True)
class Change:
    """A revision, what it became, and the sentences that came and went between the two."""

    before: Revision
    after: Revision | Article
    added: Sentences
    removed: Sentences

    def dates(self) -> tuple[Published | None, Published | None]:
        """The dates of publication before and after."""
        return self.before.published, self.after.published

    def names(self) -> dict[str, tuple[str | None, str | None]]:
        """What else is told of the article and changed: before and after, by field."""
        pairs = {
            "title": (self.before.title, self.after.title),
            "author": (self.before.author, self.after.author),
            "outlet": (self.before.outlet, self.after.outlet),
            "url": (self.before.url, self.after.url),
        }
        return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def changes(revisions: Sequence[Revision], article: Article) -> list[Change]:
    """Each revision against the next one, the latest against the article as it is now; the latest first, as given."""
    following: tuple[Revision | Article, ...] = (article, *revisions)
    return [_change(before, after) for before, after in zip(revisions, following, strict=False)]


def _change(before: Revision, after: Revision | Article) -> Change:
    old, new = _sentences(before), _sentences(after)
    if len(old) + len(new) > _MOST_COMPARED:
        return Change(before, after, _beyond(new, old), _beyond(old, new))
    steps = [each for each in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if each[0] != "equal"]
    removed = tuple(sentence for _, start, end, _, _ in steps for sentence in old[start:end])
    added = tuple(sentence for _, _, _, start, end in steps for sentence in new[start:end])
    return Change(before, after, added, removed)


def _sentences(found: Revision | Article) -> Sentences:
    return tuple(found.text[span.start : span.end] for span in sentence_spans(found.text, found.language))


def _beyond(these: Sentences, those: Sentences) -> Sentences:
    """The sentences that occur here more often than there, whatever their order."""
    return tuple((Counter(these) - Counter(those)).elements())
