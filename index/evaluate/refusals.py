"""How well questions without an answer are told from those with one, and what the confidence is worth.

Refusing is the positive class. The calibration error is that of Naeini, Cooper, Hauskrecht, "Obtaining Well Calibrated
Probabilities Using Bayesian Binning", AAAI 2015: over ten bins of equal width, the mean distance between confidence and
the share of questions that are right. Here a question is right where it is answerable: it is what the confidence
decides on, while whether the best sentence holds the answer is told by the answer figures. Answerable and unanswerable
questions weigh half each, for how many of each a folder has says nothing about what people ask.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from index.evaluate.bootstrap import interval, share
from index.evaluate.figures import CurvePoint, OperatingPoint, RefusalFigures, ReliabilityBin

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.evaluate.answers import Outcome
    from index.evaluate.bootstrap import Draw

    Floats = NDArray[np.float64]

_BINS = 10
_CURVE_POINTS = 101


def refusal_figures(
    lang: str, answerable: Sequence[Outcome], unanswerable: Sequence[Outcome], threshold: float
) -> RefusalFigures | None:
    """The figures of the questions in one language; None where either kind is missing.

    Args:
        lang: The language, or ALL.
        answerable: What became of questions that have an answer in their own language.
        unanswerable: What became of those that have none.
        threshold: The confidence below which the settings refuse.
    """
    if not answerable or not unanswerable:
        return None
    import numpy as np

    everyone = [*answerable, *unanswerable]
    right = np.arange(len(everyone)) < len(answerable)
    confidence = np.array([each.confidence for each in everyone])
    refused = np.array([each.refused for each in everyone])
    return RefusalFigures(
        lang=lang,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        configured=_operating_point(threshold, refused, right),
        within_5=_within(0.05, confidence, right),
        within_15=_within(0.15, confidence, right),
        curve=_curve(confidence, right),
        calibration_error=interval(len(everyone), lambda drawn: _calibration_error(confidence, right, drawn)),
        bins=_bins(confidence, right),
    )


def _operating_point(threshold: float, refused: NDArray[np.bool_], right: NDArray[np.bool_]) -> OperatingPoint:
    return OperatingPoint(
        threshold=threshold,
        recall=share(refused & ~right, ~right),
        precision=share(refused & ~right, refused),
        false_refusals=share(refused & right, right),
    )


def _within(budget: float, confidence: Floats, right: NDArray[np.bool_]) -> OperatingPoint:
    """The highest threshold that refuses no more than this share of the answerable questions."""
    confident = sorted(confidence[right].tolist())
    threshold = confident[min(int(budget * len(confident)), len(confident) - 1)]
    return _operating_point(threshold, confidence < threshold, right)


def _curve(confidence: Floats, right: NDArray[np.bool_]) -> tuple[CurvePoint, ...]:
    """Points from refusing nobody to refusing everybody, with about as many questions between each two."""
    import numpy as np

    steps = np.unique(np.quantile(confidence, np.linspace(0, 1, _CURVE_POINTS - 1), method="higher"))
    thresholds = [*steps.tolist(), math.nextafter(float(confidence.max()), math.inf)]
    return tuple(
        CurvePoint(
            threshold, float((confidence[right] < threshold).mean()), float((confidence[~right] < threshold).mean())
        )
        for threshold in thresholds
    )


def _weights(right: NDArray[np.bool_]) -> Floats:
    """What each question weighs: the answerable half together, the unanswerable half; all 1 together."""
    import numpy as np

    weights: Floats = np.where(right, 0.5 / max(right.sum(), 1), 0.5 / max((~right).sum(), 1))
    return weights


def _binned(confidence: Floats, right: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """By bin, each of shape (10,): the weight, the weighted sum of confidence, the weighted sum of what is right."""
    import numpy as np

    places, weights = np.minimum((confidence * _BINS).astype(int), _BINS - 1), _weights(right)

    def _summed(column: Floats) -> Floats:
        return np.bincount(places, column, minlength=_BINS).astype(np.float64)

    return _summed(weights), _summed(weights * confidence), _summed(weights * right)


def _calibration_error(confidence: Floats, right: NDArray[np.bool_], drawn: Draw) -> float:
    """NaN where the draw has questions of one kind only."""
    if right[drawn].all() or not right[drawn].any():
        return math.nan
    _, confident, correct = _binned(confidence[drawn], right[drawn])
    return float(abs(confident - correct).sum())


def _bins(confidence: Floats, right: NDArray[np.bool_]) -> tuple[ReliabilityBin, ...]:
    import numpy as np

    weight, confident, correct = _binned(confidence, right)
    counts = np.bincount(np.minimum((confidence * _BINS).astype(int), _BINS - 1), minlength=_BINS)
    filled = np.where(weight > 0, weight, 1.0)
    rows = zip(counts.tolist(), (confident / filled).tolist(), (correct / filled).tolist(), strict=True)
    return tuple(ReliabilityBin(n / _BINS, (n + 1) / _BINS, *row) for n, row in enumerate(rows))
