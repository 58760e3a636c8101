"""Which words of the cited passages a written sentence comes nearest to, by the vectors of the multilingual encoder."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index.answer.asked import stems
from index.answer.checking.cited import clauses
from index.language import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Cited, Statement
    from index.ports import Embedder, Vectors
    from index.types import Language

_RIVAL = 0.06
_FEWEST_WORDS = 4  # of a clause that a vector tells enough of
_SAME, _OTHER = 0.46, 0.38
"""With the default model, language taken out: of the 266 true sentences of tests/written_answers.toml none lies below,
of the 38 additions that their sources do not speak of 0.8 do. Other models need others."""
_STRANGE = 0.55
"""Asked of a sentence in the source's language of whose words fewer than half are the source's: of 190 true ones five
have both, of 25 additions all."""
_FEWEST_SHARED = 0.5
_FACTS_SHARED = 0.20
"""How much less will do where the sentence has a number or a date, which the source has as well: short sentences with
little else are far from any other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of a written sentence and the source's clause nearest to it, which stands in ``statement``.

    ``rivals`` are the source's clauses that are almost as near.
    """

    clause: str
    source: str
    statement: Statement
    cosine: float
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near a sentence comes to its source, and for each of its clauses the source's nearest clause and sentence."""

    cosine: float
    statement: Statement
    pairs: tuple[Pair, ...]


def least_cosine(one: Language, other: Language, *, factual: bool, strange: bool) -> float:
    """The cosine below which a written sentence is not what its source says.

    ``factual`` if it is mostly a fact, ``strange`` if few of its words are the source's.
    """
    if factual:
        return (_SAME if one == other else _OTHER) - _FACTS_SHARED
    if one != other:
        return _OTHER
    return _STRANGE if strange else _SAME


def is_strange(sentence: str, language: Language, cited: Sequence[Cited]) -> bool:
    """Whether fewer than half of a sentence's words, or kindred ones, stand in the passages."""
    own = set(lemmas(sentence, language))
    known = {word for each in cited for word in lemmas(each.text, each.article.language)}
    kindred = stems(known)
    shared = sum(word in known or bool(stems({word}) & kindred) for word in own)
    return shared < _FEWEST_SHARED * len(own)


def nearest(sentence: str, cited: Sequence[Cited], told: Sequence[Statement], embedder: Embedder) -> Nearest:
    """The source's words nearest to a sentence. ``told`` are the statements of the passages, not empty.

    One call of the embedder: the sentence and its clauses, the source's sentences, clauses, neighbours, whole passages.
    """
    own = (sentence, *(each for each in clauses(sentence, _FEWEST_WORDS) if each != sentence))
    rows = [(clause, each) for each in told for clause in each.clauses]
    wider = [f"{one.text} {other.text}" for one, other in pairwise(told)]
    vectors = embedder.embed_passages(
        [*own, *(clause for clause, _ in rows), *(each.text for each in told), *wider, *(each.text for each in cited)]
    )
    cosines = vectors[: len(own)] @ vectors[len(own) :].T
    within = cosines[:, : len(rows)]
    sentences = cosines[0, len(rows) : len(rows) + len(told)]
    pieces = range(1, len(own)) if len(own) > 1 else range(1)
    pairs = tuple(_pair(own[at], within[at], rows) for at in pieces)
    return Nearest(float(cosines[0].max()), told[_first(sentences)], pairs)


def _pair(clause: str, cosines: Vectors, rows: Sequence[tuple[str, Statement]]) -> Pair:
    best = _first(cosines)
    near = [place for place, cosine in enumerate(cosines) if cosine > cosines[best] - _RIVAL and place != best]
    return Pair(clause, *rows[best], float(cosines[best]), tuple(rows[place][0] for place in near))


def _first(row: Vectors) -> int:
    return int(row.argmax())
