"""JSONL to raw articles: one object a line, plain or gzipped, streamed so that any number of lines fits in memory."""

from __future__ import annotations

import contextlib
import gzip
import json
import math
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from index.load.encodings import decode, tidy
from index.load.limits import over_limit
from index.types import RawArticle, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST = {"id": 1_000, "url": 4_000}
"""Characters; each passage bears its article's id."""
_MOST_UNPACKED = 50
"""Times its size that a packed file may come to: articles come to 3 to 10 times, gzip can reach 1032."""
_SMALL = 100_000_000
_MOST_EMPTY = 100_000


def read_records(path: Path, name: str, max_bytes: int) -> Iterator[RawArticle | Skipped]:
    """The articles of a ``.jsonl`` or ``.jsonl.gz`` file, reported as ``name``; a bad line never stops the next one.

    A line of more than ``max_bytes`` (unpacked) ends the reading, as do damage to the gzip file, more in it than
    articles can be packed into so little, and empty lines without end: nothing after them can be trusted. Raises
    OSError where the file cannot be opened or read.
    """
    number, found = 0, False
    try:
        for number, line in _lines(path, max_bytes):
            if line.strip():
                found = True
                yield _article(line, f"{name}#{number}")
        if not found:
            yield Skipped(name, "empty")
    except (gzip.BadGzipFile, EOFError, zlib.error):
        yield Skipped(name, f"damaged gzip after line {number}")
    except _Bomb as error:
        yield Skipped(name, f"{error} at line {number}")
    except _TooLong:
        yield Skipped(f"{name}#{number + 1}", f"line {number + 1} is {over_limit(max_bytes)}")


def count_records(path: Path) -> int:
    """Line breaks in a ``.jsonl`` or ``.jsonl.gz`` file, up to where it is damaged. Raises OSError."""
    count, left = 0, _most_unpacked(path)
    with contextlib.suppress(gzip.BadGzipFile, EOFError, zlib.error), _open(path) as stream:
        while left > 0 and (block := stream.read(1 << 20)):
            count, left = count + block.count(b"\n"), left - len(block)
    return max(count, 1)


class _TooLong(Exception):
    """A line exceeds the limit; reading on could fill the memory or never end."""


class _Bomb(Exception):
    """The file was made to keep its reader busy."""


def _lines(path: Path, max_bytes: int) -> Iterator[tuple[int, bytes]]:
    number, last, left = 0, 0, _most_unpacked(path)
    with _open(path) as stream:
        while line := stream.readline(max_bytes + 1):
            left -= len(line)
            if len(line) > max_bytes:
                raise _TooLong
            if left < 0:
                raise _Bomb(f"unpacks to more than {_MOST_UNPACKED} times its size")
            number += 1
            if len(line) > len(b"\r\n"):
                last = number
            elif number - last > _MOST_EMPTY:
                raise _Bomb("nothing but empty lines")
            yield number, line


def _most_unpacked(path: Path) -> float:
    """Bytes that a file may come to: a plain one is as long as it is."""
    return path.stat().st_size * _MOST_UNPACKED + _SMALL if path.name.lower().endswith(".gz") else math.inf


def _open(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path)) if path.name.lower().endswith(".gz") else path.open("rb")


def _article(line: bytes, source: str) -> RawArticle | Skipped:
    number = source.rpartition("#")[2]
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError):
        return Skipped(source, f"broken JSON at line {number}")
    if not isinstance(record, dict):
        return Skipped(source, f"not a JSON object at line {number}")
    try:
        return _raw_article(record, source)
    except ValueError as error:
        return Skipped(source, f"{error} at line {number}")


def _raw_article(record: dict[str, Any], source: str) -> RawArticle:
    return RawArticle(
        source=source,
        text=_text(record),
        id=_word(record, "id"),
        title=_word(record, "title"),
        date=_word(record, "date"),
        author=_word(record, "author"),
        outlet=_word(record, "source"),
        url=_word(record, "url"),
        language=_word(record, "lang"),
    )


def _text(record: dict[str, Any]) -> str:
    text = record.get("text")
    if text is None:
        raise ValueError("no `text` field")
    if not isinstance(text, str):
        raise ValueError("`text` is not a string")  # noqa: TRY004 - one kind of error for all that is wrong in a record
    tidied = tidy(text)
    if not tidied.strip():
        raise ValueError("empty `text`")
    return tidied


def _word(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    # Ids are often numbers; to Python True is one as well.
    if name == "id" and isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"`{name}` is not a string")
    if name in _LONGEST and len(value or "") > _LONGEST[name]:
        raise ValueError(f"`{name}` is too long")
    return " ".join(tidy(value or "").split()) or None
