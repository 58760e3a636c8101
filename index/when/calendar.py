"""Stretches of the calendar: months, weeks, quarters, their parts, and what lies so many of them back.

Weeks begin on Monday (ISO 8601); winter is December to February and bears the year of its January.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

_DAY = timedelta(days=1)
_WEEK = 7
_FORTNIGHT = 14
_ROUND_MONTH = 30
_MONTHS = 12
_IN_A_DAY = {"minute": 1440, "hour": 24, "daynight": 1}
THIRDS = ("begin", "mid", "end")
_DAYS_OF_PART = {"week": 7, "days": 3}
_MONTHS_OF = {"month": 1, "quarter": 3, "halfyear": 6, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from the first to the last, both included."""

    first: date
    last: date


def on(day: date) -> Stretch:
    """A single day."""
    return Stretch(day, day)


def months(year: int, month: int, count: int = 1) -> Stretch:
    """So many whole months from a month on; months below 1 or above 12 lie in the years around.

    Raises ValueError outside the years 1 to 9999.
    """
    first = _month(year, month)
    end = _month(year, month + count - 1)
    return Stretch(first, end.replace(day=monthrange(end.year, end.month)[1]))


def season(year: int, number: int) -> Stretch:
    """The season of a year, from 1 for winter, which begins in the December before."""
    return months(year, 3 * number - 3, 3)


def unit_of(day: date, unit: str, back: int = 0) -> Stretch:
    """The week, weekend, month, quarter, half-year, year or decade that a day is in, or so many before it.

    The weekend of a Friday is the one before it, for the next has not begun. Raises OverflowError or ValueError
    outside the years 1 to 9999.
    """
    if unit == "day" or unit in _IN_A_DAY:
        return on(day - back * _DAY)
    monday = day - timedelta(days=day.weekday() + _WEEK * back)
    if unit == "week":
        return Stretch(monday, monday + 6 * _DAY)
    if unit == "weekend":
        ahead = 5 if day.weekday() >= 5 else -2  # noqa: PLR2004 - days from Monday to Saturday
        return Stretch(monday + ahead * _DAY, monday + (ahead + 1) * _DAY)
    size = _MONTHS_OF[unit]
    place = day.year * _MONTHS + day.month - 1
    start = place - place % size - back * size
    return months(start // _MONTHS, start % _MONTHS + 1, size)


def last_units(today: date, count: int, unit: str) -> Stretch:
    """The last so many days, weeks or months until today: three days are today and the two before it.

    Hours reach back as many whole days as they hold, since articles are known by their day: the last 24 hours began
    yesterday. A month reaches back to the day after the same day of the month before.
    """
    if unit in _IN_A_DAY:
        return Stretch(today - count // _IN_A_DAY[unit] * _DAY, today)
    if unit == "weekend":
        return Stretch(unit_of(today, unit, count - 1).first, today)
    if unit in {"day", "week"}:
        return Stretch(today - (count * (_WEEK if unit == "week" else 1) - 1) * _DAY, today)
    return Stretch(_months_back(today, count * _MONTHS_OF[unit]) + _DAY, today)


def part(whole: Stretch, name: str) -> Stretch:
    """A part of a stretch: ``begin``, ``mid`` or ``end``; ``half1``, ``week2``, ``days1``; ``week0`` for the last one.

    The beginning, the middle and the end are thirds, of whole months where the stretch has such: of a month the days
    1 to 10, 11 to 20 and the rest, of a year four months each. The first or last days of a month are three.
    """
    kind, place = name[:4], int(name[4:]) if name[4:].isdecimal() else -1
    if kind in _DAYS_OF_PART:
        days = _DAYS_OF_PART[kind]
        first = whole.first + (place - 1) * days * _DAY if place else whole.last - (days - 1) * _DAY
        return Stretch(first, first + (days - 1) * _DAY)
    return _share(whole, 2, place - 1) if kind == "half" else _share(whole, 3, THIRDS.index(name))


def recent_weekday(today: date, number: int) -> date:
    """The last such day of the week before today, from 1 for Monday."""
    return today - ((today.isoweekday() - number - 1) % _WEEK + 1) * _DAY


def _share(whole: Stretch, count: int, place: int) -> Stretch:
    long = (whole.last.year - whole.first.year) * _MONTHS + whole.last.month - whole.first.month + 1
    if long > 1 and long % count == 0:
        step = _MONTHS if long > _MONTHS else 1  # thirds of a decade are whole years
        start, end = (-(-long * cut // (count * step)) * step for cut in (place, place + 1))  # rounded up
        return months(whole.first.year, whole.first.month + start, end - start)
    days = (whole.last - whole.first).days + 1
    size = (_ROUND_MONTH if days > _FORTNIGHT else days) // count  # a month's thirds have ten days whatever its length
    first = whole.first + size * place * _DAY
    return Stretch(first, whole.last if place == count - 1 else first + max(size - 1, 0) * _DAY)


def _month(year: int, month: int) -> date:
    place = year * _MONTHS + month - 1
    if not MINYEAR <= place // _MONTHS <= MAXYEAR:
        raise ValueError("the calendar has the years 1 to 9999")
    return date(place // _MONTHS, place % _MONTHS + 1, 1)


def _months_back(day: date, count: int) -> date:
    """The same day so many months ago, or the last day of a month that is shorter."""
    month = _month(day.year, day.month - count)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))
