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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from statistics import fmean
from typing import TYPE_CHECKING

from index.language import search_words
from index.rerank import rerank
from index.types import Hit, WindowMatch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from index.ports import Catalogue, Embedder, Reranker, Vectors, VectorStore, WindowStack
    from index.types import Filters, Query
    from index.weights import RetrievalWeights

_TINY = 1e-12
_MOST_WORDS = 64
"""Words of a query that are searched: an article pasted as a question must not become a thousand searches."""
_LEVEL_SHARE, _LEVEL_BEST = 0.75, 10
_DEEPER = 4
"""Words are searched this many times deeper than vectors, so that a candidate found by meaning has its BM25, too."""
_AT_ONCE = 4
"""Searches that run beside each other: one for each language that articles may have."""
_RECENT, _HALF_LIFE = 0.1, 7.0
"""What being new is worth where the latest is asked for, in units of cosine, and the days in which it halves."""


@dataclass(frozen=True, slots=True)
class Reranking:
    """A model that reads question and passage together, and how many of the best hits it puts in order."""

    model: Reranker
    candidates: int


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What the searches of one language found: passage ids, and the share of the possible BM25 of each that has any."""

    ids: Sequence[str]
    lexical: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Fit:
    """How candidates fit a question, by passage id before languages are levelled and after, and window by window."""

    relevance: Mapping[str, float]
    score: Mapping[str, float]
    stack: WindowStack
    similarities: Vectors

    def windows(self, passage_id: str) -> tuple[WindowMatch, ...]:
        """The similarity of each window of one of them."""
        place = self.stack.ids.index(passage_id)
        end = int(self.stack.counts[: place + 1].sum())
        own = slice(end - int(self.stack.counts[place]), end)
        return tuple(map(WindowMatch, self.stack.starts[own].tolist(), self.similarities[own].tolist()))


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages. ``candidates`` are taken from each kind of search in each language before they are scored."""

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue
    candidates: int
    weights: RetrievalWeights
    reranking: Reranking | None = None
    searches: Executor = field(default_factory=partial(ThreadPoolExecutor, _AT_ONCE, "search"))

    def retrieve(self, query: Query, limit: int) -> list[Hit]:
        """At most ``limit`` hits, best first; none for a query without words or where nothing passes the filters."""
        if not has_words(query.text):
            return []
        vector, candidates = self._search(query)
        stack = self.catalogue.stacked_windows([each for found in candidates for each in found.ids])
        best = self._best(self._fit(vector, candidates, stack), query, limit) if stack.ids else []
        if self.reranking:
            best = rerank(self.reranking.model, query.text, best, self.reranking.candidates)
        if query.latest:
            best = sorted(prefer_recent(best), key=lambda hit: -hit.score)
        return best[:limit]

    def _search(self, query: Query) -> tuple[Vectors, list[_Candidates]]:
        """The question's vector, and what was found in each language; words are searched while it is embedded."""
        languages = query.filters.languages or self.catalogue.languages()
        within = [replace(query.filters, languages=(language,)) for language in languages]
        rarest = math.log(self.catalogue.passage_count() + 1)
        lexical = self.searches.map(partial(self._by_words, query.text, rarest), within)
        vector = self.embedder.embed_queries([query.text])[0]
        dense = self.searches.map(partial(self._by_meaning, vector), within)
        return vector, [self._candidates(*found) for found in zip(dense, lexical, strict=True)]

    def _by_words(self, text: str, rarest: float, filters: Filters) -> dict[str, float]:
        """Passages of one language, best first, with BM25 as a share of what the rarest word could give."""
        words = search_words(text, filters.languages[0])[:_MOST_WORDS]
        found = self.catalogue.search(words, _DEEPER * self.candidates, filters)
        return {passage_id: score / rarest for passage_id, score in found}

    def _by_meaning(self, vector: Vectors, filters: Filters) -> list[str]:
        return [passage_id for passage_id, _ in self.vectors.search(vector, self.candidates, filters)]

    def _candidates(self, dense: Sequence[str], lexical: Mapping[str, float]) -> _Candidates:
        return _Candidates(list(dict.fromkeys([*dense, *islice(lexical, self.candidates)])), lexical)

    def _fit(self, vector: Vectors, candidates: Sequence[_Candidates], stack: WindowStack) -> _Fit:
        """All candidates weighed at once; their scores can be compared between languages."""
        import numpy as np

        weights, (nearest, wholes, similarities) = self.weights, cosines(vector, stack)
        lexical = {passage_id: share for found in candidates for passage_id, share in found.lexical.items()}
        shares = np.array([lexical.get(passage_id, 0.0) for passage_id in stack.ids])
        sums = weights.window * nearest + weights.passage * wholes + weights.lexical * shares
        relevance = dict(zip(stack.ids, sums.tolist(), strict=True))
        score: dict[str, float] = {}
        for found in candidates:
            score |= level({passage_id: relevance[passage_id] for passage_id in found.ids if passage_id in relevance})
        return _Fit(relevance, score, stack, similarities)

    def _best(self, fit: _Fit, query: Query, limit: int) -> list[Hit]:
        """The candidates with their passages, best first: as many as can become hits, and no more are read."""
        most = max(limit, self.reranking.candidates if self.reranking else 0)
        ranked = sorted(fit.score, key=lambda passage_id: -fit.score[passage_id])
        found = self.catalogue.passages(ranked if query.latest else ranked[:most])
        return [
            Hit(passage, article, fit.score[passage.id], fit.relevance[passage.id], fit.windows(passage.id))
            for passage, article in found
        ]


def cosines(vector: Vectors, stack: WindowStack) -> tuple[Vectors, Vectors, Vectors]:
    """The cosines of the question with each passage's nearest window, with each passage as a whole, with each window.

    The whole passage's vector is the direction that its windows share.
    """
    import numpy as np

    ends = np.cumsum(stack.counts)
    begins = ends - stack.counts
    similarities = stack.vectors @ vector
    nearest = np.maximum.reduceat(similarities, begins)
    # np.add.reduceat over rows takes four times as long as one sum after the other.
    totals = [np.add.reduce(stack.vectors[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    lengths = np.sqrt(np.array([total @ total for total in totals], np.float32))
    wholes = np.add.reduceat(similarities, begins) / np.maximum(lengths, np.float32(_TINY))
    return nearest, wholes.astype(np.float32), similarities


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
