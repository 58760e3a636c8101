"""Two small regressions: they find what data were drawn with, agree with arithmetic, and survive odd features."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.evaluate.newton import Choice, conditional_logit, logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TRUE = np.array([2.0, -1.0, 0.0])
SIZES = np.array([1.0, 10.0, 0.1])
"""Features of different sizes, which one ridge must treat alike."""


def _choices(seed: int, count: int = 800) -> list[Choice]:
    """Choices among six alternatives as McFadden's model makes them: by utility with Gumbel noise."""
    draw = np.random.default_rng(seed)
    made = []
    for features in draw.normal(size=(count, 6, 3)):
        utility = features @ TRUE + draw.gumbel(size=6)
        made.append(Choice(features * SIZES, utility == utility.max()))
    return made


def _rows(seed: int, count: int = 4000) -> tuple[Floats, NDArray[np.bool_]]:
    """Outcomes drawn with the true coefficients and the intercept 0.5."""
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(count, 3))
    return features * SIZES, draw.random(count) < 1 / (1 + np.exp(-(features @ TRUE + 0.5)))


def _pair(*, first: bool) -> Choice:
    """Two alternatives that one feature tells apart."""
    return Choice(np.array([[1.0], [0.0]]), np.array([first, not first]))


def test_choices_reveal_what_they_were_made_with() -> None:
    """The conditional logit recovers the coefficients within sampling error."""
    assert conditional_logit(_choices(1)) * SIZES == pytest.approx(TRUE, abs=0.2)


def test_outcomes_reveal_what_they_were_drawn_with() -> None:
    """The logistic regression recovers coefficients and intercept within sampling error."""
    features, right = _rows(2)
    learnt = logistic(features, right, np.ones(len(right)))
    assert learnt * np.append(SIZES, 1) == pytest.approx([*TRUE, 0.5], abs=0.2)


def test_the_same_data_give_the_same_coefficients() -> None:
    """To the last bit: nothing is drawn at random."""
    features, right = _rows(3)
    assert (conditional_logit(_choices(3, 50)) == conditional_logit(_choices(3, 50))).all()
    twice = [logistic(features, right, np.ones(len(right))) for _ in range(2)]
    assert (twice[0] == twice[1]).all()


def test_logistic_agrees_with_arithmetic() -> None:
    """Three of four right where the feature is 1, one of four where it is -1: log-odds of 3 and of 1/3."""
    features = np.repeat([[1.0], [-1.0]], 4, axis=0)
    right = np.array([True, True, True, False, True, False, False, False])
    assert logistic(features, right, np.full(8, 1e6)) == pytest.approx([log(3), 0], abs=1e-5)


def test_logistic_weights_count_as_repetitions() -> None:
    """A row that weighs 3 counts as three rows; the ridge leaves the intercept alone, so it is ln 3."""
    learnt = logistic(np.zeros((2, 1)), np.array([True, False]), np.array([3.0, 1.0]))
    assert learnt == pytest.approx([0, log(3)])


def test_conditional_logit_agrees_with_arithmetic() -> None:
    """Chosen three times of four: the odds are 3 to 1."""
    choices = [_pair(first=number % 4 > 0) for number in range(400)]
    assert conditional_logit(choices) == pytest.approx([log(3)], abs=0.01)


def test_choices_without_a_right_one_say_nothing() -> None:
    """Neither do those in which all are right."""
    telling = _choices(4, 30)
    silent = [Choice(each.features, np.full(6, value)) for each, value in zip(telling, (True, False), strict=False)]
    assert (conditional_logit([*telling, *silent]) == conditional_logit(telling)).all()


def test_several_right_ones_share_their_choice() -> None:
    """Two right ones on either side of a wrong one pull in no direction."""
    choice = Choice(np.array([[3.0], [1.0], [-1.0]]), np.array([True, False, True]))
    assert conditional_logit([choice]) == pytest.approx([0])


def test_constant_features_count_nothing() -> None:
    """A feature that is the same throughout gets no coefficient and changes no other."""
    features, right = _rows(5, 400)
    plain = logistic(features, right, np.ones(400))
    padded = logistic(np.column_stack([features, np.full(400, 7.0)]), right, np.ones(400))
    assert padded[3] == pytest.approx(0, abs=1e-6)
    assert np.delete(padded, 3) == pytest.approx(plain, abs=1e-5)


def test_features_that_say_the_same_share_their_coefficient() -> None:
    """Twins get half each; the ridge decides what the data cannot."""
    twins = [Choice(each.features[:, [0, 0]], each.right) for each in _choices(6)]
    one, other = conditional_logit(twins)
    single = conditional_logit([Choice(each.features[:, [0]], each.right) for each in _choices(6)])
    assert one == pytest.approx(other)
    assert one + other == pytest.approx(single[0], rel=0.01)


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 30), st.sampled_from([1e-3, 1.0, 1e3]), st.sampled_from([0.0, 0.5, 1e3]))
def test_any_data_give_finite_coefficients(seed: int, count: int, size: float, noise: float) -> None:
    """Few rows, feature sizes far apart and outcomes that one feature settles: the ridge holds."""
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(count, 3)) * [1.0, size, 0.0]
    right = features[:, 1] / size + noise * draw.normal(size=count) > 0
    right[:2] = True, False
    assert np.isfinite(logistic(features, right, np.full(count, 1000 / count))).all()
    assert np.isfinite(conditional_logit([Choice(features, right)])).all()
