"""Whether the catalogue's file is whole, and what of it can be made anew from the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from index.adapters import catalogue_format, catalogue_opening, catalogue_removal
from index.adapters.catalogue_file import CatalogueFile
from index.adapters.catalogue_rows import PASSAGE_COLUMNS, insert_words, read_article, read_passage, read_windows
from index.errors import StoreError
from index.types import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.types import Article, Passage

_UNWORDED = "SELECT number FROM passage WHERE number NOT IN (SELECT id FROM lemma_docsize)"
_STRAY_WORDS = "SELECT id FROM lemma_docsize WHERE id NOT IN (SELECT number FROM passage)"
_DANGLING = "SELECT DISTINCT article_id FROM passage WHERE article_id NOT IN (SELECT id FROM article)"
_PASSAGES = 'SELECT article_id, start, "end", text, windows FROM passage WHERE article_id = ?'
_WHOLE = f"SELECT number, {PASSAGE_COLUMNS} FROM passage WHERE number = ?"  # noqa: S608 - our own words


def damage(path: Path, *, quick: bool = False) -> str | None:
    """What SQLite says is wrong with a file, None where nothing is; ``quick`` leaves its indexes out."""
    check = "PRAGMA quick_check(1)" if quick else "PRAGMA integrity_check(1)"
    try:
        with closing(catalogue_opening.connect(path)) as connection:
            (found,) = connection.execute(check).fetchone()
    except sqlite3.Error as error:
        return str(error)
    return None if found == "ok" else str(found)


class CatalogueCheck:
    """Looks at a catalogue that SQLite can read, and mends it; the writer lock is held for mending."""

    def __init__(self, path: Path) -> None:
        self._file = CatalogueFile(path)
        self._place = str(path)

    def problems(self) -> list[Problem]:
        """What is wrong with what the tables say. Raises StoreError where they cannot be read."""
        torn, unreadable = self._unlike()
        counts = {
            "catalogue_dangling": len(self._file.rows(_DANGLING)),
            "words_missing": len(self._file.rows(_UNWORDED)) + len(self._file.rows(_STRAY_WORDS)),
        }
        found = [Problem(kind, self._place, count) for kind, count in counts.items() if count]  # type: ignore[arg-type] # names above
        found += [Problem("words_missing", self._place, reason=each) for each in self._word_trouble()]
        lists = {"passages_torn": torn, "windows_unreadable": unreadable}
        found += [
            Problem(kind, self._place, len(ids), ", ".join(ids[:5]))  # type: ignore[arg-type] # names above
            for kind, ids in lists.items()
            if ids
        ]
        return found

    def drop_dangling(self) -> None:
        """Delete passages without an article, which nothing finds."""
        with self._writing() as connection:
            catalogue_removal.drop(connection, [row["article_id"] for row in self._file.rows(_DANGLING)])

    def mend_words(self, words: Callable[[Article, Passage], str]) -> None:
        """Give every passage what full-text search finds it by: all anew where its index is damaged."""
        damaged = bool(self._word_trouble())
        with self._writing() as connection:
            if damaged:
                connection.execute("DROP TABLE lemma")
                catalogue_format.make_tables(connection)
            for row in connection.execute(_STRAY_WORDS).fetchall():
                connection.execute("DELETE FROM lemma WHERE rowid = ?", (row["id"],))
            for (number,) in connection.execute(_UNWORDED).fetchall():
                row = connection.execute(_WHOLE, (number,)).fetchone()
                article = connection.execute("SELECT * FROM article WHERE id = ?", (row["article_id"],)).fetchone()
                found = words(read_article(article), read_passage(row))
                connection.execute(insert_words(row["language"]), (number, found))

    def _unlike(self) -> tuple[list[str], list[str]]:
        """Articles with passages that do not say what the article says there, and with windows that cannot be read."""
        torn: dict[str, None] = {}
        unreadable: dict[str, None] = {}
        width = 0
        for article_id, text, row in self._each():
            if row["text"] != text[row["start"] : row["end"]] or not row["text"]:
                torn[article_id] = None
            found = _width(row["windows"])
            width = width or found
            if not found or found != width:
                unreadable[article_id] = None
        return list(torn), list(unreadable)

    def _each(self) -> Iterator[tuple[str, str, sqlite3.Row]]:
        with self._file.snapshot() as connection:
            for article in connection.execute("SELECT id, text FROM article ORDER BY id"):
                for row in connection.execute(_PASSAGES, (article["id"],)):
                    yield article["id"], article["text"], row

    def _word_trouble(self) -> list[str]:
        """What FTS5 says of its own index; only a connection that may write can ask."""
        if not catalogue_opening.is_writable(self._file.path):
            return []
        with closing(catalogue_opening.connect(self._file.path)) as connection:
            try:
                connection.execute("INSERT INTO lemma (lemma, rank) VALUES ('integrity-check', 0)")
            except sqlite3.OperationalError:
                return []  # another process is writing
            except sqlite3.Error as error:
                return [str(error)]
            return []

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._file.transaction() as connection:
            connection.execute("BEGIN IMMEDIATE")
            catalogue_format.require_format(self._file, connection)
            yield connection


def _width(blob: object) -> int:
    """The dimension of a passage's windows, 0 where they cannot be read or are no vectors."""
    import numpy as np

    try:
        windows = read_windows(blob)  # type: ignore[arg-type] # what a damaged file holds may be anything
    except StoreError:
        return 0
    return int(windows.vectors.shape[1]) if np.isfinite(windows.vectors).all() and windows.starts else 0
