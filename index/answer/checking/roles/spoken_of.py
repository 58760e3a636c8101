"""Whether a written sentence says of one what its source says of another: "B came first" where A did, and B second.

Names are masked, and what stands around a clause's subject is compared with what stands around the names of the source,
by the vectors of the encoder: only who is spoken of may then tell the clauses apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.cited import clauses
from index.answer.checking.names.seats import with_states
from index.answer.checking.names.spellings import derived
from index.answer.checking.roles.mentions import mentions
from index.answer.checking.words import straight
from index.language import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.roles.mentions import Mention
    from index.ports import Embedder, Vectors
    from index.types import Language

_FEWEST_WORDS = 4
_FEWEST_OWN = 3
"""Words of a clause beside names, fewer of which fit to anybody."""
_LEAST, _MARGIN = 0.58, 0.3
"""Cosine of two clauses with names masked from which on they tell the same, and how much nearer others come.

At this margin 1 of 914 true sentences of five sets is refused and 5 of 136 exchanged roles are caught; at 0.17 they
were 7 and 14, four of the 7 in the one set that nothing was tuned on.
"""
_MASK = "X"
_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"(?<!\w)(?:he|she|they)(?!\w)", re.IGNORECASE)
_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A clause or a sentence with its names masked: the names in it, those that may be its subject, those before it."""

    text: str
    names: frozenset[str]
    subjects: frozenset[str]
    before: frozenset[str]


def told_of_another(sentence: str, language: Language, told: Sequence[Statement], embedder: Embedder) -> bool:
    """Whether what a clause says of its subject is what the source says of another, and of that subject it does not."""
    return any(
        rival >= _LEAST and rival - same >= _MARGIN for same, rival in likenesses(sentence, language, told, embedder)
    )


def likenesses(
    sentence: str, language: Language, told: Sequence[Statement], embedder: Embedder
) -> Iterator[tuple[float, float]]:
    """For each clause, the cosine to what the source says of its subject, and to what it says of anybody else.

    Raises ModelError.
    """
    source = source_parts(tuple(told))
    known = frozenset[str]().union(*(part.names for part in source))
    own = [part for part in _own(sentence, language) if part.subjects & known]
    if own and source:
        vectors = embedder.embed_passages([*(part.text for part in own), *(part.text for part in source)])
        cosines = vectors[: len(own)] @ vectors[len(own) :].T
        yield from (_compared(part, row, source) for part, row in zip(own, cosines, strict=True))


def _compared(own: Part, cosines: Vectors, source: Sequence[Part]) -> tuple[float, float]:
    rows = [(float(cosine), part) for cosine, part in zip(cosines, source, strict=True)]
    same = [cosine for cosine, part in rows if _may_be_of(part, own.subjects)]
    rival = [cosine for cosine, part in rows if part.subjects - own.names and not _may_be_of(part, own.subjects)]
    return max(same, default=1.0), max(rival, default=0.0)


def _may_be_of(part: Part, subjects: frozenset[str]) -> bool:
    """Whether a part of the source speaks of somebody: by name, or by a pronoun or nothing after the name."""
    return bool(subjects & part.names) or (not part.subjects and bool(subjects & part.before))


def _own(sentence: str, language: Language) -> Iterator[Part]:
    for clause in clauses(straight(sentence), _FEWEST_WORDS):
        part = masked(clause, language)
        if sum(word != _MASK for word in _WORD.findall(part.text)) >= _FEWEST_OWN:
            yield part


@lru_cache(maxsize=_CACHED)
def source_parts(told: tuple[Statement, ...]) -> tuple[Part, ...]:
    """The sentences and clauses of the source with their names masked."""
    found: list[Part] = []
    before: frozenset[str] = frozenset()
    for each in told:
        whole = masked(straight(each.text), each.language, before)
        found.append(whole)
        if len(each.clauses) > 1:
            found += [masked(straight(clause), each.language, before | whole.names) for clause in each.clauses]
        before = whole.names or before
    return tuple(found)


@lru_cache(maxsize=_CACHED)
def masked(text: str, language: Language, before: frozenset[str] = frozenset()) -> Part:
    """A clause or a sentence with its names masked; ``before`` are the names of the sentence before it."""
    found = mentions(text, language)
    named = [each for each in found if each.named]
    rest, end = "", 0
    for each in named:
        rest += text[end : each.start] + _MASK
        end = each.end
    rest = (rest + text[end:]).replace(f"{_MASK} {_MASK}", _MASK)
    subjects = _subjects(found, text, language)
    return Part(rest, keys_of(named, text, language), keys_of(subjects, text, language), before)


def keys_of(found: Sequence[Mention], text: str, language: Language) -> frozenset[str]:
    """The keys of mentions and of the parts of their names, with the states that capitals stand for."""
    parts = (
        name.key
        for name in names(text, language)
        if any(each.start <= name.span.start and name.span.end <= each.end for each in found)
    )
    kindred = (key for each in found if each.named for key in derived(text[each.start : each.end], language))
    return with_states((*(each.key for each in found), *parts, *kindred))


def _subjects(found: Sequence[Mention], text: str, language: Language) -> Sequence[Mention]:
    """The names that may be the subject of a clause, by case, else by place; no adjectives made of names."""
    if language == "en":
        return _first_name([each for each in found if _may_act(each, text)], text)
    free = [each for each in _undetermined(found, text) if _may_act(each, text)]
    certain = [each for each in free if each.subject]
    return [each for each in certain or free if each.named]


def _first_name(free: Sequence[Mention], text: str) -> Sequence[Mention]:
    """The first name, with its second word; none behind a pronoun: "he wore the ears of a Vulcan"."""
    first = next((each for each in free if each.named), None)
    if first is None or _PRONOUN.search(text[: first.start]):
        return []
    return [first, *(each for each in free if each.named and each.start == first.end + 1)]


def _may_act(mention: Mention, text: str) -> bool:
    return mention.subject is not False and not (mention.named and _is_adjective(mention, text))


def _undetermined(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The mentions but for complements: a name of no case right behind an oblique noun is that noun's: "звіт НБУ"."""
    last: Mention | None = None
    for each in found:
        of_noun = last is not None and not last.named and last.subject is False and text[last.end : each.start] == " "
        if not (of_noun and each.named and each.subject is None):
            yield each
        last = each


def _is_adjective(name: Mention, text: str) -> bool:
    """Whether a name is part of a word, a possessive, or written small as Slavic adjectives of names are."""
    return text[name.start].islower() or text[name.end :].startswith(("-", "'s ", "' "))
