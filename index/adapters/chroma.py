"""The vectors in Chroma, written through LlamaIndex's vector store and searched directly.

Chroma never embeds anything itself and holds no text: nodes carry vectors made by our embedder and the metadata that
filters need. Texts live in the catalogue, from which the vectors can be rebuilt.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index.adapters.deferred import defer_initialisation
from index.errors import StoreError

for _package in ("llama_index.core", "llama_index.core.indices", "llama_index.core.vector_stores"):
    defer_initialisation(_package)

from llama_index.core.schema import TextNode  # noqa: E402 - after the deferral above
from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: E402 - after the deferral above

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chromadb.api.types import QueryResult

    from index.ports import Vectors
    from index.types import Article, Filters, Passage

_COLLECTION = "passages"
_BATCH = 2000
"""Vectors written at once; Chroma refuses more than 5,461 with SQLite builds of 32,766 variables."""
_REOPENED = 1.0
"""Seconds between two openings while another process writes; opening takes 0.06 s with a hundred passages."""


class ChromaVectors:
    """The VectorStore port over an embedded Chroma folder."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, making the collection where it is new.

        Raises:
            StoreError: Chroma cannot open it.
        """
        self._folder = folder
        self._opening = threading.Lock()
        self._open()

    def _open(self) -> None:
        try:
            client = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False, is_persistent=True)
            )
            self._collection = client.get_or_create_collection(
                _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        except (ChromaError, ValueError, OSError) as error:
            raise self._trouble(error) from error
        self._store = ChromaVectorStore(chroma_collection=self._collection)
        self._opened, self._seen = time.monotonic(), self._state()

    def _keep_up(self) -> None:
        """Open the folder anew where another process has written to it.

        Chroma holds its index in memory: it misses what was added since, and fails over what was deleted.
        """
        if self._state() == self._seen:
            return
        with self._opening:
            if self._state() != self._seen:
                # Chroma shares what is open on one path within a process; searches under way keep the old one alive.
                SharedSystemClient.clear_system_cache()
                self._open()

    def _state(self) -> tuple[tuple[int, int], ...]:
        """Tells one content of the folder from another: times and sizes of its database and its journal."""
        files = (self._folder / name for name in ("chroma.sqlite3", "chroma.sqlite3-wal"))
        return tuple((found.st_mtime_ns, found.st_size) for each in files if each.exists() for found in [each.stat()])

    def add(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> None:
        """Put a vector under each passage's id, replacing what was there."""
        nodes = [
            _node(passage, article, vector.tolist())
            for (passage, article), vector in zip(passages, vectors, strict=True)
        ]
        self.delete([node.node_id for node in nodes])
        try:
            for start in range(0, len(nodes), _BATCH):
                self._store.add(list(nodes[start : start + _BATCH]))
        except (ChromaError, ValueError, OSError) as error:
            raise self._trouble(error) from error
        self._seen = self._state()

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        try:
            for start in range(0, len(passage_ids), _BATCH):
                self._store.delete_nodes(list(passage_ids[start : start + _BATCH]))
        except (ChromaError, ValueError, OSError) as error:
            raise self._trouble(error) from error
        self._seen = self._state()

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[str, float]]:
        """The nearest passage ids with their cosine similarity, best first. ``vector`` has shape (dimension,)."""
        if time.monotonic() - self._opened > _REOPENED:
            self._keep_up()
        try:
            result = self._query(vector, limit, filters)
        except StoreError:
            self._keep_up()
            result = self._query(vector, limit, filters)
        similarities = [1 - float(distance) for distance in (result["distances"] or [[]])[0]]
        return list(zip(result["ids"][0], similarities, strict=True))

    def _query(self, vector: Vectors, limit: int, filters: Filters) -> QueryResult:
        # Asked directly: LlamaIndex reads every hit's text and metadata to rebuild nodes, 10 ms a search instead of 2.
        try:
            return self._collection.query(
                query_embeddings=[vector.tolist()], n_results=limit, where=_where(filters), include=["distances"]
            )
        except (ChromaError, ValueError, OSError) as error:
            raise self._trouble(error) from error

    def count(self) -> int:
        """How many vectors are stored."""
        return int(self._collection.count())

    def _trouble(self, error: Exception) -> StoreError:
        return StoreError(f"{self._folder}: Chroma cannot use this folder: {error}")


def _node(passage: Passage, article: Article, vector: list[float]) -> TextNode:
    """The passage as LlamaIndex carries it: id, vector, and the metadata that filters need."""
    published = article.published
    metadata = {
        "article_id": passage.article_id,
        "language": passage.language,
        "outlet": (article.outlet or "").casefold(),
        # Unknown dates stand before every window, so that they never pass a filter from below.
        "published_day": published.day.toordinal() if published else -1,
        "published": published.utc_seconds() if published else -1,
    }
    return TextNode(id_=passage.id, text="", embedding=vector, metadata=metadata)


def _where(filters: Filters) -> dict[str, Any] | None:
    """The restrictions as Chroma writes them; None where there are none."""
    parts: list[dict[str, Any]] = []
    if filters.languages:
        parts.append({"language": {"$in": list(filters.languages)}})
    if filters.outlets:
        parts.append({"outlet": {"$in": [outlet.casefold() for outlet in filters.outlets]}})
    if filters.since or filters.until:
        parts.append({"published_day": {"$gte": filters.since.toordinal() if filters.since else 0}})
    if filters.until:
        parts.append({"published_day": {"$lte": filters.until.toordinal()}})
    return {"$and": parts} if len(parts) > 1 else next(iter(parts), None)
