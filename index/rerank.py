"""The best hits put in a better order by a model that reads question and passage together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ports import Reranker
    from index.types import Hit


def rerank(reranker: Reranker, question: str, hits: Sequence[Hit], candidates: int) -> list[Hit]:
    """The first ``candidates`` hits in the reranker's order, equals as they were, and the rest behind them unchanged.

    The reranker reads the article's title before the passage, which says what "he" and "the mine" are. Places keep
    their scores, hits move between them: the scores still fall from first to last, on retrieval's own scale.
    """
    head, rest = hits[:candidates], hits[candidates:]
    if not head:
        return []
    ratings = reranker.scores(question, [f"{hit.article.title}\n{hit.passage.text}" for hit in head])
    order = sorted(range(len(head)), key=lambda place: -ratings[place])
    moved = [replace(head[came], score=head[place].score) for place, came in enumerate(order)]
    return [*moved, *rest]
