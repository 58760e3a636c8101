"""Many questions to one process: its memory does not grow with what it was asked."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.asking import usual_size
from tests.bench.child import in_child, resident
from tests.bench.figures import Figure, Spread, judged
from tests.bench.stores import config_of, store_of

if TYPE_CHECKING:
    from tests.bench.figures import Settings

_MEGABYTE = 1_000_000
_WARM_SHARE = 0.25
"""Of the questions, those after which everything that is kept is full: vectors of 4,096 recent texts among it."""
_LOOKS = 20


def measure(bench: Settings) -> list[Figure]:
    """Resident memory after the first quarter of the questions, and after all; the bar is on what it grew by."""
    config, size = store_of(bench, usual_size(bench)), usual_size(bench)
    bench.say(f"asking {bench.questions:,} questions")
    found = in_child("tests.bench.soak:ask", config.store.path, bench.questions, bench.seed).result
    seen, asked = [each / _MEGABYTE for each in found["resident"]], f"{bench.questions:,} questions"
    growth = 100 * (seen[-1] / seen[0] - 1)
    return [
        judged(Figure("soak", f"memory that {asked} add after warm-up", "%", Spread.of([growth]), at=size), most=2.0),
        Figure("soak", f"resident memory over {asked}", "MB", Spread.of(seen), at=size),
        Figure("soak", f"questions a second over {asked}", "1/s", Spread.of([found["rate"]]), at=size),
    ]


def ask(store: str, number: int, seed: int) -> dict[str, Any]:
    """Ask so many questions in this process; the bytes resident after warm-up and then at equal distances, to the end.

    ``rate`` is how many were answered a second after warm-up.
    """
    import time

    from index.compose import open_engine
    from tests.bench.questions import asking, questions

    engine = open_engine(config_of(Path(store)))
    run, waiting = asking(engine.answerer), questions(engine.catalogue, seed)
    warm = max(1, int(number * _WARM_SHARE))
    for question in islice(waiting, warm):
        run(question)
    seen, started = [resident()], time.perf_counter()
    for look in range(_LOOKS):
        share = (number - warm) * (look + 1) // _LOOKS - (number - warm) * look // _LOOKS
        for question in islice(waiting, share):
            run(question)
        seen.append(resident())
    return {"resident": seen, "rate": (number - warm) / (time.perf_counter() - started)}
