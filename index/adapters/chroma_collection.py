"""The vectors of one index as a Chroma collection, written through LlamaIndex's vector store and searched directly.

Chroma never embeds anything itself and holds no text: nodes carry vectors made by our embedder and the metadata that
filters need. Texts live in the catalogue, from which the vectors can be rebuilt.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

import numpy as np

from index.adapters.chroma_rows import metadata, where
from index.adapters.deferred import defer_initialisation

for _package in ("llama_index.core", "llama_index.core.indices", "llama_index.core.vector_stores"):
    defer_initialisation(_package)

from llama_index.core.schema import TextNode  # noqa: E402 - after the deferral above
from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: E402 - after the deferral above

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.types import QueryResult

    from index.errors import StoreError
    from index.ports import Vectors
    from index.types import Article, Filters, Passage

    _Found = TypeVar("_Found")

CONFIGURATION: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}
_LONGEST = 200
"""Characters of a foreign complaint that are repeated."""
_SAME = 0.999999
"""Cosine from which two vectors are one: what was rounded to half precision lies within 0.0000001 of 1."""


class CollectionVectors(ABC):
    """The VectorStore port over a Chroma collection, wherever Chroma runs."""

    _client: ClientAPI
    _collection: Collection
    failures: ClassVar[tuple[type[Exception], ...]]
    """What Chroma may raise there."""
    batch: ClassVar[int]
    """Vectors written at once."""
    before_change: Callable[[str], None] | None = None
    """Told the collection's id before each change, which it may forbid by raising StoreError."""

    @property
    def collection_id(self) -> str:
        """What Chroma named the collection when it was made: no other has this id, in no folder and no server."""
        return str(self._collection.id)

    @staticmethod
    def _collection_in(client: ClientAPI, name: str, *, make: bool) -> Collection:
        """The collection of this name. Raises NotFoundError where it is not there and not to be made."""
        if not make:
            return client.get_collection(name, embedding_function=None)
        return client.get_or_create_collection(name, configuration=CONFIGURATION, embedding_function=None)

    def _require_cosine(self) -> None:
        """Raises StoreError where the collection compares vectors in another way than ours: it was not made by us."""
        # Chroma's distributed deployment has an index of another kind under another name.
        settings = self._collection.configuration_json
        kind = settings.get("hnsw") or settings.get("spann") or {}
        if kind.get("space", "cosine") != "cosine":
            raise self._trouble(ValueError(f"its collection compares vectors by {kind['space']}, not by cosine"))

    @abstractmethod
    def _recover(self) -> None:
        """Called after a failure, before the one retry. Raises StoreError where trying again is no use."""

    @abstractmethod
    def _trouble(self, error: Exception) -> StoreError:
        """The failure in our words."""

    def _before_search(self) -> None:  # noqa: B027 - a server needs nothing done
        """Called before a search."""

    @abstractmethod
    def clear(self) -> None:
        """Forget all vectors."""

    def _changing(self) -> None:
        """Called before a change."""
        if self.before_change:
            self.before_change(self.collection_id)

    def _written(self) -> None:  # noqa: B027 - likewise
        """Called after a change."""

    def add(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> None:
        """Put a vector under each passage's id, replacing what was there."""
        nodes = [
            TextNode(id_=passage.id, text="", embedding=vector.tolist(), metadata=metadata(passage, article))
            for (passage, article), vector in zip(passages, vectors, strict=True)
        ]
        self._changing()
        for start in range(0, len(nodes), self.batch):
            self._tried(partial(self._replace, nodes[start : start + self.batch]))
        self._written()

    def _replace(self, nodes: list[TextNode]) -> None:
        ChromaVectorStore(chroma_collection=_Replacing(self._collection)).add(list(nodes))

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        self._changing()
        for start in range(0, len(passage_ids), self.batch):
            self._tried(partial(self._forget, list(passage_ids[start : start + self.batch])))
        self._written()

    def _forget(self, ids: list[str]) -> None:
        ChromaVectorStore(chroma_collection=self._collection).delete_nodes(ids)

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[str, float]]:
        """The nearest passage ids with their cosine similarity, best first. ``vector`` has shape (dimension,)."""
        self._before_search()
        result = self._tried(lambda: self._query(vector, limit, filters))
        similarities = [1 - float(distance) for distance in (result["distances"] or [[]])[0]]
        return list(zip(result["ids"][0], similarities, strict=True))

    def _query(self, vector: Vectors, limit: int, filters: Filters) -> QueryResult:
        # Asked directly: LlamaIndex reads every hit's text and metadata to rebuild nodes, 10 ms a search instead of 2.
        return self._collection.query(
            query_embeddings=[vector.tolist()], n_results=limit, where=where(filters), include=["distances"]
        )

    def count(self) -> int:
        """How many vectors are stored."""
        return self._tried(self._counted)

    def _counted(self) -> int:
        return int(self._collection.count())

    def ids(self) -> set[str]:
        """The ids of all passages that have a vector."""
        return set(self._tried(lambda: self._collection.get(include=[]))["ids"])

    def stale(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> set[str]:
        """The ids of those of the passages that are not stored just so: with these vectors, found by these filters."""
        ids = [passage.id for passage, _ in passages]
        found = self._tried(lambda: self._collection.get(ids=ids, include=["embeddings", "metadatas"]))
        embeddings, metadatas = found["embeddings"], found["metadatas"]
        assert embeddings is not None  # both were asked for
        assert metadatas is not None
        stored = dict(zip(found["ids"], zip(embeddings, metadatas, strict=True), strict=True))
        current = {
            passage.id
            for (passage, article), vector in zip(passages, vectors, strict=True)
            if passage.id in stored
            and metadata(passage, article).items() <= stored[passage.id][1].items()
            and _is_same(stored[passage.id][0], vector)
        }
        return set(ids) - current

    def _tried(self, call: Callable[[], _Found]) -> _Found:
        """What the call returns, if need be the second time: what is open may have been replaced. Raises StoreError."""
        try:
            return call()
        except self.failures:
            self._recover()
        try:
            return call()
        except self.failures as error:
            raise self._trouble(error) from error


class _Replacing:
    """A collection as LlamaIndex's store writes to it, where to add is to replace.

    Deleting first would lose the vector of a stored passage in a crash between the two.
    """

    def __init__(self, collection: Collection) -> None:
        self.add = collection.upsert


def shortened(error: Exception) -> str:
    """A foreign error on one line, cut where it is long."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__


def _is_same(stored: Vectors, vector: Vectors) -> bool:
    return len(stored) == len(vector) and bool(np.dot(stored, vector) > _SAME)
