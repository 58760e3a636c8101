"""Reranking: what is read, what moves, what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from index.rerank import rerank
from index.types import Article, Hit, Passage
from tests.fakes import LengthReranker

if TYPE_CHECKING:
    from collections.abc import Sequence


def _hits(texts: Sequence[str]) -> list[Hit]:
    """A hit a text, in falling order of score."""
    return [_hit(text, str(place), 1 - place / 100) for place, text in enumerate(texts)]


def _hit(text: str, name: str, score: float) -> Hit:
    article = Article(f"a{name}", f"{name}.txt", text, "en", "Mine closed")
    return Hit(Passage(f"p{name}", article.id, 0, len(text), "en", text), article, score)


def test_best_rated_comes_first() -> None:
    """Greater ratings go before smaller ones, whatever retrieval thought."""
    hits = rerank(LengthReranker(), "Why?", _hits(["longest text", "long text", "text"]), 3)
    assert [hit.passage.text for hit in hits] == ["text", "long text", "longest text"]


def test_the_rest_stays_behind() -> None:
    """Hits beyond the candidates are not read and keep their places."""
    reranker = LengthReranker()
    hits = rerank(reranker, "Why?", _hits(["longer", "long", "a", "b"]), 2)
    assert [hit.passage.id for hit in hits] == ["p1", "p0", "p2", "p3"]
    assert reranker.asked == [("Why?", ("Mine closed\nlonger", "Mine closed\nlong"))]


def test_equals_keep_their_order() -> None:
    """A reranker that cannot tell hits apart changes nothing."""
    hits = _hits(["one", "two", "six"])
    assert rerank(LengthReranker(), "Why?", hits, 3) == hits


def test_nothing_found_is_not_rated() -> None:
    """Without hits the model is not asked."""
    reranker = LengthReranker()
    assert rerank(reranker, "Why?", [], 20) == []
    assert reranker.asked == []


@given(st.lists(st.text(max_size=9), max_size=12), st.integers(1, 15))
def test_no_hit_is_lost_and_scores_fall(texts: list[str], candidates: int) -> None:
    """Any hits come out once each, passage with article, and the list of scores is the one that went in."""
    hits = _hits(texts)
    moved = rerank(LengthReranker(), "?", hits, candidates)
    assert [hit.score for hit in moved] == [hit.score for hit in hits]
    assert {(hit.passage, hit.article) for hit in moved} == {(hit.passage, hit.article) for hit in hits}
    assert len(moved) == len(hits)
