"""Measuring side by side: whatever slows the machine for a while slows all alike."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def alternate(rounds: int, runs: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Each round runs all once, and the next begins with another; what each gave, in the order of rounds.

    The order is rotated, so that none is always the one that finds the caches cold, or the processor hot.
    """
    names = list(runs)
    found: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(runs[name]())
    return found


def timed(run: Callable[[], object]) -> dict[str, float]:
    """``seconds`` that a call took, and ``processor`` seconds that it used, of all threads.

    The second tells two ways apart also where other programs keep the processor busy.
    """
    used, started = time.process_time(), time.perf_counter()
    run()
    return {"seconds": time.perf_counter() - started, "processor": time.process_time() - used}


def seconds(run: Callable[[], object]) -> float:
    """How long a call took, by a clock that nobody sets."""
    return timed(run)["seconds"]
