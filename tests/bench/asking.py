"""Asking, warm: ours beside the least that any such system has to do, and beside what a user would pick instead.

The least is one embedding of the question, one query of Chroma's graph and one full-text query of SQLite's, on the same
store, for as many candidates as ours takes of each. All are asked the same questions, one after the other, and take
turns in being first; questions differ, so that nothing is found because it was asked before.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, Spread, compared, judged
from tests.bench.pairing import alternate, seconds
from tests.bench.questions import asking, questions
from tests.bench.stores import store_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from index.config import Config
    from tests.bench.figures import Settings

    Contenders = Mapping[str, Callable[[str], object]]
    Times = dict[str, list[float]]

SIZE = 10_000
"""Passages of the store that is asked, or else the greatest size below that is measured at all."""
CLIENTS = 8
_A_ROUND = 100
"""Questions of a round, at the most: as many as a 99th percentile takes."""
_WARM = 5
_OURS, _LEAST = "ours", "one embedding + one HNSW query + one FTS query"
_PERCENTILES = {"median": 0.5, "p95": 0.95, "p99": 0.99}


def measure(bench: Settings) -> list[Figure]:
    """Medians and percentiles with one client and with eight, beside all others; where the time goes."""
    size = usual_size(bench)
    config = store_of(bench, size)
    contenders, asked = _contenders(bench, config), _questions(bench, config)
    for run in contenders.values():
        for question in islice(asked, _WARM):
            run(question)
    bench.say(f"asking a store of {size:,} passages")
    alone = [_one_by_one(contenders, take(asked, bench)) for _ in range(bench.rounds)]
    beside = [_together(contenders, take(asked, bench)) for _ in range(bench.rounds)]
    figures = [*_figures(alone, "one client", size), *_figures(beside, f"{CLIENTS} clients", size)]
    figures[0] = judged(figures[0], most=2.0) if size == SIZE else figures[0]
    return [*figures, _where(bench, config, asked, size)]


def usual_size(bench: Settings) -> int:
    """The size of the store that is asked, where only one is."""
    return max((each for each in bench.passages if each <= SIZE), default=min(bench.passages))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which so great a share of them lies, between two of them where it falls between."""
    import numpy as np

    return float(np.quantile(values, share))


def take(asked: Iterator[str], bench: Settings) -> list[str]:
    """The questions of one round; in a short run, as few as the soak has."""
    return list(islice(asked, min(_A_ROUND, bench.questions)))


def _questions(bench: Settings, config: Config) -> Iterator[str]:
    from index.compose import open_catalogue

    return questions(open_catalogue(config), bench.seed)


def _contenders(bench: Settings, config: Config) -> dict[str, Callable[[str], object]]:
    """Ours, the least, and those others that are wanted and installed."""
    from index.compose import open_engine
    from tests.bench.others import least, rivals

    return {_OURS: asking(open_engine(config).answerer), _LEAST: least(config), **rivals(bench, config)}


def _one_by_one(contenders: Contenders, asked: Sequence[str]) -> Times:
    """Seconds of each question with each contender, asked by one client."""
    return alternate(len(asked), {name: partial(_next, run, iter(asked)) for name, run in contenders.items()})


def _together(contenders: Contenders, asked: Sequence[str]) -> Times:
    """Seconds of each question, asked by eight clients at once; one contender at a time, each with all questions.

    ``name/whole`` holds what all of them took together.
    """
    found: Times = {}
    with ThreadPoolExecutor(CLIENTS) as clients:
        for name, run in contenders.items():
            started = time.perf_counter()
            found[name] = list(clients.map(partial(_timed, run), asked))
            found[f"{name}/whole"] = [time.perf_counter() - started]
    return found


def _next(run: Callable[[str], object], waiting: Iterator[str]) -> float:
    return _timed(run, next(waiting))


def _timed(run: Callable[[str], object], question: str) -> float:
    return seconds(lambda: run(question))


def _figures(rounds: Sequence[Times], clients: str, size: int) -> Iterator[Figure]:
    """A figure for each percentile against the least, and one for the median against each rival."""
    others = [name for name in rounds[0] if name != _OURS and not name.endswith("/whole")]
    for name, share in _PERCENTILES.items():
        ours, least = ([1000 * percentile(each[who], share) for each in rounds] for who in (_OURS, _LEAST))
        found = Figure("asking", f"warm ask, {name}, {clients}", "ms", Spread.of(ours), at=size)
        yield compared(found, _LEAST, ours, least)
    for rival in others:
        if rival != _LEAST:
            ours, theirs = ([1000 * percentile(each[who], 0.5) for each in rounds] for who in (_OURS, rival))
            found = Figure("asking", f"warm ask, median, {clients}", "ms", Spread.of(ours), at=size)
            yield compared(found, rival, ours, theirs)
    ours, least = ([len(each[who]) / _whole(each, who) for each in rounds] for who in (_OURS, _LEAST))
    found = Figure("asking", f"questions a second, {clients}", "1/s", Spread.of(ours), at=size)
    yield compared(found, _LEAST, ours, least)


def _whole(times: Times, name: str) -> float:
    return sum(times.get(f"{name}/whole") or times[name])


def _where(bench: Settings, config: Config, asked: Iterator[str], size: int) -> Figure:
    """Where the time goes, as means of a round of questions."""
    from tests.bench.stages import Watches, stages, watched_answerer

    watches = Watches()
    answerer = watched_answerer(config, watches)
    stages(answerer, watches, islice(asked, _WARM))
    rounds = [stages(answerer, watches, take(asked, bench)) for _ in range(bench.rounds)]
    means = [(name, Spread.of(each[place][1] for each in rounds).median) for place, (name, _) in enumerate(rounds[0])]
    whole = Spread.of(sum(took for _, took in each) for each in rounds)
    return Figure("asking", "where the time of a question goes, mean", "ms", whole, at=size, parts=tuple(means))
