"""The only wiring: settings to ready objects. Adapters are imported here, on first use."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import StoreMissing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.answer import Answerer
    from index.config import Config
    from index.ingest import Ingester
    from index.ports import Catalogue, Embedder, VectorStore
    from index.retrieve import Retriever


@dataclass(frozen=True, slots=True)
class Engine:
    """What it takes to answer questions from one index."""

    catalogue: Catalogue
    retriever: Retriever
    answerer: Answerer


def open_engine(config: Config) -> Engine:
    """Open an index for questions.

    Raises:
        StoreMissing: There is no index at the configured path.
        StoreMismatch: It was built with another model or format.
        ModelError: The embedding model cannot be prepared.
    """
    from index.answer import Answerer
    from index.retrieve import Retriever

    _require_index(config.store.path)
    embedder, vectors = _open_model_and_vectors(config)
    catalogue = _open_catalogue(config.store.path, embedder.fingerprint)
    retriever = Retriever(embedder, vectors, catalogue, config.retrieve.candidates, config.retrieve.rrf_k)
    settings = config.answer
    answerer = Answerer(retriever, embedder, config.retrieve.limit, settings.max_sentences, settings.min_confidence)
    return Engine(catalogue, retriever, answerer)


def open_catalogue(config: Config) -> Catalogue:
    """Open only an index's catalogue, whatever model it was built with.

    Raises:
        StoreMissing: There is no index at the configured path.
    """
    _require_index(config.store.path)
    return _open_catalogue(config.store.path, None)


@contextmanager
def open_ingester(config: Config) -> Iterator[Ingester]:
    """Open an index for writing, making it where there is none, and hold its lock.

    Raises:
        StoreLocked: Another process is writing.
        StoreMismatch: The index was built with another model or format.
        ModelError: The embedding model cannot be prepared.
    """
    from index.adapters.writer_lock import writer_lock
    from index.ingest import Ingester, IngestSettings

    settings = IngestSettings(
        max_bytes=config.load.max_megabytes * 1_000_000,
        min_words=config.chunk.min_words,
        max_words=config.chunk.max_words,
        zones=config.clean.zones(),
    )
    with writer_lock(config.store.path):
        embedder, vectors = _open_model_and_vectors(config)
        catalogue = _open_catalogue(config.store.path, embedder.fingerprint)
        yield Ingester(embedder, vectors, catalogue, settings)


def remove_articles(config: Config, article_ids: Sequence[str]) -> int:
    """Remove articles from the index; returns how many there were. Raises StoreMissing and StoreLocked."""
    from index.adapters.writer_lock import writer_lock
    from index.ingest import remove

    _require_index(config.store.path)
    with writer_lock(config.store.path):
        return remove(_open_catalogue(config.store.path, None), _open_vectors(config.store.path), article_ids)


def open_embedder(config: Config) -> Embedder:
    """The embedding model of the settings. Raises ModelError."""
    settings = config.embedder
    if settings.kind == "sentence-transformers":
        from index.adapters.sentence_transformers import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(settings.model, settings.query_prefix, settings.passage_prefix)
    from platformdirs import user_cache_path

    from index.adapters.e5_prepare import open_e5

    return open_e5(settings.cache or user_cache_path("citewire"), settings.weights, settings.threads or _processors())


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _open_model_and_vectors(config: Config) -> tuple[Embedder, VectorStore]:
    """Both at once: the model's file opens outside the interpreter's lock while Chroma and LlamaIndex are imported.

    Numpy and ONNX Runtime are imported before the thread starts: two threads importing one package deadlock or find
    it half made.
    """
    embedder = open_embedder(config)
    with ThreadPoolExecutor(1) as pool:
        warming = pool.submit(embedder.embed_queries, [""])
        vectors = _open_vectors(config.store.path)
        warming.result()
    return embedder, vectors


def _open_vectors(store: Path) -> VectorStore:
    # Importing makes hundreds of thousands of lasting objects; collecting garbage among them costs a tenth of the time.
    gc.disable()
    try:
        from index.adapters.chroma import ChromaVectors
    finally:
        gc.freeze()
        gc.enable()
    return ChromaVectors(store / "chroma")


def _open_catalogue(store: Path, fingerprint: str | None) -> Catalogue:
    from index.adapters.catalogue import SqliteCatalogue

    return SqliteCatalogue(_catalogue_file(store), fingerprint)


def _require_index(store: Path) -> None:
    if not _catalogue_file(store).is_file():
        raise StoreMissing(f"{store}: no index here; make one with `citewire index PATH`, or name another with --store")


def _catalogue_file(store: Path) -> Path:
    return store / "catalogue.sqlite3"
