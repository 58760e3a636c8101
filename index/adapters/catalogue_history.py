"""What articles were before they changed: kept in the transaction that stores what they are now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from index.adapters.catalogue_rows import iso_or_none, read_published
from index.types import Revision

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from index.adapters.catalogue_file import CatalogueFile
    from index.types import Article, Language

_MOST = 20
"""Revisions kept of one article, the latest: a page that changes by the hour must not fill the disk."""

_KEEP = """
INSERT INTO revision (article_id, number, replaced, title, text, published, url, outlet, author, language)
SELECT id, 1 + coalesce((SELECT max(number) FROM revision WHERE article_id = article.id), 0), ?,
       title, text, published, url, outlet, author, language
FROM article WHERE id = ?
AND (title, text, published, url, outlet, author, language) IS NOT (?, ?, ?, ?, ?, ?, ?)
"""


def iso(moment: datetime | None) -> str:
    """The moment, or now, as the catalogue writes it: UTC and of one length, so that texts compare as times do."""
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def keep_former(connection: sqlite3.Connection, article: Article, at: str) -> str | None:
    """Keep what is stored under the article's id where it says something else than the article does.

    Returns when the article was first stored, None where it never was.
    """
    rows = connection.execute("SELECT first_stored FROM article WHERE id = ?", (article.id,)).fetchall()
    day = iso_or_none(article.published)
    said = (article.title, article.text, day, article.url, article.outlet, article.author, article.language)
    if connection.execute(_KEEP, (at, article.id, *said)).rowcount:
        oldest = "SELECT max(number) - ? FROM revision WHERE article_id = ?"
        connection.execute(
            f"DELETE FROM revision WHERE article_id = ? AND number <= ({oldest})",  # noqa: S608 - our own words
            (article.id, _MOST, article.id),
        )
    return rows[0]["first_stored"] if rows else None


def forget(connection: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Drop the revisions of articles that are removed."""
    connection.executemany("DELETE FROM revision WHERE article_id = ?", [(each,) for each in article_ids])


def history(file: CatalogueFile, article_id: str) -> list[Revision]:
    """What the article was before, the latest first."""
    rows = file.rows("SELECT * FROM revision WHERE article_id = ? ORDER BY number DESC", (article_id,))
    return [read_revision(row) for row in rows]


def changed_since(file: CatalogueFile, article_id: str, moment: datetime) -> bool:
    """Whether the article was changed or removed after that moment."""
    if not file.rows("SELECT 1 FROM article WHERE id = ?", (article_id,)):
        return True
    query = "SELECT 1 FROM revision WHERE article_id = ? AND replaced > ? LIMIT 1"
    return bool(file.rows(query, (article_id, iso(moment))))


def read_revision(row: sqlite3.Row) -> Revision:
    """The revision that a row holds."""
    return Revision(
        article_id=row["article_id"],
        number=row["number"],
        replaced=datetime.fromisoformat(row["replaced"]),
        title=row["title"],
        text=row["text"],
        published=read_published(row),
        url=row["url"],
        outlet=row["outlet"],
        author=row["author"],
        language=cast("Language", row["language"]),
    )
