"""The learnt coefficients of retrieval, of sentence choice and of confidence, kept as data in weights.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class RetrievalWeights:
    """What a passage's score adds up: cosine of its best window, cosine of the whole, share of the possible BM25."""

    window: float
    passage: float
    lexical: float


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """What a sentence's score adds up, in log-odds of being the one that answers; see ``evidence.Evidence``."""

    cosine: float
    window: float
    level: float
    coverage: float
    context: float
    stems: float
    number: float
    person: float
    foreign: float


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """A logistic regression over the best sentence's features, in log-odds of the question being answered."""

    cosine: float
    relevance: float
    coverage: float
    context: float
    names: float
    bias: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All of them; a sentence in another language than the question's has no lexical features, hence its own table."""

    retrieval: RetrievalWeights
    sentence: SentenceWeights
    same_language: ConfidenceWeights
    other_language: ConfidenceWeights


@cache
def load_weights() -> Weights:
    """The coefficients that come with the code."""
    tables = tomllib.loads(resources.files("index").joinpath("weights.toml").read_text("utf-8"))
    confidence = tables["confidence"]
    return Weights(
        RetrievalWeights(**tables["retrieval"]),
        SentenceWeights(**tables["sentence"]),
        ConfidenceWeights(**confidence["same"]),
        ConfidenceWeights(**confidence["foreign"]),
    )
