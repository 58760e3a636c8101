"""The catalogue in SQLite: articles, passages and full-text search over lemmas; the truth of an index.

Readers open it at any time (WAL); a connection belongs to one thread, so each thread gets its own.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING, cast

from index.adapters import catalogue_search
from index.adapters.catalogue_rows import (
    INSERT_ARTICLE,
    INSERT_PASSAGE,
    PASSAGE_COLUMNS,
    article_row,
    marks,
    parts,
    passage_row,
    read_article,
    read_passage,
    read_windows,
)
from index.errors import ArticleUnknown, StoreError, StoreMismatch
from index.types import IndexStatus, Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from index.ports import SearchForm, Windows
    from index.types import Article, Filters, Language, Passage

FORMAT_VERSION = 2


class SqliteCatalogue:
    """The Catalogue port over one SQLite file. Safe to use from several threads."""

    def __init__(self, path: Path, fingerprint: str | None) -> None:
        """Open the file, making its tables where it is new.

        Args:
            path: The SQLite file.
            fingerprint: What the embedder calls itself; None opens an existing catalogue whatever it was built with.

        Raises:
            StoreMismatch: The index has another format, or was built with another model.
            StoreError: The file cannot be opened or is no catalogue.
        """
        self._path = path
        self._connections = threading.local()
        if fingerprint and not self._rows("SELECT name FROM sqlite_master WHERE name = 'meta'"):
            self._create(fingerprint)
        self._check(fingerprint)

    def _create(self, fingerprint: str) -> None:
        """Make the tables in one transaction, so that no half-made catalogue is ever seen."""
        schema = resources.files("index.adapters").joinpath("catalogue.sql").read_text("utf-8")
        with self._transaction() as connection:
            connection.executescript(f"BEGIN IMMEDIATE; {schema}")
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (str(FORMAT_VERSION),))
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('embedder', ?)", (fingerprint,))

    def _check(self, fingerprint: str | None) -> None:
        meta = self._meta()
        if meta["format"] != str(FORMAT_VERSION):
            raise StoreMismatch(
                f"{self._path.parent}: the index has format {meta['format']}, this version reads {FORMAT_VERSION}; "
                "index the articles again into a new folder (--store)"
            )
        if fingerprint not in (None, meta["embedder"]):
            raise StoreMismatch(
                f"{self._path.parent}: the index was built with the model {meta['embedder']}, the settings name "
                f"{fingerprint}; restore [embedder], or index the articles again into a new folder (--store)"
            )

    def _meta(self) -> dict[str, str]:
        return {str(row["key"]): str(row["value"]) for row in self._rows("SELECT key, value FROM meta")}

    def digests(self) -> Mapping[str, tuple[str, str]]:
        """For each article id, the digest of the raw article it was made from and its source."""
        rows = self._rows("SELECT id, digest, source FROM article")
        return {row["id"]: (row["digest"], row["source"]) for row in rows}

    def put(self, article: Article, digest: str, passages: Sequence[tuple[Passage, SearchForm]]) -> None:
        """Store or replace an article and its passages, each with what it is found by, in one transaction.

        Passages that the article no longer has are listed as orphans until their vectors are deleted.
        """
        with self._transaction() as connection:
            _drop_articles(connection, [article.id])
            connection.execute(INSERT_ARTICLE, article_row(article, digest))
            for passage, form in passages:
                cursor = connection.execute(INSERT_PASSAGE, passage_row(passage, form.windows))
                connection.execute("INSERT INTO lemma (rowid, lemmas) VALUES (?, ?)", (cursor.lastrowid, form.words))
                connection.execute("DELETE FROM orphan WHERE passage_id = ?", (passage.id,))

    def remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles with their passages; returns how many were there."""
        with self._transaction() as connection:
            return _drop_articles(connection, article_ids)

    def expect_vectors(self, passage_ids: Iterable[str]) -> None:
        """Note that vectors are about to be stored under these ids, so that a crash leaves no orphan unnoticed."""
        with self._transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO orphan VALUES (?)", [(each,) for each in passage_ids])

    def orphans(self) -> list[str]:
        """Ids that may have a vector although no passage bears them."""
        rows = self._rows("SELECT passage_id FROM orphan WHERE passage_id NOT IN (SELECT id FROM passage)")
        return [row["passage_id"] for row in rows]

    def forget_orphans(self, passage_ids: Sequence[str]) -> None:
        """Their vectors are gone: stop listing them."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM orphan WHERE passage_id = ?", [(each,) for each in passage_ids])

    def article(self, article_id: str) -> Article:
        """The article. Raises ArticleUnknown."""
        rows = self._rows("SELECT * FROM article WHERE id = ?", (article_id,))
        if not rows:
            raise ArticleUnknown(
                f"{article_id}: no article with this id; `citewire search` prints the ids of what it finds"
            )
        return read_article(rows[0])

    def passages(self, passage_ids: Sequence[str]) -> list[tuple[Passage, Article]]:
        """Those of the passages that exist, in the order asked for, with their articles."""
        found: dict[str, sqlite3.Row] = {}
        for part in parts(passage_ids):
            query = f"SELECT {PASSAGE_COLUMNS} FROM passage WHERE id IN ({marks(part)})"  # noqa: S608 - only marks
            rows = self._rows(query, part)
            found.update((row["id"], row) for row in rows)
        articles = self._articles({row["article_id"] for row in found.values()})
        known = [found[each] for each in passage_ids if each in found]
        return [(read_passage(row), articles[row["article_id"]]) for row in known if row["article_id"] in articles]

    def _articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        rows = [
            row
            for part in parts(sorted(article_ids))
            for row in self._rows(f"SELECT * FROM article WHERE id IN ({marks(part)})", part)  # noqa: S608 - only marks
        ]
        return {row["id"]: read_article(row) for row in rows}

    def windows(self, passage_ids: Sequence[str]) -> dict[str, Windows]:
        """The windows of those of the passages that exist."""
        found: dict[str, Windows] = {}
        for part in parts(passage_ids):
            query = f"SELECT id, windows FROM passage WHERE id IN ({marks(part)})"  # noqa: S608 - only marks
            found.update((row["id"], read_windows(row["windows"])) for row in self._rows(query, part))
        return found

    def search(self, words: Sequence[str], limit: int, filters: Filters) -> list[tuple[str, float]]:
        """Passage ids with any of the words, ranked by BM25, best first, with a score that grows with relevance."""
        return catalogue_search.search(self._rows, words, limit, filters)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each of the words stands; those in none are left out."""
        return catalogue_search.frequencies(self._rows, words)

    def passage_count(self) -> int:
        """How many passages there are."""
        return self._count("passage")

    def newest(self, limit: int, filters: Filters) -> list[Article]:
        """At most ``limit`` articles, the latest published first; then those without a date, the last stored first."""
        return [read_article(row) for row in catalogue_search.newest(self._rows, limit, filters)]

    def nearest_days(self, filters: Filters) -> tuple[date | None, date | None]:
        """The last day before the filters' window and the first one after it on which an article was published."""
        return catalogue_search.nearest_days(self._rows, filters)

    def languages(self) -> list[Language]:
        """Languages that have at least one article."""
        rows = self._rows("SELECT DISTINCT language FROM article ORDER BY language")
        return [cast("Language", row["language"]) for row in rows]

    def status(self) -> IndexStatus:
        """What the index holds."""
        meta = self._meta()
        span = self._rows("SELECT published FROM article WHERE published_utc NOTNULL ORDER BY published_utc")
        return IndexStatus(
            path=str(self._path.parent),
            articles=self._count("article"),
            passages=self._count("passage"),
            languages=self._counts("language"),
            outlets=self._counts("outlet"),
            earliest=Published.from_iso(span[0]["published"]) if span else None,
            latest=Published.from_iso(span[-1]["published"]) if span else None,
            embedder=meta["embedder"],
            format_version=int(meta["format"]),
        )

    def _count(self, table: str) -> int:
        return int(self._rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608 - our own table names

    def _counts(self, column: str) -> dict[str, int]:
        query = (
            f"SELECT {column} AS name, count(*) AS n FROM article "  # noqa: S608 - our own column names
            "WHERE name NOTNULL GROUP BY name ORDER BY n DESC, name"
        )
        return {row["name"]: row["n"] for row in self._rows(query)}

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._connections, "open", None)
        if connection is not None:
            connection.close()
            del self._connections.open

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._connections, "open"):
            connection = sqlite3.connect(self._path, timeout=30)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._connections.open = connection
        return cast("sqlite3.Connection", self._connections.open)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes stand together or not at all; SQLite's errors in our words."""
        try:
            with self._connection() as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        with self._transaction() as connection:
            return connection.execute(query, values).fetchall()


def _drop_articles(connection: sqlite3.Connection, article_ids: Sequence[str]) -> int:
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
