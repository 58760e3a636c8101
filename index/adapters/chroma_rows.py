"""Passages as Chroma holds them, and filters as Chroma reads them; languages are told by the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.types import Article, Filters, Passage

Metadata = dict[str, str | int]


def metadata(passage: Passage, article: Article) -> Metadata:
    """What filters need to know of a passage."""
    published = article.published
    return {
        "article_id": passage.article_id,
        "outlet": (article.outlet or "").casefold(),
        # Unknown dates stand before every window, so that they never pass a filter from below.
        "published_day": published.day.toordinal() if published else -1,
        "published": published.utc_seconds() if published else -1,
    }


def where(filters: Filters) -> dict[str, Any] | None:
    """The restrictions but for languages as Chroma writes them; None where there are none."""
    parts: list[dict[str, Any]] = []
    if filters.outlets:
        parts.append({"outlet": {"$in": [outlet.casefold() for outlet in filters.outlets]}})
    if filters.since or filters.until:
        parts.append({"published_day": {"$gte": filters.since.toordinal() if filters.since else 0}})
    if filters.until:
        parts.append({"published_day": {"$lte": filters.until.toordinal()}})
    return {"$and": parts} if len(parts) > 1 else next(iter(parts), None)
