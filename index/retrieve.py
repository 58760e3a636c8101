"""A query to ranked hits: candidates of each article language, scored by meaning and words, made comparable, reranked.

Candidates come from the nearest passages in Chroma and from full-text search over lemmas and name keys, for each
language by itself. A candidate's score is a sum, of weights learnt on the development data (weights.toml):

- how near its best window comes to the question, and how near the passage as a whole does (cosines);
- BM25, as a share of what the rarest word could give, so that it weighs the same in a small index and a large one.

Sums keep what ranks lose: how much better the first is than the second. Measured against reciprocal rank fusion of the
same two rankings (Cormack et al., SIGIR 2009), recall@1 on the development data: en .949 to .970, ru .906 to .955, uk
.643 to .714; Bruch, Gai and Ingber ("An Analysis of Fusion Functions for Hybrid Retrieval", 2023) find the same.

What lifts a whole language is then taken off: from every score, 0.75 of the mean of that language's ten best. With the
encoder's own correction (adapters/language_neutral.py) English questions reach the right Russian article among five
for 0.91 instead of 0.55, and questions on articles in their own language lose nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING

from index.language import search_words
from index.rerank import rerank
from index.types import Hit, WindowMatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.ports import Catalogue, Embedder, Reranker, Vectors, VectorStore, Windows
    from index.types import Language, Query
    from index.weights import RetrievalWeights

import os

PAIRS = os.environ.get("PAIRS", "1") == "1"
_TINY = 1e-12
_MOST_WORDS = 64
"""Words of a query that are searched: an article pasted as a question must not become a thousand searches."""
_LEVEL_SHARE, _LEVEL_BEST = 0.75, 10
_DEEPER = 4
"""Words are searched this many times deeper than vectors, so that a candidate found by meaning has its BM25, too."""
_RECENT, _HALF_LIFE = 0.1, 7.0
"""What being new is worth where the latest is asked for, in units of cosine, and the days in which it halves."""


@dataclass(frozen=True, slots=True)
class Reranking:
    """A model that reads question and passage together, and how many of the best hits it puts in order."""

    model: Reranker
    candidates: int


@dataclass(frozen=True, slots=True)
class _Match:
    """How a candidate fits: before languages are levelled and after; where its windows begin, their similarities."""

    relevance: float
    starts: tuple[int, ...]
    similarities: Vectors
    score: float = 0.0

    def windows(self) -> tuple[WindowMatch, ...]:
        """The similarity of each window."""
        return tuple(map(WindowMatch, self.starts, self.similarities.tolist()))


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages. ``candidates`` are taken from each kind of search in each language before they are scored."""

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue
    candidates: int
    weights: RetrievalWeights
    reranking: Reranking | None = None

    def retrieve(self, query: Query, limit: int) -> list[Hit]:
        """At most ``limit`` hits, best first; none for a query without words or where nothing passes the filters."""
        if not has_words(query.text):
            return []
        vector = self.embedder.embed_queries([query.text])[0]
        rarest = math.log(self.catalogue.passage_count() + 1)
        matches: dict[str, _Match] = {}
        for language in query.filters.languages or self.catalogue.languages():
            matches.update(self._search_language(query, vector, language, rarest))
        best = self._best(matches, query, limit)
        if self.reranking:
            best = rerank(self.reranking.model, query.text, best, self.reranking.candidates)
        if query.latest:
            best = sorted(prefer_recent(best), key=lambda hit: -hit.score)
        return best[:limit]

    def _best(self, matches: Mapping[str, _Match], query: Query, limit: int) -> list[Hit]:
        """The matches with their passages, best first: as many as can become hits, and no more are read."""
        most = max(limit, self.reranking.candidates if self.reranking else 0)
        ranked = sorted(matches, key=lambda passage_id: -matches[passage_id].score)
        found = self.catalogue.passages(ranked if query.latest else ranked[:most])
        pairs = [(*each, matches[each[0].id]) for each in found]
        return [Hit(passage, article, fit.score, fit.relevance, fit.windows()) for passage, article, fit in pairs]

    def _search_language(self, query: Query, vector: Vectors, language: Language, rarest: float) -> dict[str, _Match]:
        """Passages in one language with scores that can be compared with those of other languages.

        ``rarest`` is the BM25 that the rarest word could give.
        """
        filters = replace(query.filters, languages=(language,))
        words = search_words(query.text, language)[:_MOST_WORDS]
        dense = [passage_id for passage_id, _ in self.vectors.search(vector, self.candidates, filters)]
        found = self.catalogue.search(words, _DEEPER * self.candidates, filters)
        lexical = {passage_id: score / rarest for passage_id, score in found}
        wanted = list(dict.fromkeys([*dense, *list(lexical)[: self.candidates]]))
        matches = self._matches(vector, self.catalogue.windows(wanted), lexical)
        levelled = level({passage_id: match.relevance for passage_id, match in matches.items()})
        return {passage_id: replace(match, score=levelled[passage_id]) for passage_id, match in matches.items()}

    def _matches(
        self, vector: Vectors, windows: Mapping[str, Windows], lexical: Mapping[str, float]
    ) -> dict[str, _Match]:
        if not windows:
            return {}
        weights, found = self.weights, cosines(vector, list(windows.values()))
        return {
            passage_id: _Match(
                weights.window * nearest + weights.passage * whole + weights.lexical * lexical.get(passage_id, 0.0),
                window.starts,
                similarities,
            )
            for (passage_id, window), (nearest, whole, similarities) in zip(windows.items(), found, strict=True)
        }


def cosines(vector: Vectors, passages: Sequence[Windows]) -> Iterator[tuple[float, float, Vectors]]:
    """For each passage the cosines of the question: the nearest window's, the whole passage's, and each window's.

    The whole passage's vector is the direction that its windows share. All passages are reckoned with at once.
    """
    import numpy as np

    vectors = np.concatenate([each.vectors for each in passages])
    counts = np.array([len(each.starts) for each in passages])
    begins = np.cumsum(counts) - counts
    similarities = vectors @ vector
    nearest = np.maximum.reduceat(similarities, begins)
    lengths = np.linalg.norm(np.add.reduceat(vectors, begins), axis=1)
    wholes = np.add.reduceat(similarities, begins) / np.maximum(lengths, _TINY)
    yield from zip(nearest.tolist(), wholes.tolist(), np.split(similarities, begins[1:]), strict=True)


def has_words(text: str) -> bool:
    """Whether there is anything to search for: a letter or a digit."""
    return any(character.isalnum() for character in text)


def level(scores: Mapping[str, float]) -> dict[str, float]:
    """The scores of one language less most of what lifts them all, so that languages can be merged."""
    best = sorted(scores.values(), reverse=True)[:_LEVEL_BEST]
    lift = _LEVEL_SHARE * fmean(best) if best else 0.0
    return {passage_id: score - lift for passage_id, score in scores.items()}


def prefer_recent(hits: Sequence[Hit]) -> list[Hit]:
    """The hits with a bonus for being new, counted from the newest of them: an archive may have ended long ago."""
    days = [hit.article.published.day for hit in hits if hit.article.published]
    return [replace(hit, score=hit.score + _bonus(hit, max(days).toordinal())) for hit in hits] if days else list(hits)


def _bonus(hit: Hit, newest: int) -> float:
    published = hit.article.published
    return _RECENT * 0.5 ** ((newest - published.day.toordinal()) / _HALF_LIFE) if published else 0.0
