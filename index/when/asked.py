"""The time that a question speaks of, read from its words.

A grammar of our own over word lists: the search of dateparser 1.5 takes Theresa May for a month, gives a day for
"last week" and "in April 2025", and finds nothing in "на прошлой неделе".
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from index.types import AskedTime
from index.when.bounds import BOUNDS
from index.when.dates import DATES, YEARS
from index.when.named import COUNTED, NAMED, PARTS
from index.when.relative import AHEAD, RELATIVE
from index.when.rules import WINDOW, compiled, rewritten
from index.when.tags import tagged
from index.when.weekdays import WEEKDAYS

if TYPE_CHECKING:
    import re

_CASCADE = (*AHEAD, *YEARS, *COUNTED, *PARTS, *DATES, *WEEKDAYS, *RELATIVE, *NAMED, *BOUNDS)
_ALWAYS = (date.min, date.max)
_NEWEST = r"(?:latest |recent _ |(?:past|recent|last) (?:_ ){0,2}(?:news|item) )"


def asked_time(question: str, today: date) -> AskedTime:
    """The window of publication days that a question in Russian, Ukrainian or English asks for, counted from today.

    Words about the future give no window, nor do durations, habits and the years of names ("the 2024 election").
    Of several windows, what they have in common counts, or where they have nothing, all from the first to the last.
    """
    tags = rewritten(tagged(question), _CASCADE, today)
    windows = list(compiled(WINDOW).finditer(tags))
    if " will " in tags:
        windows = [match for match in windows if "~" not in match["marks"]]
    since, until = reduce(_common, map(_days, windows), _ALWAYS)
    return AskedTime(
        since=None if since == date.min else since,
        until=None if until == date.max else until,
        latest=bool(compiled(_NEWEST).search(tags)),
        explicit_year=any("!" in match["marks"] for match in windows),
    )


def _days(match: re.Match[str]) -> tuple[date, date]:
    first, last = match["first"], match["last"]
    return date.fromisoformat(first) if first else date.min, date.fromisoformat(last) if last else date.max


def _common(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date]:
    since, until = max(one[0], other[0]), min(one[1], other[1])
    return (since, until) if since <= until else (min(one[0], other[0]), max(one[1], other[1]))
