"""How surely the best sentence answers the question, as one probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.evidence import Evidence
    from index.weights import Weights


def confidence(evidence: Sequence[Evidence], weights: Weights) -> float:
    """The probability, in [0, 1], that the question is answered by evidence whose best comes first; 0 without any.

    A logistic regression over the best sentence's features, learnt on answerable and unanswerable questions.
    """
    if not evidence:
        return 0.0
    best = evidence[0]
    learnt = weights.other_language if best.foreign else weights.same_language
    odds = (
        learnt.cosine * best.cosine
        + learnt.relevance * best.relevance
        + learnt.coverage * best.coverage
        + learnt.context * best.context
        + learnt.names * best.names
        + learnt.bias
    )
    return 1 / (1 + math.exp(-odds))
