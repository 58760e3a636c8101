"""Articles of a catalogue with all that is kept of them, out of it and back in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from index.adapters import catalogue_format
from index.adapters.catalogue_file import CatalogueFile
from index.adapters.catalogue_history import iso, read_revision
from index.adapters.catalogue_rows import iso_or_none, read_article
from index.types import StoredArticle

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.types import Revision

_REVISIONS = "SELECT * FROM revision WHERE article_id = ? ORDER BY number"
_COMPLETE = "UPDATE article SET first_stored = ?, stored = ? WHERE id = ?"
_PUT_REVISION = """
INSERT INTO revision (article_id, number, replaced, title, text, published, url, outlet, author, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class CatalogueRecords:
    """The Records port over a catalogue's file that has been opened as a catalogue before."""

    def __init__(self, path: Path) -> None:
        self._file = CatalogueFile(path)

    def every(self) -> Iterator[StoredArticle]:
        """All, in the order of ids, as they were when the first was asked for; one at a time in memory."""
        with self._file.snapshot() as connection:
            for row in connection.execute("SELECT * FROM article ORDER BY id"):
                yield _stored(row, connection.execute(_REVISIONS, (row["id"],)).fetchall())

    def stored(self, article_id: str) -> StoredArticle | None:
        """The article with this id, None where there is none."""
        with self._file.reading() as connection:
            row = connection.execute("SELECT * FROM article WHERE id = ?", (article_id,)).fetchone()
            return _stored(row, connection.execute(_REVISIONS, (article_id,)).fetchall()) if row else None

    def complete(self, articles: Sequence[StoredArticle]) -> None:
        """Set the times and revisions of articles that ``Catalogue.put`` has just stored; their stories stay open."""
        with self._file.transaction() as connection:
            connection.execute("BEGIN IMMEDIATE")
            catalogue_format.require_format(self._file, connection)
            for each in articles:
                connection.execute(_COMPLETE, (iso(each.first_stored), iso(each.stored), each.article.id))
                connection.execute("DELETE FROM revision WHERE article_id = ?", (each.article.id,))
                connection.executemany(_PUT_REVISION, [_revision_row(revision) for revision in each.revisions])


def _stored(row: sqlite3.Row, revisions: Sequence[sqlite3.Row]) -> StoredArticle:
    return StoredArticle(
        article=read_article(row),
        digest=row["digest"],
        first_stored=datetime.fromisoformat(row["first_stored"]),
        stored=datetime.fromisoformat(row["stored"]),
        signature=row["signature"],
        story=row["story"],
        revisions=tuple(read_revision(each) for each in revisions),
    )


def _revision_row(revision: Revision) -> tuple[object, ...]:
    return (
        revision.article_id,
        revision.number,
        iso(revision.replaced),
        revision.title,
        revision.text,
        iso_or_none(revision.published),
        revision.url,
        revision.outlet,
        revision.author,
        revision.language,
    )
