"""A connection to the catalogue's file: one that writes, or where the file may be read only, one that reads."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 30
"""Seconds to wait for another process's transaction; ours take milliseconds, a migration of 100,000 articles a few."""


def is_writable(path: Path) -> bool:
    """Whether the file, and those that SQLite puts beside it, may be written; a missing one counts as its folder."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def connect(path: Path) -> sqlite3.Connection:
    """A connection that any thread may close. Raises sqlite3.Error."""
    if is_writable(path) or not path.exists():
        return _opened(str(path))
    address = path.absolute().as_uri()
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists() and journal.stat().st_size:
        # Whoever may write does so right now, or was killed at it: only with the journal is the file whole.
        return _opened(f"{address}?mode=ro")
    return _opened(f"{address}?immutable=1")


def marks(path: Path) -> tuple[int, ...]:
    """Tells one state of a file that is only read from another: when it changed, connections have to be made anew."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return tuple(mark for each in files if each.exists() for mark in (each.stat().st_mtime_ns, each.stat().st_size))


def _opened(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, timeout=PATIENCE, check_same_thread=False, uri=address.startswith("file:"))
    connection.row_factory = sqlite3.Row
    return connection
