"""Small numbers that a writer counts himself: "two senators from Georgia" where the source names both."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import table
from index.answer.facts.quantities import is_unlisted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount

_FEW, _LONGEST_LIST, _SMALLER, _SMALL = 4, 12, 10, 20
_ITEM_WORDS = 6
_JOINT = re.compile(r"[,;]\s+|\s(?:and|as well as|а также|а також|и|і|й|та)\s", re.IGNORECASE)
_CACHED = 4_000


def is_counted(claimed: Amount, told: Sequence[Statement], known: Sequence[Amount], used: Sequence[Amount]) -> bool:
    """Whether a small number may be the length of a list of the source.

    Not where the source has another number of the same thing, unless that is told in the sentence as well (``used``).
    """
    if claimed.kind not in ("", "count", "time") or claimed.low != claimed.high or claimed.low % 1 or claimed.low < 1:
        return False
    value = claimed.low
    listed = value <= _LONGEST_LIST and any(value in _lists(each.text) for each in told)
    if not listed and value > _FEW:
        return False
    return not any(_same_thing(each, claimed) for each in known if each not in used)


def _same_thing(known: Amount, claimed: Amount) -> bool:
    """Whether a small number of the source counts what the claimed one counts, as far as their nouns tell."""
    if (known.kind and claimed.kind and known.kind != claimed.kind) or known.low > _SMALL or known.low == claimed.low:
        return False
    if known.kind == claimed.kind == "time":
        return True
    return _may_be_one(known.noun, claimed.noun) if known.noun and claimed.noun else known.low <= _SMALLER


def _may_be_one(one: str, other: str) -> bool:
    """Whether two nouns may mean one thing: of those of two languages that no table has, nobody can tell."""
    if is_unlisted(one) and is_unlisted(other):
        return one == other or one.partition(":")[0] != other.partition(":")[0]
    return same_noun(one, other)


def same_noun(one: str, other: str) -> bool:
    """Whether two nouns of amounts are one, or may stand for each other: deputies cast votes."""
    left, right = one.partition(":"), other.partition(":")
    if is_unlisted(one) or is_unlisted(other):
        return one == other != ""
    fates = {left[2], right[2]} - {""}
    return len(fates) <= 1 and (left[0] == right[0] or bool(_groups(left[0]) & _groups(right[0])))


@cache
def _groups(unit: str) -> frozenset[str]:
    return frozenset(name for name, units in table("numbers")["alike"].items() if unit in units.split())


@lru_cache(maxsize=_CACHED)
def _lists(text: str) -> frozenset[int]:
    """The lengths that lists in a text may have: runs of short pieces between commas and conjunctions."""
    lengths: set[int] = set()
    run = 0
    for piece in (*_JOINT.split(text), ""):
        if piece and len(piece.split()) <= _ITEM_WORDS:
            run += 1
            continue
        lengths |= {run, run + 1, run + 2} if run else set()
        run = 0
    return frozenset(lengths - {0, 1})
