"""Dates that a question names, brought into one form: ``c2025-8-12``, with 0 for what is not told.

A ' after a date or a year tells that the year was not named but follows from the words ("August last year").
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from index.when.calendar import months, on, unit_of
from index.when.rules import Rule, recent

if TYPE_CHECKING:
    import re

    from index.when.calendar import Stretch

BACK = {"this": 0, "prev": 1, "last": 1, "past": 1, "gone": 1, "prevprev": 2}
WHICH = r"(?P<which>this|prev|last|gone|prevprev) "
_LEAP_YEAR = 2000
_DAY = r"(?:the )?(?:n|ord)(?P<day>\d{1,2}) "
_MONTH = r"[mM](?P<month>\d+) "
_YEAR = r"(?:(?:\. )?{YEAR})?"


def stretch_of(year: int, month: int, day: int) -> Stretch:
    """The days of a date, a month where the day is 0, a year where the month is. Raises ValueError for 30 February."""
    if not month:
        return months(year, 1, 12)
    return on(date(year, month, day)) if day else months(year, month)


def _date(match: re.Match[str], _today: date) -> str:
    parts = match.groupdict()
    year, month, day = (int(parts.get(name) or 0) for name in ("year", "month", "day"))
    date(year or _LEAP_YEAR, month or 1, day or 1)  # raises ValueError for a day that no year has
    return f"{parts.get('before') or ''}c{year}-{month}-{day}{parts.get('inferred') or ''} "


def _date_pair(match: re.Match[str], _today: date) -> str:
    """The 5 and the 10 of "5 to 10 August" or of "August 5 to 10"."""
    parts = match.groupdict()
    if int(parts["early"]) >= int(parts["day"]):
        return match.group()
    month = f"c{parts['year'] or 0}-{parts['month']}-"
    mark = parts.get("inferred") or ""
    return f"{month}{parts['early']}{mark} {parts['join']}{month}{parts['day']}{mark} "


def _same_year(match: re.Match[str], today: date) -> str:
    """Gives both dates of a range their years: the second is the latest that has begun, the first the last before."""
    left, right = ([int(match[side + name]) for name in ("year", "month", "day")] for side in ("a", "b"))
    mark = "" if left[0] or right[0] else "'"
    in_order = left[1:] <= right[1:]
    if not right[0] and not left[0]:
        right[0] = recent(lambda year: stretch_of(year, right[1], right[2]), today).first.year
    left[0], right[0] = left[0] or right[0] - (not in_order), right[0] or left[0] + (not in_order)
    return f"c{left[0]}-{left[1]}-{left[2]}{mark} {match['join']}c{right[0]}-{right[1]}-{right[2]}{mark} "


def _year_told(match: re.Match[str], today: date) -> str:
    return f"{match['item']}y{today.year - BACK[match['which']]}' "


def _year_put_behind(match: re.Match[str], _today: date) -> str:
    return f"{match['item']}y{match['year']} "


def _winter(match: re.Match[str], _today: date) -> str:
    return f"{match['item']}y{match['century']}{match['short']} "


def _day_of_month(match: re.Match[str], today: date) -> str:
    """The 12th: of the month told, else the latest that has come."""
    day = int(match["day"])
    back = BACK[match["which"]] if match["which"] else int(day > today.day)
    month = unit_of(today, "month", back).first
    return f"c{month.year}-{month.month}-{day}' "


_SIDE = r"c(?P<{0}year>\d+)-(?P<{0}month>\d+)-(?P<{0}day>\d+)'? "
_ITEM = r"(?P<item>(?:(?:n|ord)\d+ )?(?:[mMsqh]\d+|(?:ord\d+ )?quarter|halfyear) )"
_A_YEAR = r"y(?P<year>\d+)(?P<inferred>'?) (?:year )?"
YEARS = (
    # A winter bears the year of its January: the winter of 2023-24 is that of 2024.
    Rule(r"(?P<item>s1 (?:of |in )*)(?:y(?P<century>\d\d)\d\d) - [yn](?:\d\d)?(?P<short>\d\d) ", _winter),
    Rule(r"(?:the )?year (?=y\d)", lambda *_: ""),  # in the year 2024
    Rule(rf"{_ITEM}{{LINK}}{WHICH}year ", _year_told),  # August last year
    Rule(rf"{WHICH}year {{LINK}}{_ITEM}(?!(?:of |, )?y\d)", _year_told),  # last year in August
    Rule(rf"(?:in|over) y(?P<year>\d{{4}}) (?:year )?(?:, )?in {_ITEM}", _year_put_behind),  # in 2024 in August
)
"""The years of months and seasons, put right behind them; to be read first."""
DATES = (
    Rule(r"(?P<kept>(?:n|ord)\d+ )onto (?=(?:n|ord)\d+ [mM])", lambda match, _: f"{match['kept']}to "),  # a night
    # Only English puts the day behind the month.
    Rule(
        rf"M(?P<month>\d+) (?:\. )?(?:the )?(?:n|ord)(?P<early>\d+) (?P<join>{{JOIN}}){_DAY}(?![mM]){_YEAR}", _date_pair
    ),
    Rule(rf"(?:the )?(?:n|ord)(?P<early>\d+) (?P<join>{{JOIN}}){_DAY}(?:of )?{_MONTH}{_YEAR}", _date_pair),
    Rule(rf"{_DAY}(?:of )?(?:the )?{_MONTH}{_YEAR}", _date),
    Rule(rf"(?<!in )M(?P<month>\d+) (?:\. )?{_DAY}(?!{{UNIT}}){_YEAR}", _date),
    Rule(rf"{_MONTH}(?:\. )?{{YEAR}}", _date),
    Rule(rf"{_DAY}dom (?:{{LINK}}{WHICH}month )?", _day_of_month),
    Rule(rf"on the ord(?P<day>\d{{1,2}}) (?:of {WHICH}month |(?=[.,] ))", _day_of_month),
    Rule(r"(?P<before>{CUE}(?:the )?|on |onto |news (?:_ ){0,2})x0-(?P<month>\d+)-(?P<day>\d+) ", _date),
    Rule(
        r"(?:n|ord)(?P<early>\d+) (?P<join>{JOIN})(?=c)c(?P<year>\d+)-(?P<month>\d+)-(?P<day>\d+)(?P<inferred>'?) ",
        _date_pair,
    ),
    Rule(
        r"(?:n|ord)(?P<early>\d+) (?P<join>, )c(?P<year>\d+)-(?P<month>\d+)-(?P<day>\d+)(?P<inferred>'?) (?={JOIN}c)",
        _date_pair,
    ),
    Rule(r"(?P<before>)x0-(?P<month>\d+)-(?P<day>\d+) (?={JOIN}c)", _date),
    Rule(r"(?P<before>c\S+ {JOIN})x0-(?P<month>\d+)-(?P<day>\d+) ", _date),
    # A month or a year alone needs a word before it that makes a time of it: May, March and 2000 are names, too.
    Rule(r"(?P<before>(?:{CUE}|news (?:of )?))[mM](?P<month>\d+) ", _date),
    Rule(r"(?P<before>c\S+ {JOIN}(?:the )?)[mM](?P<month>\d+) ", _date),
    Rule(rf"(?P<before>(?:{{CUE}}|by )){_A_YEAR}(?!measure |{{UNIT}})", _date),
    Rule(rf"(?P<before>c\S+ {{JOIN}}|news (?:_ ){{0,2}}(?:of )?){_A_YEAR}", _date),
    Rule(r"(?P<before>\. )y(?P<year>\d+) year ", _date),
    Rule(rf"{_SIDE.format('a')}(?P<join>{{JOIN}}){_SIDE.format('b')}", _same_year),
    Rule(r"w\d (?:, )?(?P<kept>c\S+ )", lambda match, _: match["kept"]),
)
"""In this order: a rule reads what those before it wrote."""
