"""Publication dates as articles write them: ISO, figures, words in three languages, relative to now.

A parser of our own, because general ones read a date into nearly anything: a bare figure, a month's name, a weekday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from index.clean.date_patterns import (
    DIGITS_ONLY,
    after_day,
    before_day,
    day_patterns,
    days_back,
    may_hold_date,
    month_number,
    unit_minutes,
    zone_name,
)
from index.types import Published

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import tzinfo

FIRST_YEAR = 1990  # older than news on the web: an earlier date is one the article speaks of, or a slip
LATEST = timedelta(days=2)  # an article may be dated by a clock ahead of ours, or by tomorrow's paper
_LONGEST_STATED = 120
_TWO_DIGIT_YEARS = 100
_NOON = 12
_HOUR = 60
_MILLISECONDS = 10**12  # September 2001; as seconds it would be the year 33658


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates count from, and the zone that a bare clock time is meant in, if one is agreed."""

    now: datetime
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line, with the stretch of the line that it takes up."""

    published: Published
    start: int
    end: int


def parse_date(text: str, clock: Clock) -> Published | None:
    """A date that metadata states, epoch seconds or milliseconds included; None for anything else."""
    stated = text.strip()
    if DIGITS_ONLY.fullmatch(stated):
        return _from_epoch(int(stated), clock)
    found = find_date(stated, clock) if len(stated) <= _LONGEST_STATED else None
    return found.published if found else None


def find_date(line: str, clock: Clock) -> FoundDate | None:
    """The first date in a line, with its time and zone if they stand beside it.

    None also where the date is later than two days after now, or before 1990: such a date is a slip or no date.
    """
    if not may_hold_date().search(line):
        return None
    candidates = sorted((match for pattern in day_patterns() for match in pattern.finditer(line)), key=_position)
    return next((found for match in candidates for found in _read(line, match, clock)), None)


def _position(match: re.Match[str]) -> tuple[int, int]:
    """Sorts matches: the first in the line, and of those that begin together the longest."""
    return match.start(), -match.end()


def _read(line: str, match: re.Match[str], clock: Clock) -> Iterator[FoundDate]:
    try:
        if match.groupdict().get("unit"):
            yield FoundDate(_distance(match, clock), *match.span())
            return
        day = _day(match, clock)
        if not _plausible(day, clock):
            return
        after, before = after_day().match(line, match.end()), before_day().search(line, 0, match.start())
        clock_time = _time(after, day, clock) if after else _time(before, day, clock) if before else None
    except (ValueError, OverflowError):
        return
    start = before.start() if before and not after else match.start()
    yield FoundDate(Published(day, clock_time), start, after.end() if after else match.end())


def _plausible(day: date, clock: Clock) -> bool:
    return day.year >= FIRST_YEAR and day <= (clock.now + LATEST).date()


def _day(match: re.Match[str], clock: Clock) -> date:
    """The calendar day of a match. Raises ValueError where there is no such day."""
    parts = match.groupdict()
    if parts.get("ago"):
        return (_local_now(clock) - timedelta(days=days_back(parts["ago"]))).date()
    month = month_number(parts["word"]) if parts.get("word") else int(parts["month"])
    day = int(parts["day"])
    # 3/4 is read day first; 3/25 can only be meant month first.
    if parts.get("slashed") and month > _NOON and day <= _NOON:
        month, day = day, month
    if parts["year"] is None:
        return _latest(month, day, clock)
    year = int(parts["year"])
    return date(year + 2000 if year < _TWO_DIGIT_YEARS else year, month, day)


def _latest(month: int, day: int, clock: Clock) -> date:
    """The last such day that is not in the future."""
    this_year = date(clock.now.year, month, day)
    return this_year if _plausible(this_year, clock) else date(clock.now.year - 1, month, day)


def _distance(match: re.Match[str], clock: Clock) -> Published:
    """So long before now: to the minute for minutes and hours, to the day beyond."""
    count = int(match["count"]) if (match["count"] or "").isdecimal() else 1
    minutes = unit_minutes(match["unit"])
    moment = _local_now(clock) - timedelta(minutes=count * minutes)
    exact = minutes <= _HOUR
    return Published(moment.date(), _fixed(moment.replace(second=0, microsecond=0)) if exact else None)


def _local_now(clock: Clock) -> datetime:
    now = clock.now if clock.now.tzinfo else clock.now.replace(tzinfo=UTC)
    return now.astimezone(clock.zone) if clock.zone else now


def _time(match: re.Match[str], day: date, clock: Clock) -> time:
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    if match["half"]:
        hour = hour % _NOON + (_NOON if match["half"].lower().startswith("p") else 0)
    moment = datetime.combine(day, time(hour, minute, second))
    zone = _zone(match) or clock.zone
    return _fixed(moment.replace(tzinfo=zone)) if zone else moment.time()


def _zone(match: re.Match[str]) -> tzinfo | None:
    if shift := match["offset"] or match["shift"]:
        return _offset(shift)
    if not match["zone"]:
        return None
    name = zone_name(match["zone"])
    return _offset(name) if name[0] in "+-" else ZoneInfo(name)


def _offset(text: str) -> timezone:
    """``+3``, ``-05`` or ``+0530`` to a zone."""
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("05") else (digits, "0")
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(distance if text[0] == "+" else -distance)


def _fixed(moment: datetime) -> time:
    """The time of day with its offset of that day: a bare time cannot hold a zone whose offset changes."""
    offset = moment.utcoffset()
    return moment.time() if offset is None else moment.time().replace(tzinfo=timezone(offset))


def _from_epoch(number: int, clock: Clock) -> Published | None:
    seconds = number / 1000 if number >= _MILLISECONDS else number
    moment = datetime.fromtimestamp(seconds, UTC)
    return Published(moment.date(), _fixed(moment)) if _plausible(moment.date(), clock) else None
