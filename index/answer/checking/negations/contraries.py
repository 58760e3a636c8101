"""Pairs of contraries in a clause, such as rose and fell, and which words are kin."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.negations.negating import Told

_CACHED = 4_000
_LEAST, _SHARE = 4, 0.55
"""Letters that kindred lemmas begin with alike, at the least, and what share they are of the longer one."""
_SIDES = {"plus": 1, "still": 0, "minus": -1}
_BESIDE = 3
"""Words between a comparative and the number it belongs to, at the most."""
_STEM = 5
_COMPARATIVE = re.compile(r"\w{3,}(?:нее|ней|ніше|ніший|ніша|ніші)", re.IGNORECASE)
_MEASURE = re.compile(r"\b(?:на|by) $", re.IGNORECASE)


@lru_cache(maxsize=_CACHED)
def signs(told: Told) -> frozenset[tuple[str, int]]:
    """For each pair of contraries with a word in a clause, its name and the side: 1 or -1, negations heeded.

    What rises and falls may also be unchanged: 0, which what does not rise may be as well. Names of pairs that say
    something only of the number or the word beside them hold it: "more" in "14 percent more gas". A pair with both its
    words in the clause is left out.
    """
    found = {(name, side * turn) for name, side, turn in _sided(told)}
    found |= {(name, 0) for name, _, turn in _sided(told) if turn < 0}
    both = {name for name, side in found if side and (name, -side) in found}
    return frozenset((name, side) for name, side in found if name not in both)


def reworded(one: Told, other: Told) -> bool:
    """Whether one of two clauses says by a denied contrary what the other one says: "did not admit" for "denied"."""
    sides = {(name, side): turn for name, side, turn in _sided(other)}
    return any(sides.get((name, -side)) == -turn for name, side, turn in _sided(one))


def is_contrary(word: str) -> bool:
    """Whether a word is one of a pair of contraries by itself, or denies something."""
    return _implied().fullmatch(word) is not None or any(pattern.fullmatch(word) for _, _, pattern in _poles("poles"))


def implies_denial(told: Told) -> bool:
    """Whether a clause says in other words than a negation's what a paraphrase may put with one: "remained", "lost"."""
    plain = straight(told.text)
    return _implied().search(plain) is not None or any(
        pattern.search(plain) for name, side, pattern in _poles("poles") if side < 0 and name != "include"
    )


def kindred(one: str, other: str) -> bool:
    """Whether two lemmas of one language come from one root, as far as their beginnings tell."""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    shared = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return shared >= max(_LEAST, _SHARE * longer) or shared == shorter > _LEAST


@lru_cache(maxsize=_CACHED)
def _sided(told: Told) -> frozenset[tuple[str, int, int]]:
    """For each word of a pair its name, its side and, in negations, whether it is turned (-1) or not (1)."""
    plain = straight(told.text)
    found: set[tuple[str, int, int]] = set()
    for section in ("poles", "bound"):
        for name, side, pattern in _poles(section):
            for match in pattern.finditer(plain):
                turn = told.sign_at(match.start())
                names = [name] if section == "poles" else [f"{name} {each}" for each in _beside(told, match)]
                found |= {(each, side, turn) for each in names if turn}
    return frozenset(found | set(_comparatives(told)))


def _comparatives(told: Told) -> Iterator[tuple[str, int, int]]:
    """Words such as "выгоднее", which say by their ending what "more" and "less" say of the word behind."""
    for word in told.words:
        if _COMPARATIVE.fullmatch(word.text) and (turn := told.sign_at(word.start)):
            yield f"compare {word.text.lower()[:_STEM]}", 1, turn


def _beside(told: Told, match: re.Match[str]) -> Iterator[str]:
    """What a word of comparison belongs to: numbers near it, told apart by what they are to it, or the word behind."""
    after = [word for word in told.words if word.start >= match.end()][:_BESIDE]
    before = [word for word in told.words if word.start < match.start()][-_BESIDE:]
    yield from (f"by {word.text}" for word in before if word.text.isdigit())
    for word in after:
        if word.text.isdigit():
            yield f"{'by' if _MEASURE.search(match.string[: word.start]) else 'than'} {word.text}"
    yield from [word.lemma for word in after if word.lemma][:1]
    yield from [word.lemma[:_STEM] for word in after[:1] if len(word.lemma) > _STEM]


@cache
def _poles(section: str) -> Sequence[tuple[str, int, re.Pattern[str]]]:
    rows = table("contraries")[section].items()
    return tuple((name, _SIDES[side], whole(words)) for name, sides in rows for side, words in sides.items())


def tells_opposite(told: Told) -> bool:
    """Whether a clause names the contrary of what was said before it."""
    return whole(table("contraries")["opposite"]["words"]).search(straight(told.text)) is not None


@cache
def _implied() -> re.Pattern[str]:
    return whole(table("contraries")["implied"]["words"])
