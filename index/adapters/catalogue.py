"""The catalogue in SQLite: articles, passages and full-text search over lemmas; the truth of an index.

Readers open it at any time (WAL); a connection belongs to one thread, so each thread gets its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.adapters import (
    catalogue_copies,
    catalogue_counts,
    catalogue_format,
    catalogue_history,
    catalogue_removal,
    catalogue_search,
    catalogue_selection,
)
from index.adapters.catalogue_file import CatalogueFile
from index.adapters.catalogue_rows import (
    INSERT_ARTICLE,
    INSERT_PASSAGE,
    PASSAGE_COLUMNS,
    WORDS,
    article_row,
    insert_words,
    passage_row,
    read_article,
    read_passage,
    read_stack,
    read_windows,
    read_words,
    rows_where,
)
from index.errors import ArticleUnknown
from index.types import Selection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from index.ports import SearchForm, Windows, WindowStack, Words
    from index.types import Article, Filters, IndexStatus, Language, Passage, Revision


class SqliteCatalogue:
    """The Catalogue port over one SQLite file. Safe to use from several threads."""

    def __init__(self, path: Path, fingerprint: str | None) -> None:
        """Open the file, making its tables where it is new and bringing them up to date where they are old.

        Args:
            path: The SQLite file.
            fingerprint: What the embedder calls itself; None opens an existing catalogue whatever it was built with.

        Raises:
            StoreMismatch: The index has a format that cannot be read, or was built with another model.
            StoreError: The file cannot be opened or is no catalogue.
        """
        self._file = CatalogueFile(path)
        self._rarity = catalogue_search.Rarity(self._rows)
        catalogue_format.prepare(self._file, fingerprint)

    def digests(self) -> Mapping[str, tuple[str, str]]:
        """For each article id, the digest of the raw article it was made from and its source."""
        rows = self._rows("SELECT id, digest, source FROM article")
        return {row["id"]: (row["digest"], row["source"]) for row in rows}

    def put(
        self,
        article: Article,
        digest: str,
        passages: Sequence[tuple[Passage, SearchForm]],
        at: datetime | None = None,
    ) -> None:
        """As the port has it; passages that the article no longer has are orphans until their vectors are deleted."""
        moment = catalogue_history.iso(at)
        with self._writing() as connection:
            first = catalogue_history.keep_former(connection, article, moment)
            catalogue_copies.unsettle(connection, [article.id])
            catalogue_removal.drop(connection, [article.id])
            connection.execute(INSERT_ARTICLE, (*article_row(article, digest), first or moment, moment))
            for passage, form in passages:
                cursor = connection.execute(INSERT_PASSAGE, passage_row(passage, form.windows))
                connection.execute(insert_words(passage.language), (cursor.lastrowid, form.words))
                connection.execute("DELETE FROM orphan WHERE passage_id = ?", (passage.id,))

    def move(self, sources: Mapping[str, str]) -> None:
        """Note that these articles, by their ids, are now read from other sources."""
        moved = [(source, article_id) for article_id, source in sources.items()]
        with self._writing() as connection:
            connection.executemany("UPDATE article SET source = ? WHERE id = ?", moved)

    def remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles with their passages and revisions; returns how many were there."""
        with self._writing() as connection:
            return catalogue_removal.remove(connection, article_ids)

    def expire(self, before: date) -> int:
        """Remove what was published, or for want of a date first stored, before a day; returns how many there were."""
        old = catalogue_selection.ids(self._file, Selection(before=before))
        if not old:
            return 0
        with self._writing() as connection:
            return catalogue_removal.expire(connection, old)

    def expired(self, before: date) -> set[str]:
        """The ids of undated articles that ``expire`` removed and that were first stored before that day."""
        return catalogue_removal.expired(self._file, before)

    def expect_vectors(self, passage_ids: Iterable[str]) -> None:
        """Note that vectors are about to be stored under these ids, so that a crash leaves no orphan unnoticed."""
        with self._writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO orphan VALUES (?)", [(each,) for each in passage_ids])

    def orphans(self) -> list[str]:
        """Ids that may have a vector although no passage bears them."""
        rows = self._rows("SELECT passage_id FROM orphan WHERE passage_id NOT IN (SELECT id FROM passage)")
        return [row["passage_id"] for row in rows]

    def forget_orphans(self, passage_ids: Sequence[str]) -> None:
        """Their vectors are gone: stop listing them."""
        with self._writing() as connection:
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
        """Those of the passages that exist, in the order asked for, with their articles as they are at one moment."""
        with self._file.reading() as connection:
            passages = rows_where(connection, PASSAGE_COLUMNS, "passage", "id", passage_ids)
            wanted = sorted({row["article_id"] for row in passages})
            rows = rows_where(connection, "*", "article", "id", wanted)
        found, articles = {row["id"]: row for row in passages}, {row["id"]: read_article(row) for row in rows}
        known = [found[each] for each in passage_ids if each in found]
        return [(read_passage(row), articles[row["article_id"]]) for row in known if row["article_id"] in articles]

    def windows(self, passage_ids: Sequence[str]) -> dict[str, Windows]:
        """The windows of those of the passages that exist."""
        return {row["id"]: read_windows(row["windows"]) for row in self._of(passage_ids, "windows")}

    def stacked_windows(self, passage_ids: Sequence[str]) -> WindowStack:
        """The same, in no order: far faster where there are many."""
        return read_stack([(row["id"], row["windows"]) for row in self._of(passage_ids, "windows")])

    def words(self, passage_ids: Sequence[str]) -> dict[str, Words]:
        """The words of those of the passages that exist."""
        found = self._of(passage_ids, WORDS, "JOIN lemma ON lemma.rowid = passage.number")
        return {row["id"]: read_words(row["words"]) for row in found}

    def _of(self, passage_ids: Sequence[str], column: str, join: str = "") -> list[sqlite3.Row]:
        """The ids of those of the passages that exist, each with what is wanted of it."""
        with self._file.reading() as connection:
            return rows_where(connection, f"id, {column}", f"passage {join}", "id", passage_ids)

    def search(self, words: Sequence[str], limit: int, filters: Filters) -> list[tuple[str, float]]:
        """Passage ids with any of the words, ranked by BM25, best first, with a score that grows with relevance."""
        return catalogue_search.search(self._rows, self._rarity.searched(words), limit, filters)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each of the words stands; those in none are left out."""
        return catalogue_search.frequencies(self._rows, words)

    def passage_count(self) -> int:
        """How many passages there are."""
        return catalogue_counts.count(self._file, "passage")

    def passage_ids(self, most: int | None = None) -> list[str]:
        """The ids of all passages, or of so many at the most, spread evenly over all."""
        return catalogue_selection.passage_ids(self._file, most)

    def newest(self, limit: int, filters: Filters) -> list[Article]:
        """At most ``limit`` articles, the latest published first; then those without a date, the last stored first."""
        return [read_article(row) for row in catalogue_search.newest(self._rows, limit, filters)]

    def nearest_days(self, filters: Filters) -> tuple[date | None, date | None]:
        """The last day before the filters' window and the first one after it on which an article was published."""
        return catalogue_search.nearest_days(self._rows, filters)

    def languages(self) -> list[Language]:
        """Languages that have at least one article."""
        return catalogue_counts.languages(self._file)

    def history(self, article_id: str) -> list[Revision]:
        """What the article was before, the latest first; empty where it never changed, or is unknown."""
        return catalogue_history.history(self._file, article_id)

    def changed_since(self, article_id: str, moment: datetime) -> bool:
        """Whether the article was changed or removed after that moment, which has a zone."""
        return catalogue_history.changed_since(self._file, article_id, moment)

    def ids(self, wanted: Selection) -> list[str]:
        """The ids of the articles that fit, in the order of ids."""
        return catalogue_selection.ids(self._file, wanted)

    def articles(self) -> Iterator[Article]:
        """All articles in the order of ids, as they were when the first was asked for; one at a time in memory."""
        return catalogue_selection.articles(self._file)

    def stored_passages(self) -> Iterator[tuple[Passage, Article, Windows]]:
        """All passages, article by article in the order of ids, each with its article and windows; as ``articles``."""
        return catalogue_selection.stored_passages(self._file)

    def signatures(self) -> Mapping[str, tuple[bytes | None, str | None]]:
        """For each article id, first stored first, its signature and whose copy it is, as far as known."""
        return catalogue_copies.signatures(self._file)

    def settle(self, signatures: Mapping[str, bytes], stories: Mapping[str, str | None]) -> None:
        """Note signatures, and whose copies articles are, None for nobody's: by article id, in one transaction."""
        with self._writing() as connection:
            catalogue_copies.settle(connection, signatures, stories)

    def copies(self, article_ids: Sequence[str]) -> dict[str, list[Article]]:
        """For each of the articles that is of a story of several, the others of it, first stored first."""
        return catalogue_copies.copies(self._file, article_ids)

    def status(self) -> IndexStatus:
        """What the index holds."""
        return catalogue_counts.status(self._file)

    def close(self) -> None:
        """Close this thread's connection."""
        self._file.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes, unless a later version has made the file its own since it was opened."""
        with self._file.transaction() as connection:
            connection.execute("BEGIN IMMEDIATE")
            catalogue_format.require_format(self._file, connection)
            yield connection

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        return self._file.rows(query, values)
