"""How articles leave the catalogue: replaced, removed, or older than is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.adapters import catalogue_copies, catalogue_history

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date

    from index.adapters.catalogue_file import CatalogueFile

_REMEMBER = "INSERT OR REPLACE INTO expired SELECT id, first_stored FROM article WHERE id = ? AND published_day IS NULL"


def remove(connection: sqlite3.Connection, article_ids: Sequence[str]) -> int:
    """Delete articles with all that hangs on them; returns how many there were."""
    catalogue_history.forget(connection, article_ids)
    catalogue_copies.forget(connection, article_ids)
    return drop(connection, article_ids)


def expire(connection: sqlite3.Connection, article_ids: Sequence[str]) -> int:
    """Delete them as ``remove`` does, and remember those that tell no date themselves."""
    connection.executemany(_REMEMBER, [(each,) for each in article_ids])
    return remove(connection, article_ids)


def expired(file: CatalogueFile, before: date) -> set[str]:
    """The ids of undated articles that were removed by ``expire`` and first stored before that day."""
    rows = file.rows("SELECT article_id FROM expired WHERE first_stored < ?", (before.isoformat(),))
    return {row["article_id"] for row in rows}


def drop(connection: sqlite3.Connection, article_ids: Sequence[str]) -> int:
    """Delete articles and their passages, listing the passages as orphans; returns how many articles there were."""
    dropped = 0
    for article_id in article_ids:
        connection.execute("INSERT OR IGNORE INTO orphan SELECT id FROM passage WHERE article_id = ?", (article_id,))
        connection.execute(
            "DELETE FROM lemma WHERE rowid IN (SELECT number FROM passage WHERE article_id = ?)", (article_id,)
        )
        connection.execute("DELETE FROM passage WHERE article_id = ?", (article_id,))
        dropped += connection.execute("DELETE FROM article WHERE id = ?", (article_id,)).rowcount
    return dropped
