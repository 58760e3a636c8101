"""What the clauses of a written sentence affirm and deny, and where its source says the same or the contrary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.checking.cited import clauses
from index.answer.checking.negations.contraries import is_contrary, kindred, reworded, signs, tells_opposite
from index.answer.checking.negations.negating import told_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.negations.negating import Told, Word
    from index.ports import Embedder, Vectors
    from index.types import Language

_SO_NOT = re.compile(r"(?<=так)\s[иі]\s(?=не\b)|,\s(?=(?:чем|ніж|than)\b)", re.IGNORECASE)
_WIDE = 5
"""Words of a statement that means little without the one before it: "No arrests have been made."."""
FOR_CLAUSES = 0.05
"""What whole sentences have to be nearer for their clauses to count as near as they."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a clause of the sentence says, with the source's clauses that say the same and the contrary."""

    clause: int
    same: tuple[int, ...]
    contrary: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """The clauses of a sentence and of its source; ``statements`` has for each of the source's where it stands."""

    sentence: str
    own: tuple[Told, ...]
    rows: tuple[Told, ...]
    statements: tuple[int, ...]

    @property
    def denying(self) -> bool:
        """Whether one of them denies anything, and the sentence supposes nothing."""
        return any(each.denying for each in (*self.own, *self.rows)) and not self.supposing

    @property
    def supposing(self) -> bool:
        """Whether the sentence says what would be."""
        return any(each.supposing for each in self.own)


def read(sentence: str, language: Language, told: Sequence[Statement]) -> Both:
    """A sentence and its source by clauses."""
    rows = [
        (place, told_by(text, each.language)) for place, each in enumerate(told) for text in clauses(_united(each.text))
    ]
    own = tuple(told_by(each, language) for each in clauses(_united(sentence)))
    return Both(sentence, own, tuple(row for _, row in rows), tuple(place for place, _ in rows))


def _united(text: str) -> str:
    """The text without what would divide a clause: the conjunction in "так и не", the comma before "чем"."""
    return _SO_NOT.sub(" ", text)


def nearness(both: Both, told: Sequence[Statement], embedder: Embedder) -> Vectors:
    """How near each clause of the sentence comes to each of the source: the mean of two cosines.

    One is that of the clauses, the other that of the whole sentence and statement. Raises ModelError.
    """
    import numpy as np

    texts = [each.text for each in told]
    wide = [f"{texts[at - 1]} {text}" if at and len(text.split()) <= _WIDE else text for at, text in enumerate(texts)]
    ours = embedder.embed_passages([both.sentence, *(each.text for each in both.own)])
    theirs = embedder.embed_passages([*wide, *(each.text for each in both.rows)])
    sentences = (theirs[: len(told)] @ ours[0])[list(both.statements)]
    pieces = (sentences + ours[1:] @ theirs[len(told) :].T) / 2
    near: Vectors = np.maximum(pieces, sentences - FOR_CLAUSES)
    return near


def by_words(both: Both) -> Iterator[Claim]:
    """Claims by contraries, and by words that one side denies and the other affirms without any negation."""
    agreed = _agreed(both, both.own)
    for at, clause in enumerate(both.own):
        here = _agreed(both, [clause])
        yield from _by_contraries(at, clause, both, agreed)
        if not both.supposing:
            yield from (
                Claim(at, each.same, left)
                for each in _by_kin(at, clause, both.rows)
                if (left := tuple(place for place in each.contrary if both.statements[place] not in here))
            )


def _agreed(both: Both, parts: Iterable[Told]) -> frozenset[int]:
    """Statements that say with some of its clauses that something is not so: "called off" and "canceled"."""
    own = {(name, side) for each in parts for name, side in signs(each) if side < 0 and " " not in name}
    return frozenset(both.statements[at] for at, row in enumerate(both.rows) if signs(row) & own)


def _by_contraries(at: int, clause: Told, both: Both, agreed: frozenset[int]) -> Iterator[Claim]:
    sides = signs(clause)
    rows = [signs(row) for row in both.rows]
    for name in {name for name, _ in sides}:
        own = _sides_of(name, sides)
        said = {place: _sides_of(name, row) for place, row in enumerate(rows)}
        same = [place for place, theirs in said.items() if theirs & own]
        # "None will reach it" and "all will fall short".
        left = agreed if name.startswith("all ") else _reversed(both)
        against = [place for place, theirs in said.items() if theirs and not theirs & own]
        yield from claim(at, same, [each for each in against if both.statements[each] not in left])


def _sides_of(name: str, found: Iterable[tuple[str, int]]) -> set[int]:
    return {side for each, side in found if each == name}


def _reversed(both: Both) -> frozenset[int]:
    """Statements that say a contrary without its word: "24 percent approve, 47 say the opposite"."""
    return frozenset(both.statements[at] for at, row in enumerate(both.rows) if tells_opposite(row))


def _by_kin(at: int, clause: Told, rows: Sequence[Told]) -> Iterator[Claim]:
    for word in clause.words:
        pole = is_contrary(word.text)
        found = [
            (place, other)
            for place, row in enumerate(rows)
            for other in kin(word, clause, row)
            if not (pole or is_contrary(other.text)) or (other.lemma == word.lemma and pole != is_contrary(other.text))
        ]
        same = [place for place, other in found if other.sign == word.sign]
        contrary = {place for place, other in found if other.sign != word.sign}
        yield from claim(at, same, [each for each in contrary if _opposed(clause, rows[each], word.sign)])


def _opposed(clause: Told, row: Told, sign: int) -> bool:
    """Whether one of two clauses affirms a word and denies nothing else, and the other, which denies it, means it."""
    affirming, denying = (clause, row)[::sign]
    return affirming.affirming and not denying.supposing and not reworded(clause, row)


def kin(word: Word, clause: Told, row: Told) -> list[Word]:
    """The words of another clause that are kin to one of the first; none across languages."""
    if not word.lemma or word.unsure or clause.language != row.language:
        return []
    return [other for other in row.words if other.lemma and not other.unsure and kindred(word.lemma, other.lemma)]


def claim(at: int, same: Sequence[int], contrary: Sequence[int]) -> Iterator[Claim]:
    """A claim, where the source has anything to the contrary."""
    if contrary:
        yield Claim(at, tuple(same), tuple(contrary))
