"""Bootstrap intervals: where they lie, what they are of, and that they repeat."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.evaluate.bootstrap import interval, share
from index.evaluate.figures import Interval


def test_a_share_of_many_has_the_textbook_interval() -> None:
    """400 successes in 1,000: about 0.4 ± 1.96 standard errors of a binomial share."""
    found = share([1] * 400 + [0] * 600)
    error = 1.96 * math.sqrt(0.4 * 0.6 / 1000)
    assert found.value == 0.4
    assert found.low == pytest.approx(0.4 - error, abs=0.004)
    assert found.high == pytest.approx(0.4 + error, abs=0.004)


def test_a_share_of_wholes() -> None:
    """One exact quote of two, three of three: four fifths."""
    assert share([1, 3], [2, 3]).value == 0.8


def test_nothing_to_share_is_zero() -> None:
    """No questions, or only ones without a whole, give 0.0 and no warning."""
    assert share([]) == share([0, 0], [0, 0]) == Interval(0.0, 0.0, 0.0)


def test_draws_without_a_whole_are_left_out() -> None:
    """A share of the one question that counts is certain, whatever draws miss it."""
    assert share([1, 0, 0], [1, 0, 0]) == Interval(1.0, 1.0, 1.0)


def test_the_same_outcomes_have_the_same_interval() -> None:
    """Two runs give equal reports."""
    assert share([1, 0, 0, 1]) == share([1, 0, 0, 1])


def test_any_statistic_can_be_drawn() -> None:
    """The statistic gets the places drawn, with repetition."""
    values = np.array([1.0, 2.0, 9.0])
    found = interval(3, lambda drawn: float(np.median(values[drawn])))
    assert (found.value, found.low, found.high) == (2.0, 1.0, 9.0)


@settings(max_examples=20)
@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_an_interval_holds_its_value(outcomes: list[bool]) -> None:
    """Low, value, high, within [0, 1]."""
    found = share(outcomes)
    assert 0 <= found.low <= found.value <= found.high <= 1
