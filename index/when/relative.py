"""Windows counted from the day of asking: yesterday, last week, the last three days, two months ago.

Conventions: "this week" ends today. "Last week" is the calendar week before, "the last week", and in Russian and
Ukrainian "последняя неделя", the last seven days with today. "Two weeks ago" is the calendar week in which that day
lies, for the words are as exact as their unit; "two days ago" is the day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from index.when.calendar import Stretch, last_units, on, part, unit_of
from index.when.dates import BACK
from index.when.rules import Rule, window_rule, written

if TYPE_CHECKING:
    import re
    from datetime import date

_DAY = timedelta(days=1)
_IN_A_DAY = {"minute": 1440, "hour": 24}
_VAGUE = {"few": 3, "couple": 2}
"""What a vague number is taken for; a few days ago may be one more or less."""


def _days_ago(match: re.Match[str], today: date) -> Stretch:
    return on(today - int(match["days"]) * _DAY)


def _night(_match: re.Match[str], today: date) -> Stretch:
    """Last night began yesterday and ended today."""
    return Stretch(today - _DAY, today)


def _ago(match: re.Match[str], today: date) -> Stretch:
    unit, vague = match["unit"], match.groupdict().get("vague")
    count = _VAGUE[vague] if vague else int(match.groupdict().get("count") or 1)
    if unit in _IN_A_DAY:
        unit, count = "day", count // _IN_A_DAY[unit]
    either_side = 1 if vague else 0
    return Stretch(unit_of(today, unit, count + either_side).first, unit_of(today, unit, count - either_side).last)


def _exactly_ago(match: re.Match[str], today: date) -> Stretch:
    """Exactly a month ago is the same day of the month before."""
    return on(last_units(today, int(match["count"] or 1), match["unit"]).first - _DAY)


def _last_units(match: re.Match[str], today: date) -> Stretch:
    parts = match.groupdict()
    if match["unit"] == "weekend" and not parts.get("count"):
        return _unit_before(today, "weekend", 1)
    vague = parts.get("vague")
    return last_units(today, _VAGUE[vague] if vague else int(parts.get("count") or 1), match["unit"])


def _last_few_units(match: re.Match[str], today: date) -> Stretch:
    """The last days. "Последние сутки" and "последние выходные" are plurals in grammar only."""
    if match["unit"] in {"daynight", "weekend"}:
        return _last_units(match, today)
    return last_units(today, _VAGUE["few"], match["unit"])


def _which_unit(match: re.Match[str], today: date) -> Stretch:
    """This week until today, the calendar week before, the one before that."""
    unit, back = match["unit"], BACK[match["which"]]
    if unit == "daynight" and back:
        return last_units(today, back, unit)
    if back:
        return _unit_before(today, unit, back)
    whole = unit_of(today, unit)
    return Stretch(whole.first, min(whole.last, today))


def _unit_before(today: date, unit: str, back: int) -> Stretch:
    """The unit so many before; of weekends, the latest that is over is the one before."""
    over = unit == "weekend" and unit_of(today, unit).last < today
    return unit_of(today, unit, back - over)


def _part_of_unit(match: re.Match[str], today: date) -> str:
    """At the end of the month: of the latest that has come so far. Until the end of the month: of this one."""
    bound, unit, name = match["bound"] or "", match["unit"], match["part"]
    current, before = (part(unit_of(today, unit, back), name) for back in (0, 1))
    if current.first > today:
        return f"{bound}future " if bound else written(before, "~")
    return bound + written(current, "~")


AHEAD = (
    # A habit is no window: "every Friday". Nor is what lies ahead: an article about it was published before.
    Rule(r"every (?:{COUNT})?(?:{UNIT}|[wmMs]\d+ )", lambda *_: "_ "),
    Rule(r"next {LINK}(?:{COUNT})?(?:{UNIT}|[wmMsq]\d+ )(?:{YEAR})?", lambda *_: "future "),
    Rule(r"later this {UNIT}", lambda *_: "future "),
    Rule(r"earlier (?=this |in |ago\d)", lambda *_: ""),
    Rule(r"all (?:of )?(?=(?:the )?(?:[mM]\d|y\d|this|last|prev|past))", lambda *_: "over "),
)
"""What is to be read before anything else, so that no rule takes a word out of it."""
RELATIVE = (
    window_rule(r"ago(?P<days>\d) ", _days_ago),
    window_rule(r"night ", _night),
    window_rule(r"exact (?:n(?P<count>\d+) |a )?{UNIT}ago ", _exactly_ago),
    window_rule(r"(?:{COUNT}|a )?{UNIT}ago ", _ago),
    window_rule(r"{UNIT}{COUNT}ago ", _ago),
    Rule(r"(?P<bound>(?:until|before|by) )?{PART}{LINK}(?P<unit>week|month|quarter|year|decade) ", _part_of_unit),
    # The news over the week, the news of the day; "built over a week" tells a duration.
    window_rule(
        r"(?P<before>(?:news |latest )(?:_ ){0,3})over (?:{COUNT})?{UNIT}(?!until |before |after |of )", _last_units
    ),
    window_rule(r"news (?:of the )?(?P<unit>day|week|month|year) ", _last_units),
    window_rule(r"(?:past|recent|gone|prev) (?:few )?{LINK}{COUNT}{UNIT}", _last_units),
    # "Did it last three days" tells a duration, "in the last three days" a time.
    window_rule(r"(?:(?:the|for|in|over|from|of) |(?:news|\.) )last {COUNT}{UNIT}", _last_units),
    window_rule(r"{COUNT}(?:last|past|recent|gone) {UNIT}", _last_units),
    window_rule(r"recent {UNIT}", _last_few_units),
    window_rule(r"(?:last|past) (?P<unit>hour|day|week|month|year|decade)s ", _last_few_units),
    window_rule(r"(?:past|over gone) {UNIT}", _last_units),
    window_rule(r"the last {UNIT}(?!of )", _last_units),
    window_rule(r"(?:the )?{UNIT}before last ", lambda match, today: _unit_before(today, match["unit"], 2)),
    window_rule(r"(?P<which>prev|last|gone|prevprev) {UNIT}", _which_unit),
    window_rule(r"(?P<which>this) (?P<unit>week|weekend|month|quarter|halfyear|year|decade) ", _which_unit, "~"),
)
"""In this order: longer phrases before what they hold."""
