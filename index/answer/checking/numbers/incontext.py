"""Numbers whose unit is told by words that the facts do not read: ages, basis points, units with a stroke, labels."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import table, whole

if TYPE_CHECKING:
    from index.answer.checking.numbers.amounts import Amount

_YEAR = 365.25  # days
_COUNTED = ("", "count")
_LARGEST_PERCENT = 1_000
"""Beyond it "percent" is interest: "97 тисяч відсотків" are hryvnias."""
_COMPOUND = re.compile(r"\s?[^\W\d]+/[^\W\d]+")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_AT = re.compile(r"(?<!\w)(?:at|by|from|to|until|в|во|к|с|до|о|об|у|з|від|на)\s$", re.IGNORECASE)
_UNCOUNTED = re.compile(
    r"\s*(?:$|[,.;:)(–—-]|(?:and|і|и|й|та|годин\w*|час\w*|утра|вечера|ранку|вечора|[ap]\.?m|по|for|at|on|in|в|у|на)\b)",
    re.IGNORECASE,
)
_BEFORE = 40  # code points before a number that may hold its label
_CACHED = 4_000


def in_context(amount: Amount, text: str) -> Amount:
    """An amount of a text with the kind that the words around it tell, where the facts have none or a wrong one."""
    before, after = text[max(0, amount.start - _BEFORE) : amount.start], text[amount.end :]
    if amount.kind in _COUNTED and _last("age").search(before):
        low, high, step = (each * _YEAR for each in (amount.low, amount.high, amount.step))
        return replace(amount, low=low, high=high, step=step, kind="time", noun="age", size=_YEAR)
    if _first("basis").match(after):
        low, high, step = (each / 100 for each in (amount.low, amount.high, amount.step))
        return replace(amount, low=low, high=high, step=step, kind="percent", noun="percent", size=0.01)
    if _COMPOUND.match(after) or (amount.kind == "percent" and amount.low >= _LARGEST_PERCENT):
        return replace(amount, kind="", noun="")
    return amount


@lru_cache(maxsize=_CACHED)
def is_label(before: str, after: str) -> bool:
    """Whether a number between two stretches of text says which one, or what hour, and counts nothing.

    "Category 5", "о 4-й ранку".
    """
    return _last("label").search(before[-_BEFORE:]) is not None or _first("hour").match(after) is not None


def is_hour(before: str, written: str, after: str) -> bool:
    """Whether a number with a point is a time of day: "at 10.00", not "at 2.50 euros"."""
    return (
        _CLOCK.fullmatch(written.strip()) is not None
        and _AT.search(before) is not None
        and _UNCOUNTED.match(after) is not None
    )


@cache
def _last(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{whole(table('numbers')['around'][section]).pattern})\W{{0,2}}$", re.IGNORECASE)


@cache
def _first(section: str) -> re.Pattern[str]:
    return re.compile(rf"[\W]{{0,2}}(?:{whole(table('numbers')['around'][section]).pattern})", re.IGNORECASE)
