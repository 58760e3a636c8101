"""Whether a written sentence says the contrary of its source: a negation lost or added, a direction turned.

Two ways of looking. Pairs of contraries (rose and fell, agreed and refused) give each word a sign, which a negation
before it turns; the sentence is wrong where the source has only the other sign. Where no pair speaks, the negations of
a clause are counted, odd against even.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.cited import clauses
from index.answer.checking.words import straight, table, whole
from index.language import lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.meaning import Pair
    from index.types import Language

    Sign = tuple[int, int]

_REACH = 4
"""Words before another one that may negate it, at the most."""
_FEWEST_WORDS, _ATTRIBUTION = 4, 6
_NEAR, _NEAR_ACROSS = 0.45, 0.38
"""Cosine of two clauses from which on they are about the same."""
_CACHED = 4_000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def turned(pair: Pair, language: Language, told: Sequence[Statement]) -> bool:
    """Whether a clause in a language says the contrary of the source's clause nearest to it, of all that is told."""
    own, around = _signs(pair.clause), _signs(pair.statement.text)
    if any(name in around and not _meant(signs) & _meant(around[name]) for name, signs in own.items()):
        return True
    if any(_reworded(own, _signs(each.text)) for each in told):
        return False
    negated = _is_negated(pair.clause)
    if not _comparable(pair, language) or any(_is_negated(each) == negated for each in _rivals(pair)):
        return False
    # One that holds several clauses may be like the whole of the source's sentence.
    return len(clauses(pair.clause)) == 1 or negated != _is_negated(pair.statement.text)


def _rivals(pair: Pair) -> list[str]:
    """The clauses of the source that a clause may be taken from."""
    return [pair.source, *(each for each in pair.rivals if not _is_attribution(each))]


def _is_attribution(clause: str) -> bool:
    """Whether a clause is no more than "the mayor said"."""
    return len(clause.split()) <= _ATTRIBUTION and _list("attributions").search(straight(clause)) is not None


def _comparable(pair: Pair, language: Language) -> bool:
    """Whether negations can be counted against each other: not in "..., the mayor said", nor in a few other words."""
    if _is_attribution(pair.clause):
        return False
    if len(pair.clause.split()) >= _FEWEST_WORDS:
        return pair.cosine >= (_NEAR if pair.statement.language == language else _NEAR_ACROSS)
    return bool(set(lemmas(pair.clause, language)) & set(lemmas(pair.source, pair.statement.language)))


def _reworded(own: dict[str, frozenset[Sign]], told: dict[str, frozenset[Sign]]) -> bool:
    """Whether a word stands for its negated contrary: "did not admit" for "denied"."""
    shared = [(signs, told[name]) for name, signs in own.items() if name in told]
    return any(not signs & others and bool(_meant(signs) & _meant(others)) for signs, others in shared)


def _meant(signs: Iterable[Sign]) -> set[int]:
    """On which side of a pair the words of a text stand once negations are heeded."""
    return {side * turn for side, turn in signs}


@lru_cache(maxsize=_CACHED)
def _signs(text: str) -> dict[str, frozenset[Sign]]:
    """For each pair of contraries, which of them stand in a text (1 or -1) and whether they are turned (-1) or not."""
    plain = _plain(text)
    found: dict[str, set[Sign]] = {}
    for name, sign, pattern in _poles():
        for match in pattern.finditer(plain):
            turn = -1 if _negated_before(plain[: match.start()]) or _none_of(plain, match.end()) else 1
            found.setdefault(name, set()).add((sign, turn))
    return {name: frozenset(signs) for name, signs in found.items()}


def _negated_before(text: str) -> bool:
    """Whether the words that end a text negate or deny what follows, with auxiliary verbs between."""
    for word in reversed(_WORD.findall(text)[-_REACH:]):
        if _list("particles").fullmatch(word) or _list("denials").fullmatch(word):
            return True
        if not _list("light").fullmatch(word):
            return False
    return False


def _none_of(text: str, end: int) -> bool:
    """Whether "there is none" follows, as Russian and Ukrainian put it: "загиблих немає"."""
    return _list("absence").match(text[end:].lstrip()) is not None


@lru_cache(maxsize=_CACHED)
def _is_negated(clause: str) -> bool:
    """Whether a clause denies: particles count once, for Slavic ones double each other, each denying word turns."""
    plain = _plain(clause)
    particle = _list("particles").search(plain) is not None
    return (particle + len(_list("denials").findall(plain))) % 2 == 1


def _plain(text: str) -> str:
    return _list("harmless").sub(lambda found: "_" * len(found.group()), straight(text))


@cache
def _list(section: str) -> re.Pattern[str]:
    return whole(table("turning")[section]["words"])


@cache
def _poles() -> Sequence[tuple[str, int, re.Pattern[str]]]:
    return tuple(_signed())


def _signed() -> Iterator[tuple[str, int, re.Pattern[str]]]:
    for name, sides in table("turning")["poles"].items():
        yield name, 1, whole(sides["plus"])
        yield name, -1, whole(sides["minus"])
