"""The wiring: what opens without an index, and what a new index is made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from index.compose import open_catalogue, open_engine, open_ingester, remove_articles
from index.config import Config, EmbedderSettings, StoreSettings
from index.errors import StoreLocked, StoreMissing
from index.types import Query, Selection

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def config(tmp_path: Path, model_cache: Path) -> Config:
    """Settings that name an index which is not there yet."""
    return Config(store=StoreSettings(path=tmp_path / "store"), embedder=EmbedderSettings(cache=model_cache))


def test_reading_makes_no_index(config: Config) -> None:
    """Questions, status and removal say that there is no index, and leave none behind."""
    with pytest.raises(StoreMissing, match="make one with"):
        open_engine(config)
    with pytest.raises(StoreMissing, match="make one with"):
        open_catalogue(config)
    with pytest.raises(StoreMissing, match="make one with"):
        remove_articles(config, Selection(ids=("a",)))
    assert not config.store.path.exists()


def test_writing_makes_an_index_that_answers(config: Config) -> None:
    """Opened for writing, a new index exists; opened for questions, it refuses in order."""
    with open_ingester(config) as ingester:
        assert ingester.catalogue.status().articles == 0
    assert (
        open_engine(config).answerer.answer(Query("Who won?", "en"), date(2026, 5, 20)).refusal == "refused_no_articles"
    )


def test_one_writer_at_a_time(config: Config) -> None:
    """While an index is open for writing, a second writer is refused and readers are not."""
    with open_ingester(config):
        assert open_catalogue(config).status().passages == 0
        with pytest.raises(StoreLocked, match="being written by process"):
            remove_articles(config, Selection(ids=("a",)))
    assert remove_articles(config, Selection(ids=("a",))) == []
