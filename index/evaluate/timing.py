"""How long a question takes, measured with nothing remembered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from index.evaluate.figures import Seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    Item = TypeVar("Item")


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many of the items, evenly spaced: the same ones every time, and from all over."""
    if len(items) <= most:
        return list(items)
    return [items[place * len(items) // most] for place in range(most)]


def durations(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Seconds that each call takes; the first is made once before, so that what loads on first use is not counted."""
    if calls:
        calls[0]()
    return [_duration(call) for call in calls]


def seconds(measured: Sequence[float]) -> Seconds | None:
    """The median and the 95th percentile; None where nothing was measured."""
    import numpy as np

    if not measured:
        return None
    median, slow = np.quantile(measured, (0.5, 0.95))
    return Seconds(len(measured), float(median), float(slow))


def _duration(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
