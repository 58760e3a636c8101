"""A small index on real stores, opened as commands open it, with a stand-in for the model."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.compose import belongings, engine, open_ingester
from index.config import ChunkSettings, Config, StoreSettings
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TEXT = (
    "The bridge number {n} over the Sula reopened on Saturday after repairs. The work on crossing {n} took nineteen "
    "months and cost {n}12 million hryvnias, said the council. Ferries of line {n} go on until the end of the summer."
)


def stand_in(patch: pytest.MonkeyPatch) -> None:
    """Have everything that compose opens use a model that counts words."""
    patch.setattr(engine, "open_embedder", lambda _: WordEmbedder())
    patch.setattr(belongings, "fingerprint", lambda _: WordEmbedder.fingerprint)


def small_index(folder: Path, articles: int = 12) -> Config:
    """An index in ``folder/store`` of so many articles, each of two passages or so."""
    file = folder / "news.jsonl"
    file.write_text(
        "".join(
            json.dumps({"id": f"a{n}", "title": f"Bridge {n}", "text": TEXT.format(n=n)}) + "\n"
            for n in range(articles)
        ),
        "utf-8",
    )
    config = Config(store=StoreSettings(path=folder / "store"), chunk=ChunkSettings(min_words=10, max_words=20))
    with open_ingester(config) as ingester:
        ingester.ingest([file], NOW, lambda _: None)
    return config
