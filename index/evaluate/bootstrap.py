"""Intervals for figures: the percentile bootstrap over questions.

Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. The questions of a set are drawn with
replacement; where several were written about one document, the intervals are somewhat too narrow.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from index.evaluate.figures import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Draw = NDArray[np.int64]
    """Shape (questions,): the places of the questions drawn."""

_RESAMPLES = 1000
_SEED = 1993
"""Fixed, so that one set of outcomes always has one interval."""


def interval(questions: int, statistic: Callable[[Draw], float]) -> Interval:
    """The statistic over all questions, with its 95 % interval; draws for which it is NaN are left out."""
    import numpy as np

    if not questions or math.isnan(value := statistic(np.arange(questions))):
        return Interval(0.0, 0.0, 0.0)
    generator = np.random.default_rng(_SEED)
    drawn = [statistic(generator.integers(questions, size=questions)) for _ in range(_RESAMPLES)]
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return Interval(value, float(low), float(high))


def share(parts: ArrayLike, wholes: ArrayLike | None = None) -> Interval:
    """The sum of the parts over the sum of the wholes, a part and a whole a question; without wholes, the mean."""
    import numpy as np

    part = np.asarray(parts, dtype=np.float64)
    whole = np.ones_like(part) if wholes is None else np.asarray(wholes, dtype=np.float64)

    def _ratio(drawn: Draw) -> float:
        total = float(whole[drawn].sum())
        return float(part[drawn].sum()) / total if total else math.nan

    return interval(len(part), _ratio)
