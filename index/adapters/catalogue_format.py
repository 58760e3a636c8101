"""The format of the catalogue: how a new one is made, and how one of the former format is brought up to date.

A reader of the former version that is open meanwhile is told so where what it reads is gone, and else goes on reading.
"""

from __future__ import annotations

import sqlite3
from importlib import resources
from typing import TYPE_CHECKING

from index.errors import StoreError, StoreMismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.adapters.catalogue_file import CatalogueFile

FORMAT_VERSION = 4

# Articles of format 2 count as stored when they are brought up to date: when they really were, nobody noted.
_TO_3 = """
ALTER TABLE article ADD COLUMN first_stored TEXT;
ALTER TABLE article ADD COLUMN stored TEXT;
ALTER TABLE article ADD COLUMN signature BLOB;
ALTER TABLE article ADD COLUMN story TEXT;
UPDATE article SET first_stored = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now');
UPDATE article SET stored = first_stored;
"""
# Format 3 had the words of all languages in one column.
_TO_4 = """
ALTER TABLE lemma RENAME TO former_lemma;
CREATE VIRTUAL TABLE lemma USING fts5 (ru, uk, en, other, tokenize = "unicode61 remove_diacritics 0");
INSERT INTO lemma (rowid, ru, uk, en, other)
SELECT former_lemma.rowid, CASE language WHEN 'ru' THEN lemmas END, CASE language WHEN 'uk' THEN lemmas END,
       CASE language WHEN 'en' THEN lemmas END, CASE language WHEN 'other' THEN lemmas END
FROM former_lemma JOIN passage ON passage.number = former_lemma.rowid;
DROP TABLE former_lemma;
"""
_STEPS = {2: _TO_3, 3: _TO_4}
"""For a format, what turns it into the next; tables that are new are made by catalogue.sql."""


def prepare(file: CatalogueFile, fingerprint: str | None) -> None:
    """Make the tables where there are none, or bring them up to date.

    Args:
        file: The catalogue's file.
        fingerprint: What the embedder calls itself; None opens an existing catalogue whatever it was built with.

    Raises:
        StoreMismatch: The index has a format that cannot be read, or was built with another model.
        StoreError: The file cannot be read or is no catalogue.
    """
    if fingerprint and not file.rows("SELECT name FROM sqlite_master WHERE name = 'meta'"):
        _create(file, fingerprint)
    meta = read_meta(file)
    _require_known(file, meta["format"])
    if fingerprint not in (None, meta["embedder"]):
        raise StoreMismatch(
            f"{file.path.parent}: the index was built with the model {meta['embedder']}, the settings name "
            f"{fingerprint}; restore [embedder], or index the articles again into a new folder (--store)"
        )
    if meta["format"] != str(FORMAT_VERSION):
        _bring_up_to_date(file, meta["format"])


def read_meta(file: CatalogueFile) -> dict[str, str]:
    """The catalogue's ``format`` and the ``embedder`` it was built with."""
    return {str(row["key"]): str(row["value"]) for row in file.rows("SELECT key, value FROM meta")}


def require_format(file: CatalogueFile, connection: sqlite3.Connection) -> None:
    """Raises StoreMismatch where a later version has brought the file up to its own format since it was opened."""
    for row in connection.execute("SELECT value FROM meta WHERE key = 'format'"):
        _require_known(file, row["value"])


def _require_known(file: CatalogueFile, found: str) -> None:
    """Raises StoreMismatch for a format that this version neither reads nor brings up to date."""
    if found in map(str, (FORMAT_VERSION, *_STEPS)):
        return
    later = found.isdecimal() and int(found) > FORMAT_VERSION
    remedy = "install the later version of Citewire that wrote it, or " if later else ""
    raise StoreMismatch(
        f"{file.path.parent}: the index has format {found}, this version reads {FORMAT_VERSION}; "
        f"{remedy}index the articles again into a new folder: `citewire index SOURCE --store NEW_FOLDER`"
    )


def _create(file: CatalogueFile, fingerprint: str) -> None:
    """Make the tables in one transaction, so that no half-made catalogue is ever seen."""
    with file.transaction() as connection:
        connection.execute("BEGIN IMMEDIATE")
        make_tables(connection)
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (str(FORMAT_VERSION),))
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('embedder', ?)", (fingerprint,))


def _bring_up_to_date(file: CatalogueFile, found: str) -> None:
    """All steps in one transaction; another process may have done it in the meantime."""
    try:
        with file.transaction() as connection:
            connection.execute("BEGIN IMMEDIATE")
            (now,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            for version in range(int(now), FORMAT_VERSION):
                _execute(connection, _STEPS[version])
                connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(version + 1),))
            make_tables(connection)
    except StoreError as error:
        raise StoreMismatch(
            f"{file.path.parent}: the index has format {found}, this version reads {FORMAT_VERSION}, and it could not "
            f"be brought up to date ({error.__cause__}); make the folder writable, have no other process write to it, "
            f"and run `citewire status --store {file.path.parent}` once"
        ) from error


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there, within the transaction that is open."""
    _execute(connection, _schema())


def _execute(connection: sqlite3.Connection, script: str) -> None:
    """Run statements within the transaction that is open; ``executescript`` would commit it first."""
    for statement in _statements(script):
        connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _schema() -> str:
    return resources.files("index.adapters").joinpath("catalogue.sql").read_text("utf-8")
