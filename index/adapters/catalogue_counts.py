"""What a catalogue holds, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from index.adapters.catalogue_format import read_meta
from index.types import IndexStatus, Language, Published

if TYPE_CHECKING:
    from index.adapters.catalogue_file import CatalogueFile

_SPOKEN = "SELECT 1 FROM passage WHERE language = ? LIMIT 1"


def status(file: CatalogueFile) -> IndexStatus:
    """Counts by language and outlet, the span of dates, and what the index was built with."""
    meta = read_meta(file)
    span = file.rows("SELECT published FROM article WHERE published_utc NOTNULL ORDER BY published_utc")
    return IndexStatus(
        path=str(file.path.parent),
        articles=count(file, "article"),
        passages=count(file, "passage"),
        languages=_counts(file, "language"),
        outlets=_counts(file, "outlet"),
        earliest=Published.from_iso(span[0]["published"]) if span else None,
        latest=Published.from_iso(span[-1]["published"]) if span else None,
        embedder=meta["embedder"],
        format_version=int(meta["format"]),
        copies=int(file.rows("SELECT count(story) AS n FROM article")[0]["n"]),
    )


def languages(file: CatalogueFile) -> list[Language]:
    """Languages that have at least one article."""
    # Each is looked up: to read the languages of all articles takes milliseconds of every question.
    return [each for each in sorted(get_args(Language)) if file.rows(_SPOKEN, (each,))]


def count(file: CatalogueFile, table: str) -> int:
    """How many rows a table has."""
    return int(file.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608 - our own table names


def _counts(file: CatalogueFile, column: str) -> dict[str, int]:
    query = (
        f"SELECT {column} AS name, count(*) AS n FROM article "  # noqa: S608 - our own column names
        "WHERE name NOTNULL GROUP BY name ORDER BY n DESC, name"
    )
    return {row["name"]: row["n"] for row in file.rows(query)}
