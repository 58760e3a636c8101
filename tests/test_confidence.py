"""How sure the best evidence makes us: a probability that grows with each thing that speaks for the answer."""

from __future__ import annotations

from dataclasses import fields, replace
from math import e
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.confidence import confidence
from index.answer.evidence import Evidence
from index.types import Passage, Span
from index.weights import ConfidenceWeights, load_weights
from tests.samples import SHIP

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from index.weights import Weights

SHARE: SearchStrategy[float] = st.floats(0, 1)
NONE = ConfidenceWeights(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
LEAD = Passage("ship-0", SHIP.id, 0, 11, "en", SHIP.text[:11])
PLAIN = Evidence(SHIP, Span(0, 11), LEAD, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, foreign=False)


def _evidence(**features: float) -> Evidence:
    return replace(PLAIN, **features)  # type: ignore[arg-type] # names of float fields


def _weights(same: ConfidenceWeights, foreign: ConfidenceWeights = NONE) -> Weights:
    return replace(load_weights(), same_language=same, other_language=foreign)


def test_without_evidence_there_is_no_confidence() -> None:
    """Nothing found is surely no answer."""
    assert confidence([], load_weights()) == 0


def test_odds_become_a_probability() -> None:
    """By hand: log-odds of 2 x 0.75 - 0.5 = 1 make e / (1 + e)."""
    weights = _weights(replace(NONE, cosine=2.0, bias=-0.5))
    assert confidence([_evidence(cosine=0.75)], weights) == pytest.approx(e / (1 + e))


@pytest.mark.parametrize("feature", [each.name for each in fields(ConfidenceWeights) if each.name != "bias"])
def test_each_feature_counts(feature: str) -> None:
    """A coefficient meets the feature of its own name."""
    weights = _weights(replace(NONE, **{feature: 3.0}))
    assert confidence([_evidence(**{feature: 1.0})], weights) == pytest.approx(1 / (1 + e**-3))


def test_only_the_best_counts() -> None:
    """What comes after the best sentence changes nothing."""
    best, worse = _evidence(cosine=0.8), _evidence(cosine=0.99)
    assert confidence([best, worse], load_weights()) == confidence([best], load_weights())


def test_another_language_has_its_own_table() -> None:
    """A foreign sentence shares no words with the question and is judged without them."""
    weights = _weights(replace(NONE, bias=-5.0), replace(NONE, bias=5.0))
    found = [confidence([replace(PLAIN, foreign=foreign)], weights) for foreign in (False, True)]
    assert found == pytest.approx([0, 1], abs=0.01)


@given(st.builds(_evidence, cosine=st.floats(-1, 1), coverage=SHARE, context=SHARE, names=SHARE))
def test_confidence_is_a_probability_that_grows_with_nearness(evidence: Evidence) -> None:
    """With the learnt coefficients it lies in [0, 1], and a nearer sentence makes it no smaller."""
    for far in (evidence, replace(evidence, foreign=True)):
        nearer = replace(far, cosine=far.cosine + 0.1)
        assert 0 <= confidence([far], load_weights()) <= confidence([nearer], load_weights()) <= 1
