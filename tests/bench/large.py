"""A large store: what indexing costs there when nothing, or one article, is new.

The store is made by our ingester with a stand-in for the model, so that it takes minutes, not hours: neither what is
measured here depends on what vectors mean. It is kept for other runs with the same choices.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tests.bench.articles import stories, write
from tests.bench.child import in_child
from tests.bench.figures import Figure, Spread, compared, judged
from tests.bench.pairing import alternate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.figures import Settings

FORMAT = 1
"""Raised when the store is made otherwise, so that older ones are made anew."""


_TIMES = 200
"""How many times smaller the small store is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The large store and a small one, each with the file that it was made of, and files with an article to add."""

    folder: Path
    large: Path
    small: Path
    warm: Path
    news: tuple[Path, ...]


def measure(bench: Settings, articles_a_second: float) -> list[Figure]:
    """Re-indexing the large store's file unchanged, and adding an article to it.

    ``articles_a_second`` is the speed measured with the model, by which the file would have been indexed at first.
    """
    place = _made(bench)
    again = [_unchanged(place) for _ in range(bench.rounds)]
    first = [bench.large / articles_a_second] * bench.rounds
    figure = Figure("indexing", "re-index unchanged, large store", "s", Spread.of(again), at=bench.large)
    found = compared(figure, "its first time at the speed measured with the model", again, first)
    return [judged(found, most=0.03), *_additions(place, bench)]


def _additions(place: _Place, bench: Settings) -> list[Figure]:
    """Each round adds an article to both stores, from which it is removed again, and embeds its texts alone."""
    alone: list[float] = []
    to_large, to_small = iter(place.news), iter(place.news)

    def _add_large() -> float:
        took = _add(place, next(to_large), place.large)
        alone.append(_embed(place))
        return took

    took = alternate(bench.rounds, {"large": _add_large, "small": lambda: _add(place, next(to_small), place.small)})
    figure = Figure("indexing", "add one article, large store", "s", Spread.of(took["large"]), at=bench.large)
    return [
        compared(figure, "the embedder alone, same texts", took["large"], alone),
        compared(figure, f"the same to a store of {_small(bench)} articles", took["large"], took["small"]),
    ]


def _made(bench: Settings) -> _Place:
    """The stores, as they were kept or made now."""
    kind = "real" if bench.scale else "made"
    folder = bench.work / f"large-{bench.large}-{bench.seed}-{kind}-{FORMAT}"
    stores = folder / "large", folder / "small"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        bench.say(f"making a store of {bench.large:,} articles without the model")
        for store, number in zip(stores, (bench.large, _small(bench)), strict=True):
            file = write(stories(number, bench.seed, bench.scale), store.with_suffix(".jsonl"))
            done = in_child("tests.bench.runs:stock", file, store)
            bench.say(f"{done.result['passages']:,} passages in {done.seconds:.0f} s")
        (folder / "done").touch()
    # Beyond the store's own, so that nothing of them is in it.
    others = islice(stories(bench.large + bench.rounds + 1, bench.seed, bench.scale), bench.large, None)
    files = [write([each], folder / f"new-{number}.jsonl") for number, each in enumerate(others)]
    return _Place(folder, *stores, files[0], tuple(files[1:]))


def _small(bench: Settings) -> int:
    return max(1, bench.large // _TIMES)


def _unchanged(place: _Place) -> float:
    done = in_child("tests.bench.runs:unchanged", place.large.with_suffix(".jsonl"), place.large)
    return float(done.result["seconds"])


def _add(place: _Place, article: Path, store: Path) -> float:
    done = in_child("tests.bench.runs:add", place.warm, article, store, place.folder / "texts.json")
    return float(done.result["seconds"])


def _embed(place: _Place) -> float:
    return float(in_child("tests.bench.runs:embed", place.folder / "texts.json", place.warm).result["seconds"])
