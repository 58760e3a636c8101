"""What is asked beside our engine, over what our store holds: the bare parts, and what a user would pick instead."""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.config import Config
    from index.ports import Vectors
    from tests.bench.figures import Settings

    Ask = Callable[[str], object]

_BLOCK = 10_000
_AT_ONCE = 5_000  # Chroma refuses more than 5,461
_SEARCH = "SELECT rowid, bm25(lemma) AS score FROM lemma WHERE lemma MATCH ? ORDER BY score LIMIT ?"
_BM25_RESULTS = 10


def least(config: Config) -> Callable[[str], tuple[Any, list[Any]]]:
    """One embedding, by a model of its own, one query of Chroma's graph and one of SQLite's full text.

    Words are made into lemmas before that, as any search over lemmas has to; all of it is counted.
    """
    from index.compose import open_embedder
    from index.language import search_words
    from tests.bench.questions import query

    embedder, most = open_embedder(config), config.retrieve.candidates
    collection, file = bare_collection(config), config.store.path / "catalogue.sqlite3"
    # The statement is prepared anew by each thread's first question, as in the engine.
    connections = _PerThread(lambda: sqlite3.connect(f"file:{file}?mode=ro", uri=True))

    def _ask(question: str) -> tuple[Any, list[Any]]:
        vector = embedder.embed_queries([question])[0]
        near = collection.query(query_embeddings=[vector.tolist()], n_results=most, include=["distances"])
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(search_words(question, query(question).language)))
        return near, connections.get().execute(_SEARCH, (words or '""', most)).fetchall()

    return _ask


def rivals(bench: Settings, config: Config) -> dict[str, Ask]:
    """Those of the rivals that are wanted and installed, over the passages of our store."""
    known = {
        "llama-index": ("LlamaIndex's default retriever with our embedder", llama_index, "llama_index"),
        "bm25s": ("bm25s: words alone, no vectors", words, "bm25s"),
    }
    wanted = {name: known[name] for name in known if not bench.rivals or name in bench.rivals}
    for name, (_, _, package) in wanted.items():
        if find_spec(package) is None:
            bench.say(f"{name} is left out: it is not installed")
    return {title: make(config) for title, make, package in wanted.values() if find_spec(package)}


def llama_index(config: Config) -> Ask:
    """A VectorStoreIndex as it is by default, persisted and loaded again: vectors in memory, its retriever's two hits.

    Its nodes are our passages with our vectors, so that both search the same.
    """
    from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
    from llama_index.core.schema import TextNode

    from index.adapters.baseline_llama_index import _OurEmbedding
    from index.compose import open_embedder

    folder, embedding = config.store.path.with_suffix(".llama-index"), _OurEmbedding(open_embedder(config))
    if not folder.exists():
        nodes = [
            TextNode(id_=name, text=text, embedding=vector.tolist())
            for names, texts, vectors in passages(config)
            for name, text, vector in zip(names, texts, vectors, strict=True)
        ]
        VectorStoreIndex(nodes, embed_model=embedding).storage_context.persist(str(folder))
    loaded = load_index_from_storage(StorageContext.from_defaults(persist_dir=str(folder)), embed_model=embedding)
    retriever = loaded.as_retriever()
    return retriever.retrieve


def words(config: Config) -> Ask:
    """BM25 over the passages' words as they stand, ten hits."""
    import bm25s

    found = bm25s.BM25()
    texts = [text for _, each, _ in passages(config) for text in each]
    found.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    most = min(_BM25_RESULTS, len(texts))

    def _ask(question: str) -> object:
        return found.retrieve(bm25s.tokenize(question, show_progress=False), k=most, show_progress=False)

    return _ask


def bare_collection(config: Config) -> Any:
    """All vectors of a store in one Chroma collection beside it, with the settings of ours; made by the first call.

    Within one process Chroma opens a folder once.
    """
    import chromadb
    from chromadb.config import Settings

    from index.adapters.chroma_collection import CONFIGURATION

    folder = config.store.path.with_suffix(".bare")
    made = folder.exists()
    settings = Settings(anonymized_telemetry=False, is_persistent=True)
    client = chromadb.PersistentClient(path=str(folder), settings=settings)
    collection = client.get_or_create_collection("bare", configuration=CONFIGURATION, embedding_function=None)
    for ids, _, vectors in () if made else passages(config):
        for start in range(0, len(ids), _AT_ONCE):
            end = start + _AT_ONCE
            collection.add(ids=ids[start:end], embeddings=vectors[start:end])
    return collection


def passages(config: Config) -> Iterator[tuple[list[str], list[str], Vectors]]:
    """All passages, some thousands at a time: ids, texts, and vectors of shape (passages, dimension)."""
    from index.compose import open_catalogue
    from index.windows import centres

    stored = open_catalogue(config).stored_passages()
    while block := list(islice(stored, _BLOCK)):
        found = [passage for passage, _, _ in block]
        vectors = centres(found, [windows for _, _, windows in block])
        yield [each.id for each in found], [each.text for each in found], vectors


class _PerThread:
    """One of something for each thread, made when it first wants it."""

    def __init__(self, make: Callable[[], Any]) -> None:
        import threading

        self._make, self._local = make, threading.local()

    def get(self) -> Any:
        """This thread's own."""
        if not hasattr(self._local, "own"):
            self._local.own = self._make()
        return self._local.own
