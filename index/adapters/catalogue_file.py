"""The catalogue's file: a connection for each thread, transactions, and SQLite's errors in our words."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, cast

from index.adapters import catalogue_format
from index.errors import StoreError, StoreMismatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PATIENCE = 30
"""Seconds to wait for another process's transaction; ours take milliseconds, a migration of 100,000 articles a few."""


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
        return StoreError(f"{self.path}: {error}")

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._connections, "open"):
            connection = self._connect()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._connections.open = connection
        return cast("sqlite3.Connection", self._connections.open)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        return connection
