"""The facts of a sentence that can be compared across languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.facts.days import dates
from index.answer.facts.quantities import quantities
from index.language import sentence_spans
from index.language.names import name_keys

if TYPE_CHECKING:
    from index.answer.facts.days import CalendarDate
    from index.answer.facts.quantities import Quantity
    from index.types import Language

_CACHED = 4_000  # sentences; a comparison reads all of some ten articles
_CACHED_TEXTS = 256
_LONGEST_READ = 3_000  # code points: the time a sentence takes may grow with its square


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers with what they count, the dates, and the names as keys that are the same in every spelling."""

    numbers: tuple[Quantity, ...] = ()
    dates: tuple[CalendarDate, ...] = ()
    names: frozenset[str] = frozenset()


@lru_cache(maxsize=_CACHED)
def facts_of(text: str, language: Language) -> Facts:
    """The facts of a text; the figures of its dates are not counted among its numbers."""
    named = dates(text)
    rest = text
    for each in named:
        # A bare year may still be a number of something: "2000 people".
        if each.grain() != "year":
            rest = rest[: each.start] + "." * (each.end - each.start) + rest[each.end :]
    numbers = quantities(rest, language)
    counted = {each.text for each in numbers}
    years = tuple(each for each in named if each.grain() != "year" or not any(each.text in text for text in counted))
    return Facts(numbers, years, frozenset(name_keys(text, language)))


@lru_cache(maxsize=_CACHED_TEXTS)
def facts_by_sentence(text: str, language: Language) -> tuple[Facts, ...]:
    """The facts of each sentence of a text, in order; a sentence longer than any is read in pieces."""
    return tuple(
        facts_of(text[start : min(start + _LONGEST_READ, span.end)], language)
        for span in sentence_spans(text, language)
        for start in range(span.start, span.end, _LONGEST_READ)
    )
