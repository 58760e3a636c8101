"""Which articles are copies of which: their signatures, and the article that stands for a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from index.adapters.catalogue_file import CatalogueFile


def signatures(file: CatalogueFile) -> Mapping[str, tuple[int | None, str | None]]:
    """For each article id, its signature and the id of the article whose copy it is; first stored first."""
    rows = file.rows("SELECT id, signature, story FROM article ORDER BY first_stored, id")
    return {row["id"]: (row["signature"], row["story"]) for row in rows}


def set_signature(connection: sqlite3.Connection, article_id: str, signature: int) -> None:
    """Note an article's signature."""
    connection.execute("UPDATE article SET signature = ? WHERE id = ?", (signature, article_id))


def set_story(connection: sqlite3.Connection, article_id: str, story: str | None) -> None:
    """Note of which article this one is a copy."""
    connection.execute("UPDATE article SET story = ? WHERE id = ?", (story, article_id))


def forget(connection: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Let the first of its copies stand for the story of each article that is removed."""
    removed = set(article_ids)
    for article_id in article_ids:
        rows = connection.execute("SELECT id FROM article WHERE story = ? ORDER BY first_stored, id", (article_id,))
        copies = [row["id"] for row in rows if row["id"] not in removed]
        for copy in copies:
            set_story(connection, copy, None if copy == copies[0] else copies[0])
