"""Whether a time of a written sentence is that of another event in the source.

The sentence without the time is compared with each of the source's sentences that tell a time, without theirs. Where
one with another time is clearly nearer than any with the sentence's own, the time was moved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.answer.checking.dates.times import bare, named, told
from index.answer.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.dates.times import Time, When
    from index.ports import Embedder
    from index.types import Language

_NEARER = 0.08
"""Difference of cosines, with the default model. Of 88 true sentences with one of several times of their source none is
above, of 18 sentences with the time of another event 13 are."""
_SHARED = 0.05
"""What each number that both sentences have counts, as a difference of cosines."""
_TELLING = 3  # smaller numbers stand everywhere


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the source without its ``times``, its numbers, and whether it has the sentence's ``own`` time."""

    text: str
    numbers: frozenset[str]
    own: bool
    times: tuple[Time, ...]


def misdated(sentence: str, language: Language, source: Sequence[Statement], embedder: Embedder) -> bool:
    """Whether a time of a sentence is that of another event of the source. Raises ModelError."""
    return any(margin(each, sentence, language, source, embedder) > _NEARER for each in named(sentence, language))


def margin(claimed: Time, sentence: str, language: Language, source: Sequence[Statement], embedder: Embedder) -> float:
    """By how much the source's sentences with another time are nearer than those with this one; -1 for none of either.

    Raises ModelError.
    """
    beside = [time.whens[0] for time in named(sentence, language) if time != claimed]
    units = [each for each in units_of(claimed.whens[0], source) if each.own or not _tells(each, beside)]
    if len({each.own for each in units}) == 1 or not units:
        return -1.0
    rest = _without(sentence, [claimed])
    numbers = _numbers(rest, language)
    vectors = embedder.embed_passages([rest, *(each.text for each in units)])
    cosines = vectors[:1] @ vectors[1:].T
    nearness = {True: -1.0, False: -1.0}
    for each, cosine in zip(units, cosines[0], strict=True):
        nearness[each.own] = max(nearness[each.own], float(cosine) + _SHARED * len(numbers & each.numbers))
    return nearness[False] - nearness[True]


def _tells(unit: Unit, beside: Sequence[When]) -> bool:
    """Whether a stretch tells nothing but other times that the sentence has as well."""
    return all(any(each.holds(when) for each in beside for when in time.whens) for time in unit.times)


def units_of(when: When, source: Sequence[Statement]) -> Iterator[Unit]:
    """The sentences of a source with a time as precise as one, each alone and with those beside it that have none."""
    own = False
    for at, each in enumerate(source):
        times = told(each)
        alike = tuple(time for time in times if any(when.grain() <= one.grain() for one in time.whens))
        if alike:
            referring = own and bool(bare(each.text, "beside"))  # "on that day"
            own = referring or any(when.holds(one) for time in times for one in time.whens)
            unit = Unit(_without(each.text, alike), _numbers(each.text, each.language), own, alike)
            yield unit
            yield from (replace(unit, text=text) for text in _widened(unit, at, source))


def _widened(unit: Unit, at: int, source: Sequence[Statement]) -> Iterator[str]:
    """A stretch with the next sentence, and one with the sentence's own time with the one before it as well."""
    yield from (f"{unit.text} {each.text}" for each in source[at + 1 : at + 2] if not told(each))
    if unit.own:
        yield from (f"{each.text} {unit.text}" for each in source[max(0, at - 1) : at] if not told(each))


def _numbers(text: str, language: Language) -> frozenset[str]:
    return frozenset(f"{each.low:g}" for each in facts_of(text, language).numbers if each.low >= _TELLING)


def _without(text: str, times: Sequence[Time]) -> str:
    """A text without the stretches of some times."""
    end, kept = 0, []
    for each in sorted(times, key=lambda each: each.start):
        kept.append(text[end : max(end, each.start)])
        end = max(end, each.end)
    return "".join((*kept, text[end:]))
