"""Settings to an engine that answers, an ingester that writes, a catalogue to look into."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.compose.models import make_follower, make_writer, open_embedder, open_language_model, open_reranker
from index.compose.store import catalogue_at, require_index, require_vectors_of, vectors_at, visits_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.answer import Answerer
    from index.answer.compare import Comparer
    from index.config import Config
    from index.follow_up import Follower
    from index.guide import Guide
    from index.ingest import Ingester, IngestSettings
    from index.load import PageLimits
    from index.ports import Catalogue, Embedder, VectorStore
    from index.retrieve import Retriever


@dataclass(frozen=True, slots=True)
class Engine:
    """What it takes to answer questions from one index."""

    catalogue: Catalogue
    retriever: Retriever
    answerer: Answerer
    comparer: Comparer
    guide: Guide
    follower: Follower


def open_engine(config: Config) -> Engine:
    """Open an index for questions.

    Raises:
        StoreMissing: There is no index at the configured path.
        StoreMismatch: It was built with another model or format.
        ModelError: The embedding model cannot be prepared.
        ConfigError: Answers are to be written by a language model, and its key or a package is missing.
    """
    require_index(config.store.path)
    return make_engine(config, *open_parts(config))


def make_engine(config: Config, embedder: Embedder, vectors: VectorStore, catalogue: Catalogue) -> Engine:
    """The engine over what is open already."""
    from index.answer import Answerer
    from index.answer.compare import Comparer
    from index.answer.evidence import Weigher
    from index.guide import Guide
    from index.retrieve import Reranking, Retriever
    from index.weights import load_weights

    weights, settings, reranker = load_weights(), config.answer, open_reranker(config)
    language_model = open_language_model(config)
    reranking = Reranking(reranker, config.rerank.candidates) if reranker else None
    retriever = Retriever(embedder, vectors, catalogue, config.retrieve.candidates, weights.retrieval, reranking)
    weigher = Weigher(embedder, catalogue, weights.sentence)
    answerer = Answerer(
        retriever,
        weigher,
        weights,
        config.retrieve.limit,
        settings.max_sentences,
        settings.min_confidence,
        make_writer(config, language_model, embedder),
    )
    comparer, guide = Comparer(answerer, embedder), Guide(catalogue, retriever, answerer)
    return Engine(catalogue, retriever, answerer, comparer, guide, make_follower(config, language_model))


def open_catalogue(config: Config) -> Catalogue:
    """Open only an index's catalogue, whatever model it was built with.

    Raises:
        StoreMissing: There is no index at the configured path.
    """
    require_index(config.store.path)
    return catalogue_at(config.store.path, None)


@contextmanager
def open_ingester(config: Config, engine: Engine | None = None) -> Iterator[Ingester]:
    """Open an index for writing, making it where there is none, and hold its lock.

    With an ``engine`` that is open on the index, its model and stores are used: nothing is loaded twice, and what is
    written is found by it at once.

    Raises:
        StoreLocked: Another process is writing.
        StoreMismatch: The index was built with another model or format.
        ModelError: The embedding model cannot be prepared.
    """
    from index.adapters.writer_lock import writer_lock
    from index.ingest import Ingester

    with writer_lock(config.store.path):
        if engine:
            embedder, vectors, catalogue = engine.retriever.embedder, engine.retriever.vectors, engine.catalogue
        else:
            embedder, vectors, catalogue = open_parts(config)
        settings, keep_days = ingest_settings(config), config.store.keep_days
        visits, newest = visits_at(config.store.path), config.sources.newest
        yield Ingester(embedder, vectors, catalogue, settings, page_limits(config), keep_days, visits, newest)


def page_limits(config: Config) -> PageLimits:
    """What reading a page by its address may cost, and whether private ones may be; its bytes bound documents, too."""
    from index.load import PageLimits

    return PageLimits(config.load.max_megabytes * 1_000_000, private_addresses=config.load.private_addresses)


def ingest_settings(config: Config) -> IngestSettings:
    """What of the settings shapes an article on its way in."""
    from index.ingest import IngestSettings

    return IngestSettings(
        max_bytes=config.load.max_megabytes * 1_000_000,
        min_words=config.chunk.min_words,
        max_words=config.chunk.max_words,
        zones=config.clean.zones(),
    )


def open_parts(config: Config) -> tuple[Embedder, VectorStore, Catalogue]:
    """All at once: the model's file opens outside the interpreter's lock while Chroma and LlamaIndex are imported.

    Numpy and ONNX Runtime are imported before the thread starts: two threads importing one package deadlock or find
    it half made. The catalogue is made where it is missing; it knows what its vectors are called in a server.
    """
    embedder = open_embedder(config)
    catalogue = catalogue_at(config.store.path, embedder.fingerprint)
    with ThreadPoolExecutor(1) as pool:
        warming = pool.submit(embedder.embed_queries, [""])
        vectors = vectors_at(config.store)
        warming.result()
    require_vectors_of(config.store, catalogue, vectors)
    return embedder, vectors, catalogue
