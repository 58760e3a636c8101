"""The file of an export, checked from its first line to its last before anything is made of it."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import SourceError
from index.exchange.form import stored_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.types import StoredArticle


def read_export(path: Path, longest: int) -> Iterator[StoredArticle]:
    """The articles of a ``.jsonl`` or ``.jsonl.gz`` file; no line may have more than ``longest`` bytes, unpacked.

    Raises SourceError, which names the line, for whatever ``citewire export`` does not write.
    """
    number = 0
    try:
        with _opened(path) as file:
            while line := file.readline(longest + 1):
                number += 1
                yield _stored(line, longest)
    except UnicodeDecodeError:
        raise SourceError(f"{path}#{number}", "not UTF-8") from None
    except ValueError as error:
        raise SourceError(f"{path}#{number}", f"no article as `citewire export` writes them: {error}") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise SourceError(str(path), f"damaged gzip after line {number}") from None
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror or error}") from None


def count_export(path: Path, longest: int) -> int:
    """How many articles the file has. Raises SourceError where one cannot be read, or two have one id."""
    seen: set[str] = set()
    for number, each in enumerate(read_export(path, longest), 1):
        if each.article.id in seen:
            raise SourceError(f"{path}#{number}", f"a second article with the id {each.article.id}")
        seen.add(each.article.id)
    return len(seen)


def _stored(line: bytes, longest: int) -> StoredArticle:
    if len(line) > longest:
        raise ValueError(f"more than {longest} bytes")
    return stored_of(line.decode("utf-8"))


def _opened(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path)) if path.name.lower().endswith(".gz") else path.open("rb")
