"""What tests share: one prepared model, one index of the sample articles."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from index.adapters.e5_prepare import open_e5
from index.compose import Archive, open_archive, open_engine, open_ingester
from index.config import Config, EmbedderSettings, StoreSettings
from tests.chroma_run import ChromaRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.adapters.e5_onnx import E5Embedder
    from index.compose import Engine

SAMPLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """Where the model is prepared: kept between runs, CITEWIRE_EMBEDDER_CACHE moves it."""
    return Path(os.environ.get("CITEWIRE_EMBEDDER_CACHE") or platformdirs.user_cache_dir("citewire"))


@pytest.fixture(scope="session")
def embedder(model_cache: Path) -> E5Embedder:
    """The default embedder, with two threads."""
    return open_e5(model_cache, None, threads=2)


@pytest.fixture(scope="session")
def sample_store(model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all sample articles, made once with the real model."""
    config = Config(
        store=StoreSettings(path=tmp_path_factory.mktemp("samples")), embedder=EmbedderSettings(cache=model_cache)
    )
    with open_ingester(config) as ingester:
        report = ingester.ingest([SAMPLES], datetime(2026, 5, 20, 12, tzinfo=UTC), lambda _: None)
    assert report.skipped == ()
    return config.store.path


@pytest.fixture(scope="session")
def engine(sample_store: Path, model_cache: Path) -> Engine:
    """What answers questions from the sample articles."""
    return open_engine(Config(store=StoreSettings(path=sample_store), embedder=EmbedderSettings(cache=model_cache)))


@pytest.fixture(scope="session")
def archive(engine: Engine, sample_store: Path, model_cache: Path) -> Archive:
    """The index of the sample articles, open; not to be written to."""
    return Archive(Config(store=StoreSettings(path=sample_store), embedder=EmbedderSettings(cache=model_cache)), engine)


@pytest.fixture
def own_archive(sample_store: Path, model_cache: Path, tmp_path: Path) -> Archive:
    """A copy of the index of the sample articles, open, to be written to."""
    path = tmp_path / "store"
    shutil.copytree(sample_store, path)
    return open_archive(Config(store=StoreSettings(path=path), embedder=EmbedderSettings(cache=model_cache)))


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    """A Chroma server; whoever stops it starts it again."""
    server = ChromaRun(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()
