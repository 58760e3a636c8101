"""Which articles are copies of which: their signatures, and the article that stands for a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.adapters.catalogue_rows import read_article, rows_where

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from index.adapters.catalogue_file import CatalogueFile
    from index.types import Article


def signatures(file: CatalogueFile) -> Mapping[str, tuple[bytes | None, str | None]]:
    """For each article id, its signature and the id of the article whose copy it is; first stored first."""
    rows = file.rows("SELECT id, signature, story FROM article ORDER BY first_stored, id")
    return {row["id"]: (row["signature"], row["story"]) for row in rows}


def settle(connection: sqlite3.Connection, signatures: Mapping[str, bytes], stories: Mapping[str, str | None]) -> None:
    """Note signatures, and whose copies articles are."""
    for article_id, story in stories.items():
        set_story(connection, article_id, story)
    rows = [(signature, article_id) for article_id, signature in signatures.items()]
    connection.executemany("UPDATE article SET signature = ? WHERE id = ?", rows)


def set_story(connection: sqlite3.Connection, article_id: str, story: str | None) -> None:
    """Note of which article this one is a copy."""
    connection.execute("UPDATE article SET story = ? WHERE id = ?", (story, article_id))


def copies(file: CatalogueFile, article_ids: Sequence[str]) -> dict[str, list[Article]]:
    """For each of the articles that is of a story of several, the others of it, first stored first."""
    with file.reading() as connection:
        of = rows_where(connection, "id, story", "article", "id", article_ids)
        story = {row["id"]: row["story"] or row["id"] for row in of}
        firsts = sorted(set(story.values()))
        rows = [row for each in ("id", "story") for row in rows_where(connection, "*", "article", each, firsts)]
    told: dict[str, list[Article]] = {}
    for row in sorted(rows, key=lambda row: (row["first_stored"], row["id"])):
        told.setdefault(row["story"] or row["id"], []).append(read_article(row))
    others = {name: [each for each in told.get(first, []) if each.id != name] for name, first in story.items()}
    return {name: found for name, found in others.items() if found}


def unsettle(connection: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Have the stories of articles that are about to change or go looked at anew: without these they may fall apart."""
    rows = rows_where(connection, "id, story", "article", "id", article_ids)
    stories = {row["story"] or row["id"] for row in rows}
    unsigned = "UPDATE article SET signature = NULL WHERE id = :story OR story = :story"
    connection.executemany(unsigned, [{"story": each} for each in sorted(stories)])


def forget(connection: sqlite3.Connection, article_ids: Sequence[str]) -> None:
    """Let the first of its copies stand for the story of each article that is removed, until it is settled anew."""
    unsettle(connection, article_ids)
    removed = set(article_ids)
    for article_id in article_ids:
        rows = connection.execute("SELECT id FROM article WHERE story = ? ORDER BY first_stored, id", (article_id,))
        copies = [row["id"] for row in rows if row["id"] not in removed]
        for copy in copies:
            set_story(connection, copy, None if copy == copies[0] else copies[0])
