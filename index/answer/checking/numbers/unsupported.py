"""Whether every number of a written sentence is one that the cited passages have, or that follows from theirs.

Numbers are read by index.answer.facts, so that "1,2 млн" and "1.2 million" are one. They may be rounded, worked out of
others (a total, a difference, a share) or counted off a list; what a number belongs to, exchanged.py looks at.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index.answer.checking.numbers.amounts import amounts
from index.answer.checking.numbers.derived import is_derived
from index.answer.checking.numbers.enumerated import is_counted
from index.answer.checking.numbers.proportions import (
    is_one_in,
    is_ratio,
    told_as_length,
    told_as_multiple,
    told_as_points,
    unsupported_share,
    without_shares,
)
from index.answer.checking.numbers.ranks import undated_figures, unsupported_rank, unsupported_score, without_scores
from index.answer.checking.numbers.rounding import supports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount
    from index.types import Language

_SCALES = (1e3, 1e6, 1e9)
_SIDE_BY_SIDE = 3
_MONTH = 30.44
_COUNTED = ("", "count")


def unsupported_number(sentence: str, language: Language, told: Sequence[Statement]) -> bool:
    """Whether a sentence has a number, a share, a score or an ordinal for which no cited sentence gives reason."""
    plain = readable(sentence, told)
    windows = neighbours(told)
    claimed = amounts(plain, language)
    unknown = [each for each in claimed if not _is_told(each, claimed, told)]
    used = [known for known in known_amounts(told) if any(supports(known, each) for each in claimed)]
    return (
        any(not _follows(each, claimed, plain, (told, windows, used)) for each in unknown)
        or unsupported_share(sentence, told, windows)
        or unsupported_score(sentence, told)
        or unsupported_rank(sentence, told)
    )


def readable(sentence: str, told: Sequence[Statement]) -> str:
    """The sentence without what is not a number of its own: shares in words and scores that the source has."""
    return without_scores(without_shares(sentence), told)


def known_amounts(told: Sequence[Statement]) -> list[Amount]:
    """The numbers of the cited sentences in order."""
    return [each for statement in told for each in amounts(statement.text, statement.language)]


def neighbours(told: Sequence[Statement]) -> list[tuple[Amount, ...]]:
    """The numbers of each cited sentence together with those of the next two."""
    rows = [amounts(each.text, each.language) for each in told]
    return [tuple(chain.from_iterable(rows[at : at + _SIDE_BY_SIDE])) for at in range(len(rows))]


def _is_told(claimed: Amount, beside: Sequence[Amount], told: Sequence[Statement]) -> bool:
    """Whether the source has the number itself, exact or rounded, whatever it belongs to there."""
    forms, known = readings(claimed, beside), known_amounts(told)
    if any(supports(each, form) for form in forms for each in known):
        return True
    if claimed.kind == "percent":
        return told_as_points(claimed.low, told)
    if claimed.low != claimed.high:
        return False
    if claimed.kind == "time":
        return told_as_length(claimed.low / _MONTH, told)
    return claimed.kind in _COUNTED and not claimed.hedge and _is_held(claimed.low, told)


def _is_held(number: float, told: Sequence[Statement]) -> bool:
    """Whether the source has a bare number in figures that belong to no date, or within a word such as "twice"."""
    written = number % 1 == 0 and any(number in undated_figures(each.text) for each in told)
    return written or told_as_multiple(number, told)


def readings(number: Amount, beside: Sequence[Amount]) -> list[Amount]:
    """A claimed number as written, and in the millions of another of the sentence: "18 of the 23 million"."""
    if number.kind not in _COUNTED or number.high >= _SCALES[0]:
        return [number]
    largest = max(each.high for each in beside)
    return [number] + [
        replace(number, low=number.low * scale, high=number.high * scale, step=number.step * scale, kind="")
        for scale in _SCALES
        if scale <= largest
    ]


def _follows(
    claimed: Amount,
    beside: Sequence[Amount],
    sentence: str,
    source: tuple[Sequence[Statement], Sequence[Sequence[Amount]], Sequence[Amount]],
) -> bool:
    """Whether the source gives the number without having it: by reckoning, or by a list."""
    told, windows, used = source
    if is_derived(claimed, beside, sentence, told) or is_one_in(claimed, sentence[: claimed.start], windows):
        return True
    pairs = ((one, other) for one, other in pairwise(beside) if claimed in (one, other))
    if any(is_ratio(one, other, sentence[one.end : other.start], windows) for one, other in pairs):
        return True
    return is_counted(claimed, told, known_amounts(told), used)
