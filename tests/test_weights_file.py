"""Learnt coefficients as a file: valid TOML that reads back to the same numbers, with where they come from."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from index.evaluate.weights_file import Provenance, weights_file
from index.weights import ConfidenceWeights, RetrievalWeights, SentenceWeights, Weights, load_weights

PROVENANCE = Provenance("citewire eval 'my folder' --fit weights.toml", "stories", 11, "words-256", "0.1.0")
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
TABLES = st.builds(
    Weights,
    *(
        st.builds(table, *[NUMBER] * len(table.__slots__))
        for table in (RetrievalWeights, SentenceWeights, ConfidenceWeights, ConfidenceWeights)
    ),
)


def _read(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


@given(TABLES)
def test_what_is_written_is_read_back(weights: Weights) -> None:
    """Every table and every number, to the last bit, under the names that the loader asks for."""
    tables = _read(weights_file(weights, PROVENANCE))
    assert RetrievalWeights(**tables["retrieval"]) == weights.retrieval
    assert SentenceWeights(**tables["sentence"]) == weights.sentence
    assert ConfidenceWeights(**tables["confidence"]["same"]) == weights.same_language
    assert ConfidenceWeights(**tables["confidence"]["foreign"]) == weights.other_language


def test_the_file_has_no_other_tables() -> None:
    """Nothing is written that nobody reads."""
    tables = _read(weights_file(load_weights(), PROVENANCE))
    assert list(tables) == ["retrieval", "sentence", "confidence"]
    assert list(tables["confidence"]) == ["same", "foreign"]


def test_the_head_says_how_the_numbers_came_about() -> None:
    """Command, collection, questions, model and version stand in comments at the top."""
    head = weights_file(load_weights(), PROVENANCE).partition("[retrieval]")[0]
    assert all(line.startswith("#") for line in head.splitlines() if line)
    assert all(str(value) in head for value in asdict(PROVENANCE).values())
