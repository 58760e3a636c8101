"""Whether a written sentence adds to its source, by how near the encoder's vectors say that it comes to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from index.answer.asked import stems
from index.answer.checking.words import straight, table, whole
from index.answer.facts import facts_of
from index.language import lemmas

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Cited, Statement
    from index.ports import Embedder
    from index.types import Language

_PART, _SOURCE_PART, _STEP = 5, 8, 4
"""Words of the parts that a sentence and its source are compared by, and from one part's beginning to the next's."""
_SHORT = 8  # words
_STRANGE, _FEWEST_SHARED = 0.55, 0.45
"""Cosine and share of words below which a short sentence is none of its source's: none of 914 true ones of invented and
real articles has both, all nine such additions have."""
_FACT_WORDS = 3
"""Words that a figure or a date takes up, with what is counted and the prepositions."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near a sentence comes to its source, and the source's sentence nearest to it.

    ``least`` is the mean cosine of the two parts of the sentence that are least like anything in the source.
    """

    cosine: float
    least: float
    statement: Statement


def is_addition(sentence: str, language: Language, cited: Sequence[Cited], found: Nearest) -> bool:
    """Whether a sentence, or a part of it, says what its source does not speak of; ``found`` is the source's nearest.

    A logistic regression; its weights and what they were fitted on are in lists/meaning.toml.
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

    One call of the embedder: the sentence and its parts, the source's sentences, clauses, neighbours and whole
    passages, and its parts. Raises ModelError.
    """
    own = (sentence, *_parts(sentence, _PART))
    clauses = (clause for each in told for clause in each.clauses)
    wholes = [*(each.text for each in told), *clauses, *_wider(cited, told)]
    vectors = embedder.embed_passages(
        [*own, *wholes, *(part for each in told for part in _parts(each.text, _SOURCE_PART))]
    )
    cosines = vectors[: len(own)] @ vectors[len(own) :].T
    best = int(cosines[0, : len(told)].argmax())
    least = sorted(cosines[1:].max(axis=1))[:2]
    return Nearest(float(cosines[0, : len(wholes)].max()), float(sum(least)) / len(least), told[best])


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


@cache
def _causes() -> re.Pattern[str]:
    return whole(table("meaning")["cause"]["words"])
