"""Refusals: shares at a threshold, the trade-off, and what the confidence is worth."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.evaluate.answers import Outcome
from index.evaluate.refusals import refusal_figures

if TYPE_CHECKING:
    from index.evaluate.figures import RefusalFigures

CONFIDENCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def _outcomes(confidences: list[float], threshold: float = 0.5) -> list[Outcome]:
    return [
        Outcome(refused=each < threshold, confidence=each, place=None, own_language=True, citations=0, exact=0)
        for each in confidences
    ]


def _figures(answerable: list[float], unanswerable: list[float]) -> RefusalFigures:
    found = refusal_figures("en", _outcomes(answerable), _outcomes(unanswerable), 0.5)
    assert found is not None
    return found


def test_shares_as_configured() -> None:
    """Of four unanswerable questions three are refused, of five answerable ones one."""
    found = _figures([0.9, 0.8, 0.7, 0.6, 0.4], [0.1, 0.2, 0.3, 0.9])
    point = found.configured
    assert (found.answerable, found.unanswerable, point.threshold) == (5, 4, 0.5)
    assert (point.recall.value, point.precision.value, point.false_refusals.value) == (0.75, 0.75, 0.2)


def test_configured_refusals_are_those_that_happened() -> None:
    """A question refused for another reason than its confidence is refused all the same."""
    no_hits = [Outcome(refused=True, confidence=0.9, place=None, own_language=True, citations=0, exact=0)]
    found = refusal_figures("en", _outcomes([0.9]), no_hits, 0.5)
    assert found
    assert found.configured.recall.value == 1


def test_budgets_of_false_refusals() -> None:
    """Of twenty answerable questions, 5 % allow to refuse the least sure one, 15 % the least sure three."""
    found = _figures([number / 20 for number in range(20)], [0.01, 0.06, 0.12, 0.5])
    assert (found.within_5.threshold, found.within_5.false_refusals.value, found.within_5.recall.value) == (
        0.05,
        0.05,
        0.25,
    )
    assert (found.within_15.threshold, found.within_15.false_refusals.value, found.within_15.recall.value) == (
        0.15,
        0.15,
        0.75,
    )


def test_one_kind_alone_has_no_figures() -> None:
    """Without unanswerable questions, or answerable ones, there is nothing to tell apart."""
    assert refusal_figures("en", _outcomes([0.5]), [], 0.5) is None
    assert refusal_figures("en", [], _outcomes([0.5]), 0.5) is None


def test_calibration_error_worked_out_by_hand() -> None:
    """Both kinds weigh half: 0.5 at 0.95 all answerable, 0.25 at 0.15 and 0.25 at 0.85 never."""
    found = _figures([0.95, 0.95, 0.95], [0.15, 0.85])
    assert found.calibration_error.value == pytest.approx(0.5 * 0.05 + 0.25 * 0.15 + 0.25 * 0.85)
    filled = {round(each.low, 1): each for each in found.bins if each.questions}
    assert {low: (each.questions, each.answerable) for low, each in filled.items()} == {
        0.1: (1, 0),
        0.8: (1, 0),
        0.9: (3, 1),
    }
    assert filled[0.9].confidence == pytest.approx(0.95)


def test_sure_and_right_is_no_error() -> None:
    """1 for every answerable question and 0 for every other is perfectly calibrated, however many of each."""
    assert _figures([1.0] * 9, [0.0]).calibration_error.value == 0


@settings(max_examples=25, deadline=None)
@given(answerable=CONFIDENCES, unanswerable=CONFIDENCES)
def test_what_holds_for_any_confidences(answerable: list[float], unanswerable: list[float]) -> None:
    """The curve rises from refusing nobody to refusing everybody; budgets are kept; bins hold all questions."""
    found = _figures(answerable, unanswerable)
    first, *_, last = found.curve
    assert (first.false_refusals, first.recall, last.false_refusals, last.recall) == (0, 0, 1, 1)
    for before, after in pairwise(found.curve):
        assert before.threshold < after.threshold
        assert (before.false_refusals, before.recall) <= (after.false_refusals, after.recall)
    assert found.within_5.false_refusals.value <= 0.05
    assert found.within_15.false_refusals.value <= 0.15
    assert sum(each.questions for each in found.bins) == len(answerable) + len(unanswerable)
    assert 0 <= found.calibration_error.value <= 1
