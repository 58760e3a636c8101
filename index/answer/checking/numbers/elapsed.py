"""The lengths of time between the dates of a source."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from index.answer.checking.numbers.amounts import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount
    from index.answer.facts.days import CalendarDate

_YEAR = 12 * 30.44
_ALIKE = 0.3
"""A length of time is told by another one of the source, not reckoned, if they are no farther apart than this."""
_RANGE = re.compile(r"(?<!\d)(\d{1,2})\s?[-–—]\s?(\d{1,2})\s+[^\W\d]{3,}")
_CACHED = 4_000


def spans(told: Sequence[Statement], claimed: Amount) -> Iterator[float]:
    """The days between two times of the source, both counted or one, if it does not tell such a length itself."""
    if _tells_length(told, claimed):
        return
    yield from _between_years(told)
    yield from _between_days(told)
    for each in told:
        yield from _within(each.text)


def _tells_length(told: Sequence[Statement], claimed: Amount) -> bool:
    """Whether the source has a length of time in the claimed one's unit and not far from it."""
    lengths = (each for one in told for each in amounts(one.text, one.language) if each.kind == "time")
    return any(each.size == claimed.size and _ALIKE < each.low / (claimed.low or 1) < 1 / _ALIKE for each in lengths)


def _between_years(told: Sequence[Statement]) -> Iterator[float]:
    """The days between two years: who was born in 1980 may be 45 or 46 in 2026."""
    years = {each.year for one in told for each in one.facts.dates if each.year}
    years |= {one.day.year for one in told if one.day}
    yield from ((abs(one - other) - less) * _YEAR for one, other in combinations(years, 2) for less in (0, 1))


def _between_days(told: Sequence[Statement]) -> Iterator[float]:
    days = {day for one in told for each in one.facts.dates if (day := _day(each, one.day))}
    yield from (abs((one - other).days) + more for one, other in combinations(days, 2) for more in (0, 1))


@lru_cache(maxsize=_CACHED)
def _within(text: str) -> tuple[float, ...]:
    """The days of ranges such as "24-26 August", both ends counted or one."""
    lengths = [int(found[2]) - int(found[1]) for found in _RANGE.finditer(text)]
    return tuple(float(length + more) for length in lengths if length > 0 for more in (0, 1))


def _day(told: CalendarDate, anchor: date | None) -> date | None:
    year = told.year or (anchor.year if anchor else None)
    if not (year and told.month and told.day):
        return None
    try:
        return date(year, told.month, told.day)
    except ValueError:
        return None
