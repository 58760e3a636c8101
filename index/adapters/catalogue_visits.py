"""What is remembered of addresses that are read again and again, in the catalogue's file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from index.adapters.catalogue_file import CatalogueFile
from index.types import Visit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

_NOTE = (
    "INSERT OR REPLACE INTO visit (address, etag, modified, at, next, failures, reason) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class SqliteVisits:
    """The Visits port over the catalogue's table; the catalogue makes it. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """``path`` is the catalogue's file; it may be missing until something is noted."""
        self._path = path
        self._file = CatalogueFile(path)

    def visit(self, address: str) -> Visit | None:
        """What came of asking for an address last time; None where it was never asked for, or there is no index."""
        if not self._path.is_file():
            return None
        rows = self._file.rows("SELECT * FROM visit WHERE address = ?", (address,))
        return _read(rows[0]) if rows else None

    def note(self, visits: Sequence[Visit]) -> None:
        """Remember these in place of former ones, in one transaction; the caller holds the writer lock."""
        with self._file.transaction() as connection:
            connection.executemany(_NOTE, [_row(each) for each in visits])


def _row(visit: Visit) -> tuple[object, ...]:
    asked_again = visit.next.isoformat() if visit.next else None
    at = visit.at.isoformat()
    return visit.address, visit.etag, visit.modified, at, asked_again, visit.failures, visit.reason


def _read(row: sqlite3.Row) -> Visit:
    return Visit(
        address=row["address"],
        at=datetime.fromisoformat(row["at"]),
        etag=row["etag"],
        modified=row["modified"],
        next=datetime.fromisoformat(row["next"]) if row["next"] else None,
        failures=row["failures"],
        reason=row["reason"],
    )
