"""From windows to bounds: since, until, before, after, from one to another; parts of windows; weeks of days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from index.when.calendar import Stretch, part, unit_of
from index.when.rules import WINDOW, Rule, written

if TYPE_CHECKING:
    import re

_DAY = timedelta(days=1)


def _part(match: re.Match[str], _today: date) -> str:
    window = _stretch(match)
    if match["part"] in {"begin", "mid", "end"} and window.first == window.last:
        return match["window"]  # late on Friday is Friday
    return written(part(window, match["part"]), match["marks"])


def _week_of(match: re.Match[str], _today: date) -> str:
    """The week, or the weekend, of 12 August: from Monday to Sunday, or its last two days."""
    week = unit_of(_stretch(match).first, "week")
    return written(week if match["unit"] == "week" else Stretch(week.last - _DAY, week.last), match["marks"])


def _joined(match: re.Match[str], _today: date) -> str:
    """One window from the first day of either to the last, since an article on either may answer."""
    first, last = min(match["first"], match["first2"]), max(match["last"], match["last2"])
    return f"[{first}..{last}]{match['marks']}{match['marks2']} "


def _since(match: re.Match[str], _today: date) -> str:
    return f"[{match['first']}..]{match['marks']} "


def _until(match: re.Match[str], _today: date) -> str:
    return f"[..{match['last']}]{match['marks']} "


def _before(match: re.Match[str], _today: date) -> str:
    return f"[..{_stretch(match).first - _DAY}]{match['marks']} "


def _after(match: re.Match[str], _today: date) -> str:
    return f"[{_stretch(match).last + _DAY}..]{match['marks']} "


def _dated(match: re.Match[str], today: date) -> str:
    """A statement dated the 12th is of that day; from the beginning of the year is since then."""
    return match["window"] if match["first"] == match["last"] else _since(match, today)


def _stretch(match: re.Match[str]) -> Stretch:
    return Stretch(date.fromisoformat(match["first"]), date.fromisoformat(match["last"]))


_SECOND = WINDOW.replace("first", "first2").replace("last", "last2").replace("marks", "marks2")
_CLOSED = rf"{{LINK}}(?P<window>{WINDOW.replace('*', '+', 2)})"
_TWO = Rule(rf"(?:(?:since|from|dated|between) )?{_CLOSED}{{JOIN}}{{LINK}}{_SECOND}", _joined)
BOUNDS = (
    # A meeting moved to the 20th was reported on before.
    Rule(rf"(?:moved|will) (?:(?:_|item|news|the) ){{0,3}}(?:onto|to|until|for) {_CLOSED}", lambda *_: "_ "),
    Rule(rf"(?:the )?(?P<unit>week|weekend) of {_CLOSED}", _week_of),
    Rule(rf"{{PART}}{_CLOSED}", _part),
    _TWO,
    _TWO,  # three days in a row: the second time joins the third
    Rule(rf"(?:from|between|dated) {_CLOSED}(?:onwards |on (?=[.,] )|{{JOIN}}(?:future|latest) )", _since),
    Rule(rf"since {_CLOSED}", _since),
    Rule(rf"(?:until|by) {_CLOSED}", _until),
    Rule(rf"before {_CLOSED}", _before),
    Rule(rf"after {_CLOSED}", _after),
    Rule(rf"dated {_CLOSED}", _dated),
)
"""In this order: parts of a window before what bounds it."""
