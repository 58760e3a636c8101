"""Baseline: LlamaIndex as its own starter example has it, with our embedding model in place of a paid one.

Its sentence splitter (1,024 tokens, 200 of them shared with the next chunk), its index in memory, its retriever. Only
the number of chunks retrieved departs from the default of 2, from which no ranking of documents could be had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

from index.adapters.baseline_text import whole_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ports import Embedder
    from index.types import Article, Language

_CHUNKS = 50
_BATCH = 256
"""Texts handed to the embedder at once; its result does not depend on it."""


class LlamaIndexDefault:
    """The Baseline port over a VectorStoreIndex."""

    def __init__(self, articles: Sequence[Article], embedder: Embedder) -> None:
        self._index = VectorStoreIndex.from_documents(
            [_document(article) for article in articles],
            embed_model=_OurEmbedding(embedder),
            transformations=[SentenceSplitter()],
        )

    def search(self, question: str, languages: Sequence[Language]) -> list[str]:
        """The articles of the 50 nearest chunks, best first."""
        retriever = self._index.as_retriever(similarity_top_k=_CHUNKS, filters=_filters(languages))
        return [str(found.node.ref_doc_id) for found in retriever.retrieve(question)]


class _OurEmbedding(BaseEmbedding):
    """An Embedder as LlamaIndex wants it."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.fingerprint, embed_batch_size=_BATCH)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return cast("list[float]", self._embedder.embed_queries([query])[0].tolist())

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return cast("list[list[float]]", self._embedder.embed_passages(texts).tolist())


def _document(article: Article) -> Document:
    """The article as one file of text; its language serves to filter and is embedded with nothing."""
    return Document(
        id_=article.id,
        text=whole_text(article),
        metadata={"language": article.language},
        excluded_embed_metadata_keys=["language"],
        excluded_llm_metadata_keys=["language"],
    )


def _filters(languages: Sequence[Language]) -> MetadataFilters | None:
    if not languages:
        return None
    wanted = [str(language) for language in languages]
    return MetadataFilters(filters=[MetadataFilter(key="language", operator=FilterOperator.IN, value=wanted)])
