"""Families of which a sentence and its source name several: what one of them does, another need not have done."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from index.answer.checking.names.spellings import alike, same_consonants
from index.answer.checking.roles.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.answer.checking.roles.mentions import Mention
    from index.types import Language


def namesakes(texts: Iterable[tuple[str, Language]]) -> frozenset[str]:
    """The keys of names that stand behind two different first ones, as those of husband and wife do."""
    firsts: dict[str, set[str]] = {}
    for text, language in texts:
        for first, family in pairwise(mentions(text, language)):
            if _are_one_name(first, family, text):
                firsts.setdefault(family.key, set()).add(first.key)
    return frozenset(family for family, given in firsts.items() if any(_differ(*two) for two in combinations(given, 2)))


def _are_one_name(first: Mention, family: Mention, text: str) -> bool:
    """Whether two words are a first name and a family's, both by sound: one that a table has may have two keys."""
    beside = text[first.end : family.start] == " "
    return beside and all(each.named and each.key.startswith("xn") for each in (first, family))


def _differ(one: str, other: str) -> bool:
    return not alike(one, other) and not same_consonants(one, other)
