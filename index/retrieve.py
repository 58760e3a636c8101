"""A query to ranked hits: dense and lexical candidates per article language, joined by reciprocal rank fusion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.language import lemmas
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.ports import Catalogue, Embedder, VectorStore, Vectors
    from index.types import Language, Query

_MOST_LEMMAS = 64
"""Lemmas of a query that are searched: an article pasted as a question must not become a thousand searches."""


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages. ``candidates`` are taken from each kind of search in each language before they are fused."""

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue
    candidates: int
    rrf_k: int

    def retrieve(self, query: Query, limit: int) -> list[Hit]:
        """At most ``limit`` hits, best first; none for an empty query or where nothing passes the filters."""
        if not query.text.strip():
            return []
        vector = self.embedder.embed_queries([query.text])[0]
        languages = query.filters.languages or self.catalogue.languages()
        scores: dict[str, float] = {}
        for language in languages:
            scores.update(self._search_language(query, vector, language))
        ranked = sorted(scores, key=lambda passage_id: -scores[passage_id])[:limit]
        found = self.catalogue.passages(ranked)
        return [Hit(passage, article, scores[passage.id]) for passage, article in found]

    def _search_language(self, query: Query, vector: Vectors, language: Language) -> dict[str, float]:
        """Passages in one language with their fused scores."""
        filters = replace(query.filters, languages=(language,))
        dense = self.vectors.search(vector, self.candidates, filters)
        words = lemmas(query.text, language)[:_MOST_LEMMAS]
        lexical = self.catalogue.search(words, self.candidates, filters)
        rankings = [[passage_id for passage_id, _ in ranking] for ranking in (dense, lexical)]
        return fuse([ranking for ranking in rankings if ranking], self.rrf_k)


def fuse(rankings: Sequence[Iterable[str]], k: int) -> dict[str, float]:
    """Reciprocal rank fusion: the mean over rankings of 1 / (k + rank), ranks from 1.

    The mean, not the sum, so that a language without lexical matches is not ranked below one that has some.
    Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
    Methods", SIGIR 2009.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1 / (k + rank) / len(rankings)
    return scores
