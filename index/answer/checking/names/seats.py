"""States by the capitals and offices that stand for them in the news."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index.answer.checking.words import table

_WHERE = re.compile(r"(?:^|\s)(?:in|near|at|в|во|у|під|под|біля|возле)\s$", re.IGNORECASE)
_SAYING = re.compile(r",?\s(?:\w+\s){0,2}\w{3,}(?:ют|ят|ли|ють|ять)(?!\w)")

if TYPE_CHECKING:
    from collections.abc import Iterable


def with_states(keys: Iterable[str]) -> frozenset[str]:
    """Keys of names, and with those of capitals the states that they may stand for."""
    given = frozenset(keys)
    return given.union(*(_states().get(key, frozenset()) for key in given))


def is_place(sentence: str, start: int, end: int) -> bool:
    """Whether a capital at ``[start, end)`` is where something is, and no government: not "in Kyiv they say"."""
    before, after = sentence[:start], sentence[end:]
    return _WHERE.search(before) is not None and _SAYING.match(after) is None


@cache
def _states() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for state, seats in table("seats")["seats"].items():
        for seat in seats.split():
            found.setdefault(f"xt{seat}", set()).add(f"xt{state}")
    return {seat: frozenset(states) for seat, states in found.items()}
