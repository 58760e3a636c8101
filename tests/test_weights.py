"""The coefficients that come with the code: complete, finite, and of the signs that their meaning asks for."""

from __future__ import annotations

from dataclasses import astuple
from math import isfinite

from index.weights import load_weights


def test_coefficients_are_complete_and_finite() -> None:
    """Every field of every table is a number that can be counted with."""
    weights = load_weights()
    tables = (weights.retrieval, weights.sentence, weights.same_language, weights.other_language)
    numbers = [number for table in tables for number in astuple(table)]
    assert len(numbers) == 3 + 9 + 6 + 6
    assert all(isinstance(number, float) and isfinite(number) for number in numbers)


def test_what_speaks_for_a_passage_counts_for_it() -> None:
    """No kind of search lowers a passage; the best window is the unit that the others are told in."""
    retrieval = load_weights().retrieval
    assert min(astuple(retrieval)) >= 0
    assert retrieval.window == 1


def test_nearness_makes_surer() -> None:
    """A sentence nearer in meaning is likelier to answer, in its own language and in another."""
    weights = load_weights()
    assert min(weights.sentence.cosine, weights.same_language.cosine, weights.other_language.cosine) > 0


def test_words_count_nothing_across_languages() -> None:
    """A foreign sentence has no lexical features, and none was learnt."""
    foreign = load_weights().other_language
    assert (foreign.coverage, foreign.context) == (0, 0)
