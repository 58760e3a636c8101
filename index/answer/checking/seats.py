"""States by the capitals and offices that stand for them in the news."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from index.answer.checking.words import table

if TYPE_CHECKING:
    from collections.abc import Iterable


def with_states(keys: Iterable[str]) -> frozenset[str]:
    """Keys of names, and with those of capitals the states that they may stand for."""
    given = frozenset(keys)
    return given.union(*(_states().get(key, frozenset()) for key in given))


@cache
def _states() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for state, seats in table("seats")["seats"].items():
        for seat in seats.split():
            found.setdefault(f"xt{seat}", set()).add(f"xt{state}")
    return {seat: frozenset(states) for seat, states in found.items()}
