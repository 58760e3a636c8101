"""The vectors of one index as Chroma collections, written through LlamaIndex's vector store and searched directly.

Chroma never embeds anything itself and holds no text: nodes carry vectors made by our embedder and the metadata that
filters need. Texts live in the catalogue, from which the vectors can be rebuilt. Each article language has a
collection of its own: retrieval asks for them one by one, and among 10,000 passages a search that Chroma has to filter
takes twenty times as long as one that it has not.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, get_args

import numpy as np

from index.adapters.chroma_rows import metadata, where
from index.adapters.deferred import defer_initialisation

for _package in ("llama_index.core", "llama_index.core.indices", "llama_index.core.vector_stores"):
    defer_initialisation(_package)

from llama_index.core.schema import TextNode  # noqa: E402 - after the deferral above
from llama_index.vector_stores.chroma import ChromaVectorStore  # noqa: E402 - after the deferral above

from index.types import Language  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.types import QueryResult

    from index.errors import StoreError
    from index.ports import Vectors
    from index.types import Article, Filters, Passage

    _Found = TypeVar("_Found")

CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 400, "max_neighbors": 24, "ef_search": 400}
}
"""Measured among 51,450 passages: of the ten nearest by exact search, 0.994 are found. With what Chroma has by default
(100, 16 and 100) it is 0.76; a search takes 3 ms instead of 1.5, storing a passage 0.8 ms, where embedding takes 200.
"""
_LONGEST = 200
"""Characters of a foreign complaint that are repeated."""
_SAME = 0.999999
"""Cosine from which two vectors are one: what was rounded to half precision lies within 0.0000001 of 1."""


class CollectionVectors(ABC):
    """The VectorStore port over Chroma collections, one for each article language, wherever Chroma runs."""

    _client: ClientAPI
    _collections: dict[Language, Collection]
    failures: ClassVar[tuple[type[Exception], ...]]
    """What Chroma may raise there."""
    batch: ClassVar[int]
    """Vectors written at once."""
    before_change: Callable[[str], None] | None = None
    """Told the collections' id before each change, which it may forbid by raising StoreError."""

    @property
    def collection_id(self) -> str:
        """What Chroma named the collections when they were made: no others have this id, in no folder and no server."""
        return "+".join(str(each.id) for each in self._collections.values())

    @staticmethod
    def _collections_in(client: ClientAPI, name: str, *, make: bool) -> dict[Language, Collection]:
        """The collections of an index by this name. Raises NotFoundError where one is missing and not to be made."""
        opened = (
            partial(client.get_or_create_collection, configuration=CONFIGURATION) if make else client.get_collection
        )
        return {language: opened(each, embedding_function=None) for language, each in collection_names(name).items()}

    def _require_cosine(self) -> None:
        """Raises StoreError where a collection compares vectors in another way than ours: it was not made by us."""
        for collection in self._collections.values():
            # Chroma's distributed deployment has an index of another kind under another name.
            settings = collection.configuration_json
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
        self._changing()
        nodes: dict[Language, list[TextNode]] = {}
        for (passage, article), vector in zip(passages, vectors, strict=True):
            node = TextNode(id_=passage.id, text="", embedding=vector.tolist(), metadata=metadata(passage, article))
            nodes.setdefault(passage.language, []).append(node)
        for language, each in nodes.items():
            for start in range(0, len(each), self.batch):
                self._tried(partial(self._replace, language, each[start : start + self.batch]))
        self._written()

    def _replace(self, language: Language, nodes: list[TextNode]) -> None:
        ids = [node.node_id for node in nodes]
        for other, collection in self._collections.items():
            # A passage that was taken to be in another language before.
            if other != language and collection.get(ids=ids, include=[])["ids"]:
                collection.delete(ids=ids)
        ChromaVectorStore(chroma_collection=_Replacing(self._collections[language])).add(list(nodes))

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        self._changing()
        for start in range(0, len(passage_ids), self.batch):
            self._tried(partial(self._forget, list(passage_ids[start : start + self.batch])))
        self._written()

    def _forget(self, ids: list[str]) -> None:
        for collection in self._collections.values():
            ChromaVectorStore(chroma_collection=collection).delete_nodes(ids)

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[str, float]]:
        """The nearest passage ids with their cosine similarity, best first. ``vector`` has shape (dimension,)."""
        self._before_search()
        languages = filters.languages or tuple(self._collections)
        results = [self._tried(partial(self._query, each, vector, limit, filters)) for each in languages]
        found = [
            (passage_id, 1 - float(distance))
            for result in results
            for passage_id, distance in zip(result["ids"][0], (result["distances"] or [[]])[0], strict=True)
        ]
        return sorted(found, key=lambda each: -each[1])[:limit]

    def _query(self, language: Language, vector: Vectors, limit: int, filters: Filters) -> QueryResult:
        # Asked directly: LlamaIndex reads every hit's text and metadata to rebuild nodes, 10 ms a search instead of 2.
        return self._collections[language].query(
            query_embeddings=[vector.tolist()], n_results=limit, where=where(filters), include=["distances"]
        )

    def count(self) -> int:
        """How many vectors are stored."""
        return self._tried(self._counted)

    def _counted(self) -> int:
        return sum(int(each.count()) for each in self._collections.values())

    def ids(self) -> set[str]:
        """The ids of all passages that have a vector."""
        return set(
            self._tried(lambda: [name for each in self._collections.values() for name in each.get(include=[])["ids"]])
        )

    def stale(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> set[str]:
        """The ids of those of the passages that are not stored just so: with these vectors, found by these filters."""
        stored = self._tried(partial(self._stored, [passage for passage, _ in passages]))
        current = {
            passage.id
            for (passage, article), vector in zip(passages, vectors, strict=True)
            if passage.id in stored
            and metadata(passage, article).items() <= stored[passage.id][1].items()
            and _is_same(stored[passage.id][0], vector)
        }
        return {passage.id for passage, _ in passages} - current

    def _stored(self, passages: Sequence[Passage]) -> dict[str, tuple[Vectors, Mapping[str, object]]]:
        """The vectors and metadata that the passages' own collections hold under their ids."""
        stored: dict[str, tuple[Vectors, Mapping[str, object]]] = {}
        for language, collection in self._collections.items():
            ids = [passage.id for passage in passages if passage.language == language]
            found = collection.get(ids=ids, include=["embeddings", "metadatas"]) if ids else None
            if found is not None and found["embeddings"] is not None and found["metadatas"] is not None:
                rows = zip(found["embeddings"], found["metadatas"], strict=True)
                stored.update(zip(found["ids"], rows, strict=True))
        return stored

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


def collection_names(name: str) -> dict[Language, str]:
    """What the collections of an index by this name are called."""
    return {language: f"{name}-{language}" for language in get_args(Language)}


def shortened(error: Exception) -> str:
    """A foreign error on one line, cut where it is long."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__


def _is_same(stored: Vectors, vector: Vectors) -> bool:
    return len(stored) == len(vector) and bool(np.dot(stored, vector) > _SAME)
