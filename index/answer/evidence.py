"""Which sentences of the passages found speak to the question, and how surely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language import lemmas, sentence_spans
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ports import Embedder
    from index.types import Article, Hit, Query

_MOST_PASSAGES = 5
_MOST_SENTENCES = 60
"""Sentences weighed at the most: some 5 ms each on one core."""
_FEWEST_WORDS = 4
"""A shorter line ("Details:") is a label rather than a statement."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article, weighed against a question.

    ``similarity`` is the cosine of sentence and question; ``coverage`` the share of the question's lemmas that the
    sentence holds, ``context`` the share that its passage holds, both in [0, 1].
    """

    article: Article
    span: Span
    words: frozenset[str]
    similarity: float
    coverage: float
    context: float
    rank: int

    @property
    def score(self) -> float:
        """How well the sentence answers; comparable within one question."""
        return self.similarity + 0.1 * self.coverage + 0.05 * self.context - 0.01 * self.rank


def weigh(query: Query, hits: Sequence[Hit], embedder: Embedder) -> list[Evidence]:
    """The sentences of the best hits with their weights, best first."""
    found = [
        (rank, hit, Span(hit.passage.start + span.start, hit.passage.start + span.end))
        for rank, hit in enumerate(hits[:_MOST_PASSAGES])
        for span in sentence_spans(hit.passage.text, hit.passage.language)
    ]
    statements = [each for each in found if len(_text(each[1], each[2]).split()) >= _FEWEST_WORDS][:_MOST_SENTENCES]
    if not statements:
        return []
    vectors = embedder.embed_passages([_text(hit, span) for _, hit, span in statements])
    similarities = vectors @ embedder.embed_queries([query.text])[0]
    weighed = [
        _weigh_one(query, hit, span, float(similarity), rank)
        for (rank, hit, span), similarity in zip(statements, similarities, strict=True)
    ]
    return sorted(weighed, key=lambda each: -each.score)


def confidence(best: Evidence) -> float:
    """How surely the best sentence's passage answers the question, in [0, 1]."""
    return 1 / (1 + math.exp(-(40 * (best.similarity - 0.85) + 4 * (best.context - 0.5))))


def _weigh_one(query: Query, hit: Hit, span: Span, similarity: float, rank: int) -> Evidence:
    language = hit.passage.language
    asked = set(lemmas(query.text, language))
    words = frozenset(lemmas(_text(hit, span), language))
    around = {*lemmas(hit.passage.text, language), *lemmas(hit.article.title, language)}
    return Evidence(
        article=hit.article,
        span=span,
        words=words,
        similarity=similarity,
        coverage=len(asked & words) / max(len(asked), 1),
        context=len(asked & around) / max(len(asked), 1),
        rank=rank,
    )


def _text(hit: Hit, span: Span) -> str:
    return hit.article.text[span.start : span.end]
