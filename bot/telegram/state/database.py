"""The SQLite file under the state: opening, transactions that nest, errors in our words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

from index.errors import StoreError, StoreMismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Value = str | int | float | None

FORMAT_VERSION = 2
_UPGRADES = {1: "ALTER TABLE people ADD COLUMN quotes INTEGER NOT NULL DEFAULT 0"}
"""What makes the next format of an older one."""
_SETTINGS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON")


class Database:
    """One connection for one thread. A statement outside ``transaction`` is a transaction of its own."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        """Open the file, making it where there is none. Raises StoreError."""
        self._path = path
        self._clock = clock
        self._depth = 0
        try:
            # What people asked is nobody else's to read; SQLite gives its side files the same rights.
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: the bot's state cannot be opened: {error}; check the folder's rights") from error
        try:
            self._prepare()
        except StoreError:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Set the connection up and make the tables, or check that they are of our format."""
        self._connection.row_factory = sqlite3.Row
        (found,) = self.row("PRAGMA user_version") or (0,)
        is_new = self.row("SELECT 1 FROM sqlite_master") is None
        if not is_new and found != FORMAT_VERSION and found not in _UPGRADES:
            raise StoreMismatch(
                f"{self._path}: the bot's state has format {found}, this version reads {FORMAT_VERSION}; "
                "use the version that wrote it, or move the file away to begin anew"
            )
        for setting in _SETTINGS:
            self.run(f"PRAGMA {setting}")
        if is_new:
            self._become(
                resources.files("bot.telegram.state").joinpath("schema.sql").read_text("utf-8"), FORMAT_VERSION
            )
        else:
            for version in range(found, FORMAT_VERSION):
                self._become(_UPGRADES[version], version + 1)

    def _become(self, script: str, version: int) -> None:
        """Change the tables to those of a format, wholly or not at all."""
        with self._our_errors():
            self._connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {version}; COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def now(self) -> datetime:
        """The time by the state's clock."""
        return self._clock()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Changes within stand together or not at all; an inner one that fails undoes its own changes only."""
        begin, undo, commit = _NESTED if self._depth else _OUTERMOST
        self.run(begin)
        self._depth += 1
        try:
            yield
            self.run(commit)
        except BaseException:
            # SQLite itself undoes everything after some errors, such as a full disk.
            if self._connection.in_transaction:
                for statement in undo:
                    self.run(statement)
            raise
        finally:
            self._depth -= 1

    def run(self, statement: str, *values: Value) -> int:
        """Run one statement; returns how many rows it changed. Raises StoreError."""
        with self._our_errors():
            return self._connection.execute(statement, values).rowcount

    def run_all(self, statements: Iterable[str], **values: Value) -> None:
        """Run statements with named values. Raises StoreError."""
        with self._our_errors():
            for statement in statements:
                self._connection.execute(statement, values)

    def insert(self, statement: str, *values: Value) -> int:
        """Insert one row; returns its number. Raises StoreError."""
        with self._our_errors():
            return self._connection.execute(statement, values).lastrowid or 0

    def row(self, query: str, *values: Value) -> sqlite3.Row | None:
        """The first row of a query, None where there is none. Raises StoreError."""
        with self._our_errors():
            found: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
            return found

    def rows(self, query: str, *values: Value) -> list[sqlite3.Row]:
        """All rows of a query. Raises StoreError."""
        with self._our_errors():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"{self._path}: the bot's state cannot be read or written: {error}; "
                "check the disk's space and rights; if the file is damaged, move it away to begin anew"
            ) from error


_OUTERMOST = ("BEGIN IMMEDIATE", ("ROLLBACK",), "COMMIT")
_NESTED = ("SAVEPOINT inner_one", ("ROLLBACK TO inner_one", "RELEASE inner_one"), "RELEASE inner_one")


def utc_now() -> datetime:
    """The time of the machine's clock."""
    return datetime.now(UTC)
