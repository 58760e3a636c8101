"""Articles and passages as rows of the catalogue and back, and filters as SQL."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from index.types import Article, DroppedLine, Passage, Published

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from index.types import Filters


def article_row(article: Article, digest: str) -> tuple[object, ...]:
    """The article as the columns of its table, in their order."""
    published = article.published
    return (
        article.id,
        article.source,
        digest,
        article.text,
        article.language,
        article.title,
        article.title_derived,
        published.iso() if published else None,
        published.day.toordinal() if published else None,
        published.utc_seconds() if published else None,
        article.author,
        article.outlet,
        article.outlet.casefold() if article.outlet else None,
        article.url,
        json.dumps([asdict(line) for line in article.dropped], ensure_ascii=False),
    )


def read_article(row: sqlite3.Row) -> Article:
    """The article that a row holds."""
    return Article(
        id=row["id"],
        source=row["source"],
        text=row["text"],
        language=row["language"],
        title=row["title"],
        title_derived=bool(row["title_derived"]),
        published=Published.from_iso(row["published"]) if row["published"] else None,
        author=row["author"],
        outlet=row["outlet"],
        url=row["url"],
        dropped=tuple(DroppedLine(**line) for line in json.loads(row["dropped"])),
    )


def read_passage(row: sqlite3.Row) -> Passage:
    """The passage that a row holds."""
    return Passage(row["id"], row["article_id"], row["start"], row["end"], row["language"], row["text"])


def filter_clause(filters: Filters) -> tuple[str, list[object]]:
    """The filters as SQL to be and-ed on, with its values."""
    clauses: list[str] = []
    values: list[object] = []
    for column, wanted in (
        ("article.language", filters.languages),
        ("article.outlet_key", tuple(outlet.casefold() for outlet in filters.outlets)),
    ):
        if wanted:
            clauses.append(f"AND {column} IN ({marks(wanted)})")
            values.extend(wanted)
    for comparison, day in ((">=", filters.since), ("<=", filters.until)):
        if day is not None:
            clauses.append(f"AND article.published_day {comparison} ?")
            values.append(day.toordinal())
    return " ".join(clauses), values


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
