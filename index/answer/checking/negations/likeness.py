"""What the source says of a denied word of a sentence for which it has another one, or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.answer.checking.negations.claims import FOR_CLAUSES, claim, kin
from index.answer.checking.negations.contraries import implies_denial, is_contrary, reworded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.answer.checking.negations.claims import Both, Claim
    from index.answer.checking.negations.negating import Told, Word
    from index.ports import Embedder, Vectors
    from index.types import Language

_NEXT = 0.04
"""How much further than the nearest clause of the source others may be that are looked at as well."""
_SAME_WORD, _KIN_WORD, _ACROSS_WORD = 0.78, 0.74, 0.55
"""Cosines from which on single words mean the same: within a language, between Russian and Ukrainian, with English.
With the default model "joined" and "приєдналися" have 0.63, no other word of that sentence above 0.51."""
_AROUND = 0.15
"""How much further than the nearest clause others may be that show how the source puts the matter."""


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
        yield from claim(at, same, contrary)
        yield from claim(at, (), [*_denied_bare(both, clause, near[at]), *_affirmed_bare(both, near[at])])


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
        and not any(kin(word, clause, each) for each in others)
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
    alone = max(rest, default=-1.0) < near[place] - FOR_CLAUSES
    return [place] if alone and all(each.affirming and not implies_denial(each) for each in both.own) else []


def _denies_verb(clause: Told) -> bool:
    return any(word.kind == "verb" and word.sign < 0 and not is_contrary(word.text) for word in clause.words)
