"""Articles and passages as rows of the catalogue and back, and filters as SQL."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from index.errors import StoreError
from index.ports import Windows, WindowStack, Words
from index.types import Article, DroppedLine, Passage, Published

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.ports import Vectors
    from index.types import Filters, Language


_MOST_VARIABLES = 900
"""Bound parameters of one statement; SQLite builds before 3.32 allow 999."""
_SIGN_AND_NUMBER, _EXPONENTS = np.int32(-0x70002000), np.float32(2.0**112)

INSERT_ARTICLE = """
INSERT INTO article (id, source, digest, text, language, title, title_derived, published, published_day,
                     published_utc, author, outlet, outlet_key, url, dropped, first_stored, stored)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def article_row(article: Article, digest: str) -> tuple[object, ...]:
    """The article as the first columns of its table, in their order; when it was stored follows."""
    published = article.published
    return (
        article.id,
        article.source,
        digest,
        article.text,
        article.language,
        article.title,
        article.title_derived,
        iso_or_none(published),
        published.day.toordinal() if published else None,
        published.utc_seconds() if published else None,
        article.author,
        article.outlet,
        article.outlet.casefold() if article.outlet else None,
        article.url,
        json.dumps([asdict(line) for line in article.dropped], ensure_ascii=False),
    )


def read_article(row: sqlite3.Row) -> Article:
    """The article that a row holds."""
    return Article(
        id=row["id"],
        source=row["source"],
        text=row["text"],
        language=row["language"],
        title=row["title"],
        title_derived=bool(row["title_derived"]),
        published=read_published(row),
        author=row["author"],
        outlet=row["outlet"],
        url=row["url"],
        dropped=tuple(DroppedLine(**line) for line in json.loads(row["dropped"])),
    )


def iso_or_none(published: Published | None) -> str | None:
    """A publication time as its column holds it."""
    return published.iso() if published else None


def read_published(row: sqlite3.Row) -> Published | None:
    """What ``iso_or_none`` wrote."""
    return Published.from_iso(row["published"]) if row["published"] else None


PASSAGE_COLUMNS = 'id, article_id, start, "end", language, text'
"""What ``read_passage`` needs: the windows are read only where they are compared."""


INSERT_PASSAGE = """
INSERT INTO passage (id, article_id, start, "end", language, text, windows) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


def passage_row(passage: Passage, windows: Windows) -> tuple[object, ...]:
    """The passage as ``PASSAGE_COLUMNS``, and its windows."""
    blob = _windows_blob(windows)
    return (passage.id, passage.article_id, passage.start, passage.end, passage.language, passage.text, blob)


def insert_words(language: Language) -> str:
    """Stores what a passage in that language is found by, given its number."""
    return f"INSERT INTO lemma (rowid, {language}) VALUES (?, ?)"  # noqa: S608 - our own words


WORDS = "coalesce(ru, uk, en, other) AS words"
"""What ``insert_words`` stored."""


def read_passage(row: sqlite3.Row) -> Passage:
    """The passage that a row holds."""
    return Passage(row["id"], row["article_id"], row["start"], row["end"], row["language"], row["text"])


def read_words(words: str) -> Words:
    """What was stored to find a passage by; see ``SearchForm``."""
    lines = [frozenset(line.split(" ")) - {""} for line in words.split("\n")]
    return Words(frozenset().union(*lines), tuple(lines[1:-1]))


def _windows_blob(windows: Windows) -> bytes:
    """Little-endian: the number of windows and their starts as 32-bit integers, then the vectors as 16-bit floats.

    Half precision moves a cosine by less than 0.0005, which is what the model's own rounding costs.
    """
    head = np.array([len(windows.starts), *windows.starts], "<i4")
    return head.tobytes() + windows.vectors.astype("<f2").tobytes()


def read_windows(blob: bytes) -> Windows:
    """What ``_windows_blob`` wrote. Raises StoreError where this is something else."""
    stack = read_stack([("", blob)])
    return Windows(tuple(stack.starts.tolist()), stack.vectors)


def read_stack(blobs: Sequence[tuple[str, bytes]]) -> WindowStack:
    """The windows of passages, each with its id. Raises StoreError where one is damaged."""
    counts = [int.from_bytes(blob[:4], "little") for _, blob in blobs]
    heads = [4 + 4 * count for count in counts]
    starts = b"".join(blob[4:head] for (_, blob), head in zip(blobs, heads, strict=True))
    vectors = b"".join(memoryview(blob)[head:] for (_, blob), head in zip(blobs, heads, strict=True))
    ids = tuple(passage_id for passage_id, _ in blobs)
    try:
        halves = np.frombuffer(vectors, "<i2").reshape(sum(counts), -1 if any(counts) else 0)
        return WindowStack(ids, np.array(counts), np.frombuffer(starts, "<i4"), _single(halves))
    except ValueError as error:
        raise StoreError(
            "the catalogue is damaged: a passage's windows cannot be read; run `citewire check`"
        ) from error


def _single(halves: NDArray[np.int16]) -> Vectors:
    """Half precision, given by its bits, as single precision: twice as fast as numpy, which goes number by number.

    The bits move to where a single has them; its exponent counts from another number (IEEE 754-2019, table 3.5).
    """
    bits = halves.astype(np.int32)
    np.left_shift(bits, 13, out=bits)
    np.bitwise_and(bits, _SIGN_AND_NUMBER, out=bits)
    found = bits.view(np.float32)
    return np.multiply(found, _EXPONENTS, out=found)


def filter_clause(filters: Filters, *, dated: bool = True) -> tuple[str, list[object]]:
    """The filters as SQL to be and-ed on, with its values; without the window of days where not ``dated``."""
    clauses: list[str] = []
    values: list[object] = []
    for column, wanted in (
        ("article.language", filters.languages),
        ("article.outlet_key", tuple(outlet.casefold() for outlet in filters.outlets)),
    ):
        if wanted:
            clauses.append(f"AND {column} IN ({marks(wanted)})")
            values.extend(wanted)
    for comparison, day in ((">=", filters.since), ("<=", filters.until)):
        if dated and day is not None:
            clauses.append(f"AND article.published_day {comparison} ?")
            values.append(day.toordinal())
    return " ".join(clauses), values


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))


def parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in runs that one statement can take."""
    for start in range(0, len(values), _MOST_VARIABLES):
        yield values[start : start + _MOST_VARIABLES]


def rows_where(
    connection: sqlite3.Connection, columns: str, table: str, column: str, values: Sequence[str]
) -> list[sqlite3.Row]:
    """The columns of those rows of a table where one column holds one of the values; but for these, our own words."""
    select = f"SELECT {columns} FROM {table} WHERE {column}"  # noqa: S608 - our own words
    return [row for part in parts(values) for row in connection.execute(f"{select} IN ({marks(part)})", part)]
