"""Two small regressions, fitted by Newton's method with a ridge: exact, and the same on every run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_RIDGE = 0.3
_STEPS, _CLOSE = 60, 1e-8


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, shape (alternatives, features), and which of them are right."""

    features: Floats
    right: NDArray[np.bool_]


def conditional_logit(choices: Sequence[Choice]) -> Floats:
    """Coefficients, shape (features,), under which the right alternatives are likeliest to be chosen.

    Several right ones of a choice share its weight; a choice with none says nothing. Source: D. McFadden, "Conditional
    Logit Analysis of Qualitative Choice Behavior", 1974.
    """
    import numpy as np

    telling = [each for each in choices if each.right.any() and not each.right.all()]
    scale = _spread(np.concatenate([each.features for each in telling]))
    rows = [(each.features / scale, each.right / each.right.sum()) for each in telling]
    learnt = np.zeros(len(scale))
    for _ in range(_STEPS):
        slope, curve = -_RIDGE * learnt, _RIDGE * np.eye(len(scale))
        for features, wanted in rows:
            odds = features @ learnt
            likely = np.exp(odds - odds.max())
            likely /= likely.sum()
            mean = features.T @ likely
            slope += features.T @ wanted - mean
            curve += (features * likely[:, None]).T @ features - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        learnt += step
        if np.abs(step).max() < _CLOSE:
            break
    return np.asarray(learnt / scale, np.float64)


def logistic(features: Floats, right: NDArray[np.bool_], weights: Floats) -> Floats:
    """Coefficients of a weighted logistic regression, shape (features + 1,); the last is the intercept."""
    import numpy as np

    scale = _spread(features)
    rows = np.column_stack([features / scale, np.ones(len(features))])
    ridge = np.diag([*np.full(len(scale), _RIDGE), 1e-9])
    learnt = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ learnt))
        slope = rows.T @ (weights * (right - likely)) - ridge @ learnt
        curve = (rows * (weights * likely * (1 - likely))[:, None]).T @ rows + ridge
        step = np.linalg.solve(curve, slope)
        learnt += step
        if np.abs(step).max() < _CLOSE:
            break
    return np.append(learnt[:-1] / scale, learnt[-1])


def _spread(features: Floats) -> Floats:
    """The standard deviation of each feature, 1 where it is the same throughout: one ridge for all of them."""
    import numpy as np

    spread = features.std(axis=0)
    return np.where(spread > 0, spread, 1.0)
