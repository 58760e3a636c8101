"""Dates that a sentence speaks of: a day, a month or a year, as far as it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.answer.facts.words import month, month_words
from index.clean.date_patterns import day_patterns, month_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = re.compile(
    r"(?<![\w.,:/№#-])(?P<year>(?:1[89]|20)\d\d)(?:[-–](?:го|му|м|й))?(?!\w|[-–/:]\d|[-–](?:[хеі]|[ыи][хе]|ті|тих)(?!\w)|[.,]\d|\s?[%$€£₴])"
)
_DIGIT = re.compile(r"\d")
_MONTHS = 12
_DAYS = 31
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date with what is known of it: a day and month without a year, a month of a year, a year. ``text`` as written.

    ``start`` and ``end`` bound it in the sentence.
    """

    year: int | None
    month: int | None
    day: int | None
    text: str
    start: int
    end: int

    def grain(self) -> str:
        """How precise it is: "day", "month" or "year"; only dates of one grain can contradict each other."""
        return "day" if self.day else "month" if self.month else "year"

    def key(self) -> str:
        """The same text for the same date in any language."""
        return f"{self.year or ''}-{self.month or ''}-{self.day or ''}"


def dates(text: str) -> tuple[CalendarDate, ...]:
    """The dates of a sentence in order; weekdays and "yesterday" are none."""
    if not _DIGIT.search(text):
        return ()
    found: list[CalendarDate] = []
    for each in sorted(_candidates(text), key=lambda each: (each.start, -each.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
    return tuple(found)


def same_date(one: CalendarDate, other: CalendarDate) -> bool:
    """Whether both may be one date: nothing that both tell of it differs."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(first is None or second is None or first == second for first, second in pairs)


def _candidates(text: str) -> Iterator[CalendarDate]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            yield from _read(match)


def _read(match: re.Match[str]) -> Iterator[CalendarDate]:
    year, number, day = _year(match), _month(match), _figure(match, "day")
    # "of whom 5 may recover" names no month.
    if _is_date(year, number, day) and _part(match, "word") not in ("may", "march"):
        text = match.group().strip(" ,.")
        yield CalendarDate(year or None, number or None, day or None, text, match.start(), match.end())


def _is_date(year: int, number: int, day: int) -> bool:
    """Whether there is a year or a day, and no day without a month; 0 is what is not told."""
    possible = day <= _DAYS and number <= _MONTHS
    return possible and (number > 0 if day else year > 0)


def _year(match: re.Match[str]) -> int:
    year = _figure(match, "year")
    return year + _CENTURY if 0 < year < 100 else year  # noqa: PLR2004 - a year of two figures


def _month(match: re.Match[str]) -> int:
    """The month by its name or its number; 0 for none."""
    word = _part(match, "word")
    if not word:
        return _figure(match, "month")
    return month(word) or (month_number(word) if _figure(match, "day") else 0)


def _figure(match: re.Match[str], group: str) -> int:
    return int(_part(match, group) or 0)


def _part(match: re.Match[str], group: str) -> str:
    """The text of a group, which not every pattern has."""
    return match.groupdict().get(group) or ""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Those that give a day, a month or a year: "yesterday" and "two days ago" give none."""
    days = (pattern for pattern in day_patterns() if "day" in pattern.groupindex)
    return (*days, _month_of_year(), _YEAR)


@cache
def _month_of_year() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{month_words()})\.?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)
