"""Which words of the cited passages a written sentence comes nearest to, by the vectors of the multilingual encoder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from index.answer.asked import stems
from index.answer.checking.cited import clauses
from index.answer.checking.words import straight, table, whole
from index.answer.facts import facts_of
from index.language import lemmas

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Cited, Statement
    from index.ports import Embedder, Vectors
    from index.types import Language

_RIVAL = 0.06
_FEWEST_WORDS = 4  # of a clause that a vector tells enough of
_PART, _SOURCE_PART, _STEP = 5, 8, 4
"""Words of the parts that a sentence and its source are compared by, and from one part's beginning to the next's."""
_SHORT = 8  # words
_STRANGE, _FEWEST_SHARED = 0.55, 0.45
"""Cosine and share of words below which a short sentence is none of its source's: none of 914 true ones of invented and
real articles has both, all nine such additions have."""
_FACT_WORDS = 3
"""Words that a figure or a date takes up, with what is counted and the prepositions."""


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
    """How near a sentence comes to its source, and for each of its clauses the source's nearest clause and sentence.

    ``least`` is the mean cosine of the two parts of the sentence that are least like anything in the source.
    """

    cosine: float
    least: float
    statement: Statement
    pairs: tuple[Pair, ...]


def is_addition(sentence: str, language: Language, cited: Sequence[Cited], found: Nearest) -> bool:
    """Whether a sentence, or a part of it, says what its source does not speak of; ``found`` is the source's nearest.

    A logistic regression; its weights and what they were fitted on are in meaning.toml.
    """
    if _is_strange(sentence, language, cited, found):
        return True
    weights = table("meaning")["weights"]
    words, facts = len(sentence.split()), facts_of(sentence, language)
    causes = _causes().search(straight(sentence)) and not any(_causes().search(straight(each.text)) for each in cited)
    seen = {
        "bias": 1.0,
        _relation(language, found.statement.language): 1.0,
        "cosine": found.cosine,
        "least": found.least,
        "cause": float(bool(causes)),
        "facts": min(1.0, _FACT_WORDS * (len(facts.numbers) + len(facts.dates)) / max(words, 1)),
        "short": max(0, _SHORT - words) / _SHORT,
    }
    return bool(sum(weights.get(name, 0.0) * value for name, value in seen.items()) >= 0)


def _is_strange(sentence: str, language: Language, cited: Sequence[Cited], found: Nearest) -> bool:
    """Whether a short sentence without figures has few of its source's words, in whose language it is, and is far off.

    The regression forgives the short ones their distance, for the sake of those that hold a fact.
    """
    facts = facts_of(sentence, language)
    alike = found.statement.language == language and found.cosine < _STRANGE
    if not alike or facts.numbers or facts.dates or len(sentence.split()) >= _SHORT:
        return False
    own = set(lemmas(sentence, language))
    known = {word for each in cited for word in lemmas(each.text, each.article.language)}
    kindred = stems(known)
    return sum(word in known or bool(stems({word}) & kindred) for word in own) < _FEWEST_SHARED * len(own)


def nearest(sentence: str, cited: Sequence[Cited], told: Sequence[Statement], embedder: Embedder) -> Nearest:
    """The source's words nearest to a sentence. ``told`` are the statements of the passages, not empty.

    One call of the embedder: the sentence, its clauses and parts, the source's sentences, clauses, neighbours, parts,
    and whole passages.
    """
    own = (sentence, *(each for each in clauses(sentence, _FEWEST_WORDS) if each != sentence))
    parts = tuple(_parts(sentence, _PART))
    rows = [(clause, each) for each in told for clause in each.clauses]
    wholes = [*(clause for clause, _ in rows), *(each.text for each in told), *_wider(cited, told)]
    texts = [*own, *parts, *wholes, *(part for each in told for part in _parts(each.text, _SOURCE_PART))]
    vectors = embedder.embed_passages(texts)
    ours = len(own) + len(parts)
    cosines = vectors[:ours] @ vectors[ours:].T
    sentences = cosines[0, len(rows) : len(rows) + len(told)]
    pieces = range(1, len(own)) if len(own) > 1 else range(1)
    pairs = tuple(_pair(own[at], cosines[at, : len(rows)], rows) for at in pieces)
    least = sorted(cosines[len(own) :].max(axis=1))[:2]
    cosine = float(cosines[0, : len(wholes)].max())
    return Nearest(cosine, float(sum(least)) / len(least), told[_first(sentences)], pairs)


def _wider(cited: Sequence[Cited], told: Sequence[Statement]) -> Iterator[str]:
    """Neighbouring sentences together, and passages whole."""
    yield from (f"{one.text} {other.text}" for one, other in pairwise(told))
    yield from (each.text for each in cited)


def _parts(text: str, length: int) -> Iterator[str]:
    """Runs of so many words that overlap, the last at the text's end."""
    words = text.split()
    last = max(len(words) - length, 0)
    for start in sorted({*range(0, last, _STEP), last}):
        yield " ".join(words[start : start + length])


def _relation(one: Language, other: Language) -> str:
    """Names the weight for a pair of languages; that for two texts in one language is 0."""
    return "same" if one == other else "far" if "en" in (one, other) else "kin"


def _pair(clause: str, cosines: Vectors, rows: Sequence[tuple[str, Statement]]) -> Pair:
    best = _first(cosines)
    near = [place for place, cosine in enumerate(cosines) if cosine > cosines[best] - _RIVAL and place != best]
    return Pair(clause, *rows[best], float(cosines[best]), tuple(rows[place][0] for place in near))


def _first(row: Vectors) -> int:
    return int(row.argmax())


@cache
def _causes() -> re.Pattern[str]:
    return whole(table("meaning")["cause"]["words"])
