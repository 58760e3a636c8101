"""Baseline: BM25 on words, as the library bm25s does it by default. The extra ``eval``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bm25s
import numpy as np

from index.adapters.baseline_text import whole_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article, Language

_MOST = 50


class WordSearch:
    """The Baseline port: whole articles, title first, ranked by the words they share with the question.

    Words as they stand, in lower case: no lemmas, English stop words left out; Lucene's BM25 with k1 = 1.5, b = 0.75.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._ids = [article.id for article in articles]
        self._languages = np.array([article.language for article in articles])
        self._index = bm25s.BM25()
        self._index.index(_words([whole_text(article) for article in articles]), show_progress=False)

    def search(self, question: str, languages: Sequence[Language]) -> list[str]:
        """At most 50 articles that share a word with the question, best first."""
        words = _words([question])[0]
        if not words:
            return []
        scores = self._index.get_scores(words)
        if languages:
            scores = np.where(np.isin(self._languages, languages), scores, 0)
        best = np.argsort(-scores, kind="stable")[:_MOST]
        return [self._ids[place] for place in best if scores[place] > 0]


def _words(texts: list[str]) -> list[list[str]]:
    found: list[list[str]] = bm25s.tokenize(texts, return_ids=False, show_progress=False)
    return found
