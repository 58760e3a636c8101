"""What the clauses of a written sentence affirm and deny, and where its source says the same or the contrary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.checking.cited import clauses
from index.answer.checking.contraries import implies_denial, is_contrary, kindred, reworded, signs, tells_opposite
from index.answer.checking.negating import told_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.negating import Told, Word
    from index.ports import Embedder, Vectors
    from index.types import Language

_SO_NOT = re.compile(r"(?<=так)\s[иі]\s(?=не\b)|,\s(?=(?:чем|ніж|than)\b)", re.IGNORECASE)
_NEXT = 0.04
"""How much further than the nearest clause of the source others may be that are looked at as well."""
_SAME_WORD, _KIN_WORD, _ACROSS_WORD = 0.78, 0.74, 0.55
"""Cosines from which on single words mean the same: within a language, between Russian and Ukrainian, with English.
With the default model "joined" and "приєдналися" have 0.63, no other word of that sentence above 0.51."""
_WIDE = 5
"""Words of a statement that means little without the one before it: "No arrests have been made."."""
_AROUND = 0.15
"""How much further than the nearest clause others may be that show how the source puts the matter."""
_FOR_CLAUSES = 0.05
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
    near: Vectors = np.maximum(pieces, sentences - _FOR_CLAUSES)
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
    rows = both.rows
    sides = signs(clause)
    for name in {name for name, _ in sides}:
        own = {side for each, side in sides if each == name}
        said = {place: {side for each, side in signs(row) if each == name} for place, row in enumerate(rows)}
        same = [place for place, theirs in said.items() if theirs & own]
        against = [place for place, theirs in said.items() if theirs and not theirs & own]
        # "None will reach it" and "all will fall short".
        left = agreed if name.startswith("all ") else _reversed(both)
        yield from _claim(at, same, [each for each in against if both.statements[each] not in left])


def _reversed(both: Both) -> frozenset[int]:
    """Statements that say a contrary without its word: "24 percent approve, 47 say the opposite"."""
    return frozenset(both.statements[at] for at, row in enumerate(both.rows) if tells_opposite(row))


def _by_kin(at: int, clause: Told, rows: Sequence[Told]) -> Iterator[Claim]:
    for word in clause.words:
        pole = is_contrary(word.text)
        kin = [
            (place, other)
            for place, row in enumerate(rows)
            for other in _kin(word, clause, row)
            if not (pole or is_contrary(other.text)) or (other.lemma == word.lemma and pole != is_contrary(other.text))
        ]
        same = [place for place, other in kin if other.sign == word.sign]
        contrary = {place for place, other in kin if other.sign != word.sign}
        yield from _claim(at, same, [each for each in contrary if _opposed(clause, rows[each], word.sign)])


def _opposed(clause: Told, row: Told, sign: int) -> bool:
    """Whether one of two clauses affirms a word and denies nothing else, and the other, which denies it, means it."""
    affirming, denying = (clause, row)[::sign]
    return affirming.affirming and not denying.supposing and not reworded(clause, row)


def _kin(word: Word, clause: Told, row: Told) -> list[Word]:
    """The words of another clause that are kin to one of the first; none across languages."""
    if not word.lemma or word.unsure or clause.language != row.language:
        return []
    return [other for other in row.words if other.lemma and not other.unsure and kindred(word.lemma, other.lemma)]


def by_likeness(both: Both, near: Vectors, embedder: Embedder) -> Iterator[Claim]:
    """Claims by denied words for which the other side has one that means the same, or nothing denied at all.

    ``near`` is what ``nearness`` gives. Raises ModelError.
    """
    for at, clause in enumerate(both.own):
        best = [place for place, each in enumerate(near[at]) if each >= near[at].max() - _NEXT]
        same: list[int] = []
        contrary: list[int] = []
        for place in best:
            row = both.rows[place]
            pairs = [
                *((word, clause, row) for word in _alone(clause, both.rows)),
                *((word, row, clause) for word in _alone(row, both.own)),
            ]
            for word, there, other in pairs:
                sign = _sign_of_likest(word, there, other, embedder)
                same += [place] if sign < 0 else []
                contrary += [place] if sign > 0 and other.affirming and not reworded(clause, row) else []
        yield from _claim(at, same, contrary)
        yield from _claim(at, (), [*_denied_bare(both, clause, near[at]), *_affirmed_bare(both, near[at])])


def _alone(clause: Told, others: Iterable[Told]) -> list[Word]:
    """The denied words of a clause that have no kin on the other side."""
    if clause.clouded or clause.supposing:
        return []
    return [
        word
        for word in clause.words
        if word.turns % 2
        and word.kind != "loose"
        and word.lemma
        and not is_contrary(word.text)
        and not any(_kin(word, clause, each) for each in others)
    ]


def _sign_of_likest(word: Word, clause: Told, other: Told, embedder: Embedder) -> int:
    """The sign of the word of another clause that means the same as one of the first; 0 for none."""
    words = [each for each in other.words if each.lemma and not each.text[0].isupper()]
    if not words:
        return 0
    vectors = embedder.embed_passages([word.text, *(each.text for each in words)])
    cosines = vectors[1:] @ vectors[0]
    return words[int(cosines.argmax())].sign if cosines.max() >= _least(clause.language, other.language) else 0


def _least(one: Language, other: Language) -> float:
    if one == other:
        return _SAME_WORD
    return _ACROSS_WORD if "en" in (one, other) else _KIN_WORD


def _denied_bare(both: Both, clause: Told, near: Vectors) -> list[int]:
    """The nearest clause if the sentence's denies its verb, while no statement about as near denies anything."""
    if clause.clouded or clause.supposing or not _denies_verb(clause):
        return []
    hits = {both.statements[place] for place in range(len(near)) if near[place] >= near.max() - _AROUND}
    rows = [row for row, statement in zip(both.rows, both.statements, strict=True) if statement in hits]
    return [int(near.argmax())] if all(row.affirming and not implies_denial(row) for row in rows) else []


def _affirmed_bare(both: Both, near: Vectors) -> list[int]:
    """The nearest clause if it denies its verb, while the sentence denies nothing and no other clause is as near."""
    place = int(near.argmax())
    row = both.rows[place]
    if row.clouded or row.supposing or not _denies_verb(row):
        return []
    here = both.statements[place]
    rest = [near[at] for at, each in enumerate(both.rows) if both.statements[at] != here and each.affirming]
    alone = max(rest, default=-1.0) < near[place] - _FOR_CLAUSES
    return [place] if alone and all(each.affirming and not implies_denial(each) for each in both.own) else []


def _denies_verb(clause: Told) -> bool:
    return any(word.kind == "verb" and word.sign < 0 and not is_contrary(word.text) for word in clause.words)


def _claim(at: int, same: Sequence[int], contrary: Sequence[int]) -> Iterator[Claim]:
    if contrary:
        yield Claim(at, tuple(same), tuple(contrary))
