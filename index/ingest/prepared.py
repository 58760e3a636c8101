"""What a run of indexing carries along: settings, articles ready to be stored, and what it has seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from index.language import lemmas, name_keys, search_words, sentence_spans
from index.types import Skipped
from index.windows import window_texts

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime

    from index.types import Article, Language, Passage, Span, Taken, Unchanged


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """What shapes an article on its way in; part of its digest, so that a change is worked in."""

    max_bytes: int = 20_000_000
    min_words: int = 120
    max_words: int = 220
    zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be embedded and stored; ``windows`` has a list for each passage.

    ``at`` is when it counts as stored, None for now.
    """

    article: Article
    digest: str
    passages: list[Passage]
    windows: list[list[Span]]
    at: datetime | None = None

    def texts(self) -> list[str]:
        """What is embedded, passage by passage."""
        spans = zip(self.passages, self.windows, strict=True)
        return [text for passage, found in spans for text in window_texts(self.article, passage, found)]


@dataclass(slots=True)
class Tally:
    """What a run has seen and done so far; ``unread`` counts sources that were not read because nothing changed."""

    known: Mapping[str, tuple[str, str]]
    expired: Container[str] = ()
    seen: dict[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    embedded: int = 0
    unread: int = 0

    def leave(self, source: Skipped | Unchanged) -> None:
        """Note a source that gives nothing to work on."""
        if isinstance(source, Skipped):
            self.skipped.append(source)
        else:
            self.unread += 1


def words_of(article: Article, passage: Passage) -> str:
    """What full-text search finds a passage by, in lines: words of the headline, of each sentence, and its names."""
    text, language = passage.text, passage.language
    sentences = (lemmas(text[span.start : span.end], language) for span in sentence_spans(text, language))
    lines = (_title_words(article.title, article.language), *sentences, name_keys(text, language))
    return "\n".join(" ".join(line) for line in lines)


@lru_cache(maxsize=16)
def _title_words(title: str, language: Language) -> list[str]:
    """Words of a headline, kept until all passages of its article have asked for them."""
    return search_words(title, language)
