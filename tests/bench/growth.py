"""Growth: what a hundred times more passages do to time, to memory, and to what an approximate search misses."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.asking import percentile, take
from tests.bench.child import in_child, resident
from tests.bench.figures import Figure, Spread, compared, judged
from tests.bench.pairing import alternate, seconds
from tests.bench.stores import config_of, store_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from index.config import Config
    from tests.bench.figures import Settings

_MEGABYTE = 1_000_000
_SMALL, _LARGE = 1000, 100_000
_WARM = 20
_BARE = "the bare model and Chroma with the same vectors"


def measure(bench: Settings) -> list[Figure]:
    """For each size: warm answers, resident memory beside the bare parts', and recall of the approximate search."""
    configs = {size: store_of(bench, size) for size in sorted(bench.passages)}
    found = _times(bench, configs)
    for size, config in configs.items():
        bench.say(f"memory and recall at {size:,} passages")
        found += _memory(bench, config, size)
        found += _recall(bench, config, size)
    return found


def _times(bench: Settings, configs: Mapping[int, Config]) -> list[Figure]:
    """Warm answers from all stores, question by question; the bar is on the large one's tail by the small one's."""
    rounds = list(_rounds(bench, configs))
    figures = []
    for name, share in (("median", 0.5), ("p95", 0.95)):
        took = {size: [1000 * percentile(each[str(size)], share) for each in rounds] for size in configs}
        smallest = min(configs)
        for size in configs:
            figure = Figure("growth", f"warm ask, {name}", "ms", Spread.of(took[size]), at=size)
            if size != smallest:
                figure = compared(figure, f"{smallest:,} passages", took[size], took[smallest])
            barred = name == "p95" and (smallest, size) == (_SMALL, _LARGE)
            figures.append(judged(figure, most=1.5) if barred else figure)
    return figures


def _rounds(bench: Settings, configs: Mapping[int, Config]) -> Iterator[dict[str, list[float]]]:
    """Seconds of each question of a round, by the size of the store that was asked."""
    from index.compose import open_engine
    from tests.bench.questions import asking, questions

    engines = {str(size): open_engine(config) for size, config in configs.items()}
    runs = {size: asking(engine.answerer) for size, engine in engines.items()}
    waiting = {size: questions(engine.catalogue, bench.seed) for size, engine in engines.items()}
    for size, run in runs.items():
        for question in islice(waiting[size], _WARM):
            run(question)
    bench.say(f"asking stores of {', '.join(runs)} passages in turn")
    for _ in range(bench.rounds):
        asked = {size: iter(take(waiting[size], bench)) for size in runs}
        number = min(100, bench.questions)
        yield alternate(number, {size: partial(_timed, run, asked[size]) for size, run in runs.items()})


def _timed(run: Callable[[str], object], waiting: Iterator[str]) -> float:
    question = next(waiting)
    return seconds(lambda: run(question))


def _memory(bench: Settings, config: Config, size: int) -> list[Figure]:
    """Resident after warm questions, ours beside the bare parts asked the same; the bar is on what ours holds more."""
    runs = {
        name: partial(_resident, f"tests.bench.growth:{name}", config, bench) for name in ("hold_ours", "hold_bare")
    }
    held = alternate(min(bench.rounds, 3), runs)
    more = [ours - bare for ours, bare in zip(held["hold_ours"], held["hold_bare"], strict=True)]
    figure = Figure("growth", f"resident memory above that of {_BARE}", "MB", Spread.of(more), at=size)
    whole = Figure("growth", "resident memory", "MB", Spread.of(held["hold_ours"]), at=size)
    return [
        compared(whole, _BARE, held["hold_ours"], held["hold_bare"]),
        judged(figure, most=150.0) if size == _LARGE else figure,
    ]


def _resident(function: str, config: Config, bench: Settings) -> float:
    return float(in_child(function, config.store.path, min(100, bench.questions), bench.seed).result) / _MEGABYTE


def hold_ours(store: str, number: int, seed: int) -> int:
    """Bytes resident after so many answers from a store."""
    from index.compose import open_engine
    from tests.bench.questions import asking, questions

    engine = open_engine(config_of(Path(store)))
    run = asking(engine.answerer)
    for question in islice(questions(engine.catalogue, seed), number):
        run(question)
    return resident()


def hold_bare(store: str, number: int, seed: int) -> int:
    """Bytes resident after so many questions were embedded, and their neighbours asked of Chroma, with nothing of ours.

    The catalogue is read for the questions alone. Chroma reads what it needs of its index as it is asked.
    """
    from index.compose import open_bare_embedder, open_catalogue
    from tests.bench.others import bare_collection
    from tests.bench.questions import questions

    config = config_of(Path(store))
    embedder, collection = open_bare_embedder(config), bare_collection(config)
    for question in islice(questions(open_catalogue(config), seed), number):
        vector = embedder.embed_queries([question])[0].tolist()
        collection.query(query_embeddings=[vector], n_results=config.retrieve.candidates, include=["distances"])
    return resident()


def _recall(bench: Settings, config: Config, size: int) -> list[Figure]:
    """Of the ten nearest of each language by exact search, the share that are the first ten of ours."""
    from tests.bench.recall import recall

    shares = recall(config, min(100, bench.questions), bench.seed)
    figure = Figure("growth", "recall@10 of approximate against exact search", "", _mean(shares), at=size)
    return [judged(figure, least=0.99) if size == _LARGE else figure]


def _mean(shares: Sequence[float]) -> Spread:
    """The mean where a median would hide what the worst questions lose."""
    return Spread(sum(shares) / len(shares), min(shares), max(shares))
