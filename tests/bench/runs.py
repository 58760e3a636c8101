"""Indexing by our engine, and by its model alone: each function is called in a process of its own.

Before anything is timed, a few other articles are indexed, so that what is loaded on first use is no part of it: how
long a start takes is measured elsewhere.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.articles import read
from tests.bench.pairing import timed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.config import Config
    from index.ports import Embedder, Vectors
    from index.types import IngestReport

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
"""What relative dates count from: the same in all runs."""
_MOST = 10**8


@dataclass(slots=True)
class Recording:
    """An embedder that notes which texts it is given, batch by batch; in all else the one that it stands before."""

    behind: Embedder
    batches: list[list[str]] = field(default_factory=list)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """What the embedder behind makes of them."""
        self.batches.append(list(texts))
        return self.behind.embed_passages(texts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


def index(file: str, warm: str, store: str, texts: str) -> dict[str, float]:
    """Index a file after a small one, and the file once more, unchanged.

    Writes the texts that were embedded to the file ``texts``, as a list of batches. Gives seconds of the first time
    and of ``again``, how many articles, passages and texts there were, and what the store then holds, the small file's
    included.
    """
    from index.compose import open_ingester

    with open_ingester(config(store)) as ingester:
        recording = Recording(ingester.embedder)
        ours = replace(ingester, embedder=recording)
        before = ours.ingest([Path(warm)], NOW, lambda _: None)
        others = sum(map(len, recording.batches))
        recording.batches.clear()
        reports: list[IngestReport] = []
        first = timed(lambda: reports.append(ours.ingest([Path(file)], NOW, lambda _: None)))
        again = timed(lambda: reports.append(ours.ingest([Path(file)], NOW, lambda _: None)))
    if reports[0].skipped or reports[0].updated or reports[1].unchanged != reports[0].added:
        raise RuntimeError(f"{file}: not all was new, or not all unchanged the second time: {reports}")
    Path(texts).write_text(json.dumps(recording.batches), "utf-8")
    embedded = sum(map(len, recording.batches))
    return {
        **first,
        "again": again["seconds"],
        "articles": reports[0].added,
        "passages": reports[0].passages - before.passages,
        "texts": embedded,
        "stored_passages": reports[0].passages,
        "stored_texts": embedded + others,
    }


def embed(texts: str, warm: str) -> dict[str, float]:
    """Embed batches of texts that ``index`` or ``add`` wrote, and do nothing else."""
    from index.compose import open_embedder

    embedder = open_embedder(config())
    embedder.embed_passages([each.title for each in read(Path(warm))])
    batches = json.loads(Path(texts).read_text("utf-8"))
    return timed(lambda: [embedder.embed_passages(batch) for batch in batches])


def unchanged(file: str, store: str) -> dict[str, float]:
    """Index a file again of which the store holds every article."""
    from index.compose import open_ingester

    with open_ingester(config(store)) as ingester:
        reports: list[IngestReport] = []
        took = timed(lambda: reports.append(ingester.ingest([Path(file)], NOW, lambda _: None)))
    return {**took, "unchanged": reports[0].unchanged}


def add(warm: str, article: str, store: str, texts: str) -> dict[str, float]:
    """Add the one article of a file to a store, after that of another file; both are then removed again."""
    from index.compose import open_ingester, remove_articles
    from index.load import load
    from index.types import RawArticle, Selection

    first, raws = (list(load(Path(each), _MOST)) for each in (warm, article))
    with open_ingester(config(store)) as ingester:
        recording = Recording(ingester.embedder)
        ours = replace(ingester, embedder=recording)
        ours.add(first, NOW)
        recording.batches.clear()
        reports: list[IngestReport] = []
        took = timed(lambda: reports.append(ours.add(raws, NOW)))
    ids = tuple(each.id for each in (*first, *raws) if isinstance(each, RawArticle) and each.id)
    if not reports[0].added or len(remove_articles(config(store), Selection(ids=ids))) != len(ids):
        raise RuntimeError(f"{article}: not added, or not removed again")
    Path(texts).write_text(json.dumps(recording.batches), "utf-8")
    return took


def stock(file: str, store: str) -> dict[str, float]:
    """Index a file with a stand-in for the model, for a store whose size alone matters."""
    from index.compose import open_ingester

    with open_ingester(config(store)) as ingester:
        ours = replace(ingester, embedder=Scattering(ingester.embedder))
        reports: list[IngestReport] = []
        took = timed(lambda: reports.append(ours.ingest([Path(file)], NOW, lambda _: None)))
    return {**took, "articles": reports[0].articles, "passages": reports[0].passages}


@dataclass(slots=True)
class Scattering:
    """Gives every text a unit vector of its own, in no time and of no meaning; in all else the embedder behind it."""

    behind: Embedder

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimension); the same text has the same vector."""
        import numpy as np

        seeds = [int.from_bytes(sha256(text.encode()).digest()[:8]) for text in texts]
        rows = [np.random.default_rng(seed).normal(size=self.behind.dimension) for seed in seeds]
        found = np.array(rows, np.float32).reshape(-1, self.behind.dimension)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


def config(store: str = "", **embedder: Any) -> Config:
    """The default settings, with a store and other settings of the embedder; its model is where the variable says."""
    from index.config import Config, EmbedderSettings, StoreSettings

    cache = os.environ.get("CITEWIRE_EMBEDDER_CACHE")
    model = EmbedderSettings(cache=Path(cache) if cache else None, **embedder)
    return Config(embedder=model, store=StoreSettings(path=Path(store))) if store else Config(embedder=model)
