"""Stores of any size without a text model's hours: real texts, vectors in the likeness of a model's.

They are written through the adapters that indexing writes through, with all that they keep, and opened as any store.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from tests.bench import stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np

    from index.config import Config
    from index.ports import Catalogue, Embedder, VectorStore, Windows
    from index.types import RawArticle
    from tests.bench.figures import Settings
    from tests.bench.stock import Made, Stocked
    from tests.bench.vectors import Likeness

FORMAT = 3
"""Raised when stores are made otherwise, so that older ones are not used again."""
_BATCH = 1000
"""Passages written together."""
_SAMPLED, _OF_EACH = 96, 4
"""Articles embedded as a pattern for the vectors of all, and windows of each."""


def config_of(folder: Path) -> Config:
    """The settings that open a store."""
    from index.config import Config, StoreSettings

    return Config(store=StoreSettings(path=folder))


def store_of(bench: Settings, passages: int) -> Config:
    """A store of so many passages, or a few more, made where it is not there from an earlier run.

    Raises ModelError where the embedding model cannot be prepared: even so much takes a few of its vectors.
    """
    folder = bench.work / f"store-{passages}-{bench.seed}-{FORMAT}{'-scale' if bench.scale else ''}"
    done = folder.with_suffix(".done")
    if not done.exists():
        bench.say(f"making a store of {passages:,} passages, once")
        make(bench, folder, passages)
        done.touch()
    return config_of(folder)


def make(bench: Settings, folder: Path, passages: int) -> None:
    """Write a new store into a folder, which is emptied first."""
    import shutil

    import numpy as np

    from index.compose.engine import open_parts
    from index.copies import settle

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    embedder, vectors, catalogue = open_parts(config_of(folder))
    prepared = _stock(bench, embedder, min(passages, stock.DISTINCT))
    likeness = _likeness(bench, prepared, embedder)
    chance, started = np.random.default_rng(bench.seed), time.perf_counter()
    for batch in _batches(_first(stock.endless(prepared, bench.seed), passages)):
        _write(batch, likeness, chance, vectors, catalogue)
    settle(catalogue)
    bench.say(f"{catalogue.passage_count():,} passages in {time.perf_counter() - started:.0f} s")


def _stock(bench: Settings, embedder: Embedder, passages: int) -> list[Stocked]:
    """Prepared articles, from an earlier run where there was one."""
    file = bench.work / f"stock-{passages}-{FORMAT}{'-scale' if bench.scale else ''}.jsonl"
    if not file.exists():
        bench.work.mkdir(parents=True, exist_ok=True)
        stock.save(stock.prepare(_raws(bench), embedder, passages), file)
    return stock.saved(file)


def _raws(bench: Settings) -> Iterator[RawArticle]:
    """As many articles as are there, then generated ones."""
    from index.types import RawArticle
    from tests.bench.articles import stories

    for each in stories(stock.DISTINCT, bench.seed, bench.scale):
        yield RawArticle("benchmark", each.text, id=each.id, title=each.title, date=each.date, language=each.lang)


def _likeness(bench: Settings, prepared: Sequence[Stocked], embedder: Embedder) -> Likeness:
    """The pattern: a few windows of articles from all over the stock, embedded for good."""
    import numpy as np

    from index.windows import heading
    from tests.bench.vectors import Likeness

    chance = random.Random(bench.seed)  # noqa: S311 - to be repeated, not to be secret
    chosen = chance.sample(prepared, min(_SAMPLED, len(prepared)))
    texts = [
        [heading(each.article) + piece.text for piece in chance.sample(each.pieces, min(_OF_EACH, len(each.pieces)))]
        for each in chosen
    ]
    vectors = embedder.embed_passages([text for each in texts for text in each])
    return Likeness.of(np.split(vectors, np.cumsum([len(each) for each in texts])[:-1]))


def _first(made: Iterable[Made], passages: int) -> Iterator[Made]:
    """As many of the articles as have so many passages together."""
    total = 0
    for each in made:
        if total >= passages:
            return
        yield each
        total += len(each.passages)


def _batches(made: Iterable[Made]) -> Iterator[list[Made]]:
    batch: list[Made] = []
    for each in made:
        batch.append(each)
        if sum(len(one.passages) for one in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(
    batch: Sequence[Made], likeness: Likeness, chance: np.random.Generator, vectors: VectorStore, catalogue: Catalogue
) -> None:
    """Store some articles as indexing does."""
    from index.ports import SearchForm
    from index.windows import centres

    found = [each for made in batch for each in _windows(made, likeness, chance)]
    pairs = [(passage, made.article) for made in batch for passage in made.passages]
    catalogue.expect_vectors([passage.id for passage, _ in pairs])
    vectors.add(pairs, centres([passage for passage, _ in pairs], found))
    forms = iter(found)
    for made in batch:
        rows = [(each, SearchForm(words, next(forms))) for each, words in zip(made.passages, made.words, strict=True)]
        catalogue.put(made.article, "", rows)


def _windows(made: Made, likeness: Likeness, chance: np.random.Generator) -> Iterator[Windows]:
    from index.windows import by_passage

    vectors = likeness.article(sum(map(len, made.windows)), chance)
    return by_passage(made.windows, vectors)
