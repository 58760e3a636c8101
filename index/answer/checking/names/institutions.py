"""Courts, ministries, parties and houses of parliament, which papers name by common words in each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.answer.checking.words import straight, table

_CACHED = 1_000


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution that a text names: the family it is one of, its key there, and where it stands."""

    family: str
    key: str
    start: int
    end: int


@lru_cache(maxsize=_CACHED)
def institutions(text: str) -> tuple[Institution, ...]:
    """The institutions that a text names; straight() keeps their places."""
    plain = straight(text)
    found = [
        Institution(family, key, match.start(), match.end())
        for family, key, pattern in _patterns()
        for match in pattern.finditer(plain)
    ]
    return tuple(each for each in found if not any(_within(each, other) for other in found))


def is_other(sentence: str, source: str) -> bool:
    """Whether a sentence names an institution, and its source names others of the same family but not this one."""
    told = institutions(source)
    keys, families = {each.key for each in told}, {each.family for each in told}
    return any(each.family in families and each.key not in keys for each in institutions(sentence))


def _within(inner: Institution, outer: Institution) -> bool:
    """Whether one stands in the words of a longer one: the house in "the upper house"."""
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (family, key, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
        for family, rows in table("institutions").items()
        for key, words in rows.items()
    )
