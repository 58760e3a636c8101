"""The catalogue's file: a connection for each thread, transactions, and SQLite's errors in our words."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, cast

from index.adapters import catalogue_format, catalogue_opening
from index.errors import StoreError, StoreMismatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class CatalogueFile:
    """One SQLite file. Safe to use from several threads; readers never wait for a writer (WAL)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes stand together or not at all. Raises StoreError."""
        try:
            with self._connection() as connection:
                yield connection
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """All rows of a query. Raises StoreError."""
        with self.transaction() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for several queries that belong together: nothing is written between them. Raises StoreError."""
        with self.transaction() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for reading row by row, which sees nothing that is written meanwhile.

        It may outlive this thread's turn and be closed at any time. Raises StoreError.
        """
        try:
            with closing(self._connect()) as connection:
                connection.execute("BEGIN")
                yield connection
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._connections, "open", None)
        if connection is not None:
            connection.close()
            del self._connections.open

    def _trouble(self, error: sqlite3.Error) -> StoreError:
        """What went wrong; where a later version has made the file its own while it was open, that."""
        try:
            with closing(self._connect()) as connection:
                catalogue_format.require_format(self, connection)
        except StoreMismatch as mismatch:
            return mismatch
        except sqlite3.Error:
            pass
        return StoreError(f"{self.path}: {error}; {_remedy(error)}")

    def _connection(self) -> sqlite3.Connection:
        writable = catalogue_opening.is_writable(self.path)
        marks = () if writable else catalogue_opening.marks(self.path)
        if getattr(self._connections, "marks", marks) != marks:
            self.close()
        if not hasattr(self._connections, "open"):
            connection = self._connect()
            if writable:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
            self._connections.open, self._connections.marks = connection, marks
        return cast("sqlite3.Connection", self._connections.open)

    def _connect(self) -> sqlite3.Connection:
        return catalogue_opening.connect(self.path)


def _remedy(error: sqlite3.Error) -> str:
    """What to do about it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return "make room on the disk and run the command again: nothing that was stored is lost"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return "check the rights of the folder and of what is in it"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another process keeps it busy; try again when that is done"
    return "`citewire check` says what is wrong with the index and what can be done"
