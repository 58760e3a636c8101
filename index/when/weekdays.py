"""Windows of weekdays and weekends: on Friday, Friday of last week, from Monday to Wednesday, over the weekend.

A weekday is the last one before today, so that "on Friday", asked on a Friday, is the one a week ago.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from index.when.calendar import Stretch, on, recent_weekday, unit_of
from index.when.dates import BACK
from index.when.rules import Rule, window_rule

if TYPE_CHECKING:
    import re
    from datetime import date

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def _weekday(match: re.Match[str], today: date) -> Stretch:
    return on(recent_weekday(today, int(match["weekday"])))


def _weekday_before(match: re.Match[str], today: date) -> Stretch:
    """The Friday before last."""
    return _weekday(match, today - _WEEK)


def _weekday_of_week(match: re.Match[str], today: date) -> Stretch:
    """Friday of last week; of this week, it may lie ahead."""
    week = unit_of(today, "week", BACK[match["which"]])
    return on(week.first + (int(match["weekday"]) - 1) * _DAY)


def _weekdays(match: re.Match[str], today: date) -> Stretch:
    """From Monday to Wednesday: the last Wednesday before today, and the Monday before that."""
    last = recent_weekday(today, int(match["to"]))
    return Stretch(recent_weekday(last, int(match["from"])), last)


def _weekend(_match: re.Match[str], today: date) -> Stretch:
    """The last weekend that has begun."""
    return unit_of(today, "weekend")


_WEEKDAY = r"w(?P<weekday>\d) "
_WHICH = r"(?P<which>this|prev|last|past|gone|prevprev) "
WEEKDAYS = (
    # A statement dated the 12th is of that day, events dated from Monday go on.
    Rule(r"dated (?=w)", lambda *_: "since "),
    window_rule(rf"{_WEEKDAY}{{LINK}}{_WHICH}week ", _weekday_of_week),
    window_rule(rf"{_WHICH}week {{LINK}}{_WEEKDAY}", _weekday_of_week),
    window_rule(rf"(?P<which>this) {_WEEKDAY}", _weekday_of_week, "~"),
    window_rule(rf"prevprev {_WEEKDAY}", _weekday_before),
    window_rule(rf"{_WEEKDAY}before last ", _weekday_before),
    window_rule(rf"(?:prev|last|past|gone) {_WEEKDAY}", _weekday),
    window_rule(r"{CUE}w(?P<from>\d) {JOIN}w(?P<to>\d) ", _weekdays, "~"),
    window_rule(rf"(?P<before>(?:{{CUE}}|on |by |\[\S+ {{JOIN}})(?:the )?){_WEEKDAY}", _weekday, "~"),
    # Without a preposition, as newspapers put it: "said Friday", but not "Black Friday" or "the Sunday Times".
    window_rule(
        rf"(?<! name )(?<! onto )(?<! to ){_WEEKDAY}(?=(?:daytime|[.,-]|in|on|for|over|after|before|since) )",
        _weekday,
        "~",
    ),
    window_rule(r"(?P<before>(?:{CUE}|on |onto )(?:the )?)weekend (?!of )", _weekend, "~"),
)
"""In this order: longer phrases before what they hold; to be read before weeks are."""
