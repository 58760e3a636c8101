"""Windows of what a question names by the calendar: dates, months, seasons, quarters, years, decades, their parts.

Without a year, the latest is meant that has begun. A name means all of its days, those after today too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from index.when.calendar import THIRDS, Stretch, months, on, part, recent_weekday, season
from index.when.dates import BACK, WHICH, stretch_of
from index.when.rules import Rule, recent, window_rule

if TYPE_CHECKING:
    import re
    from datetime import date

_DAY = timedelta(days=1)
_LENGTH = {"day": _DAY, "week": 7 * _DAY}
_CENTURY = 100
_FIRST_DECADES = 2000  # "the 1800s" are a century, "the 2000s" ten years
_FIRST_BARE_DECADE = 30  # "the 90s" are those of the last century


def _date(match: re.Match[str], _today: date) -> Stretch:
    return stretch_of(int(match["year"]), int(match["month"]), int(match["day"]))


def _date_without_year(match: re.Match[str], today: date) -> Stretch:
    return recent(lambda year: stretch_of(year, int(match["month"]), int(match["day"])), today)


def _item(match: re.Match[str], today: date) -> Stretch:
    """A month, season, quarter or half-year, or a part of one."""
    parts = match.groupdict()

    def _build(year: int) -> Stretch:
        whole = _whole(match["kind"], int(match["number"]), year)
        return part(whole, parts["part"]) if parts.get("part") else whole

    return _build(int(parts["year"])) if parts.get("year") else recent(_build, today)


def _whole(kind: str, number: int, year: int) -> Stretch:
    """The month (m), season (s), quarter (q) or half (h) of a year."""
    if kind == "s":
        return season(year, number)
    size = {"m": 1, "q": 3, "h": 6}[kind.lower()]
    return months(year, size * (number - 1) + 1, size)


def _which_item(match: re.Match[str], today: date) -> Stretch:
    """This August is this year's, last August the latest that is over."""
    kind, number = match["kind"], int(match["number"])
    if match["which"] == "this":
        return _whole(kind, number, today.year)
    latest = recent(lambda year: _whole(kind, number, year), today)
    back = BACK[match["which"]] - (latest.last < today)
    return _whole(kind, number, latest.last.year - back)


def _year_part(match: re.Match[str], _today: date) -> Stretch:
    return part(months(int(match["year"]), 1, 12), match["part"])


def _decade(match: re.Match[str], _today: date) -> Stretch:
    number = int(match["number"])
    if number < _CENTURY:
        number += 1900 if number >= _FIRST_BARE_DECADE else 2000
    years = _CENTURY if number % _CENTURY == 0 and number < _FIRST_DECADES else 10
    return months(number, 1, 12 * years)


def _counted_units(match: re.Match[str], today: date) -> Stretch:
    """The first six months of a year, the last ten days of a month."""
    month, count = int(match["month"] or 0), int(match["count"])
    year = int(match["year"] or 0) or recent(lambda year: stretch_of(year, month, 0), today).first.year
    whole = stretch_of(year, month, 0)
    first = match["which"] == "ord1"
    if match["unit"] == "month":
        return months(year, 1 if first else 13 - count, count)
    length = count * _LENGTH[match["unit"]]
    return (
        Stretch(whole.first, whole.first + length - _DAY) if first else Stretch(whole.last - length + _DAY, whole.last)
    )


def _nth_weekday(match: re.Match[str], today: date) -> Stretch:
    """The first Monday or the last Friday of a month."""

    def _build(year: int) -> Stretch:
        month, weekday = months(year, int(match["month"])), int(match["weekday"])
        if not match["nth"]:
            return on(recent_weekday(month.last + _DAY, weekday))
        return on(recent_weekday(month.first + int(match["nth"]) * 7 * _DAY, weekday))

    return _build(int(match["year"])) if match["year"] else recent(_build, today)


_MONTH_AHEAD = r"(?=(?:of |in |the )*(?:[mM]\d))"
_ITEM = r"(?P<kind>[mMsqh])(?P<number>\d+) "
COUNTED = (
    Rule(r"ord(?P<nth>[12]) half ", lambda match, _: f"half{match['nth']} "),
    Rule(r"and (?=quarter |halfyear )", lambda *_: "ord1 "),  # "І квартал": in Ukrainian the numeral looks like "and"
    Rule(r"(?:last|past) quarter (?=(?:of |in )*y\d)", lambda *_: "q4 "),
    Rule(r"ord(?P<nth>[1-4]) quarter ", lambda match, _: f"q{match['nth']} "),
    Rule(r"ord(?P<nth>[12]) halfyear ", lambda match, _: f"h{match['nth']} "),
    Rule(rf"ord(?P<nth>[1-5]) week {_MONTH_AHEAD}", lambda match, _: f"week{match['nth']} "),
    Rule(r"ord(?P<nth>[123]) tenday ", lambda match, _: f"{THIRDS[int(match['nth']) - 1]} "),
    Rule(rf"(?:last|past) week {_MONTH_AHEAD}", lambda *_: "week0 "),
    Rule(rf"ord1 (?:days?|dom) {_MONTH_AHEAD}", lambda *_: "days1 "),
    Rule(rf"(?:last|past|recent) (?:days?|dom) {_MONTH_AHEAD}", lambda *_: "days0 "),
)
"""Parts and quarters counted in words, as one tag each."""
PARTS = (
    window_rule(
        r"(?:ord(?P<nth>[1-5])|last|past) w(?P<weekday>\d) (?:of |in |the )*[mM](?P<month>\d+) (?:{YEAR})?",
        _nth_weekday,
    ),
    window_rule(
        r"(?P<which>ord1|last|past|recent) n(?P<count>\d+) (?P<unit>day|week|month)s? (?:of |in |the )*(?=[mMy]\d)"
        r"(?:[mM](?P<month>\d+) )?(?:{YEAR})?",
        _counted_units,
        "~",
    ),
    window_rule(rf"{{PART}}{{LINK}}{_ITEM}(?:{{YEAR}})?", _item, "~"),
    window_rule(r"{PART}{LINK}{YEAR}", _year_part),
)
"""Parts of what is named; to be read before dates are, which would take the month away from them."""
NAMED = (
    window_rule(rf"{WHICH}(?:in )?{_ITEM}", _which_item, "~"),
    window_rule(rf"{_ITEM}{{YEAR}}", _item),
    window_rule(r"(?P<kind>[qh])(?P<number>\d) ", _item, "~"),
    # "The fall of Kabul" and "the spring offensive" are no seasons.
    window_rule(r"(?P<before>{CUE}(?:the )?)(?P<kind>s)(?P<number>\d) (?!of |(?<=the s\d )_ )", _item, "~"),
    window_rule(r"c0-(?P<month>\d+)-(?P<day>\d+) ", _date_without_year, "~"),
    window_rule(r"c(?P<year>\d+)-(?P<month>\d+)-(?P<day>\d+)(?P<inferred>'?) ", _date),
    window_rule(r"decade(?P<number>\d+) (?!daynight |day )(?:year )?", _decade),
)
