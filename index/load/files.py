"""Files and folders to raw articles, one at a time; what cannot be read is reported and never stops the rest."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from index.load.encodings import decode
from index.load.html import read_page
from index.load.jsonl import count_records, read_records
from index.load.limits import over_limit, why_unreadable
from index.load.markdown import read_markdown
from index.types import RawArticle, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SUPPORTED = (".txt", ".md", ".html", ".htm", ".jsonl", ".jsonl.gz")
"""Ends of the names of files that can be loaded; capitals do not matter."""


def load(source: Path, max_bytes: int) -> Iterator[RawArticle | Skipped]:
    """The articles of a file, or of all files in a folder and its subfolders, in the order of their names.

    In a folder, hidden files and folders are left out, and so are files of other kinds and links that lead back.
    ``max_bytes`` bounds a text file or page, and each line of a JSONL file, whose number of lines is unbounded.
    Nothing is raised for what cannot be read: it comes as Skipped, with its path and the reason.
    """
    for found in _files(absolute(source)):
        if isinstance(found, Skipped):
            yield found
        else:
            yield from _load_file(found, max_bytes)


def count_articles(source: Path) -> int:
    """How many items ``load`` is going to yield, about: a document each, a line each of JSONL. Decodes nothing."""
    return sum(1 if isinstance(found, Skipped) else _count_in(found) for found in _files(absolute(source)))


def folder_state(source: Path) -> str | None:
    """Tells one state of a file or folder from another by names, sizes and times of files; None where there is none.

    No file is opened.
    """
    mark = sha256()
    for found in _files(absolute(source)):
        if isinstance(found, Skipped):
            mark.update(repr(found).encode())
            continue
        try:
            status = found.stat()
        except OSError as error:
            mark.update(repr((found, error.errno)).encode())
        else:
            mark.update(repr((found, status.st_size, status.st_mtime_ns, status.st_ctime_ns)).encode())
    return mark.hexdigest() if absolute(source).exists() else None


def absolute(source: Path) -> Path:
    """The path in full, without ``..``: the form in which sources are known."""
    return Path(os.path.abspath(source))  # noqa: PTH100 - Path.absolute() keeps `..`


def _shown(path: Path) -> str:
    """The path as text that can be stored and printed, also where its bytes are not UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _files(path: Path) -> Iterator[Path | Skipped]:
    """The file itself, or the files in the folder that can be loaded."""
    try:
        if path.is_dir():
            yield from _files_below(path, set())
        else:
            path.stat()  # raises where there is nothing, or nothing that may be seen
            yield path
    except OSError as error:
        yield Skipped(_shown(path), why_unreadable(error))


def _files_below(folder: Path, seen: set[Path]) -> Iterator[Path | Skipped]:
    """``seen`` holds the true paths of the folders already listed, so that links cannot lead in circles."""
    true_path = folder.resolve()
    if true_path in seen:
        return
    seen.add(true_path)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Skipped(_shown(folder), why_unreadable(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _files_below(entry, seen)
        elif _kind(entry):
            yield entry


def _count_in(path: Path) -> int:
    try:
        return count_records(path) if _kind(path) in _STREAMED else 1
    except OSError:
        return 1


def _load_file(path: Path, max_bytes: int) -> Iterator[RawArticle | Skipped]:
    kind = _kind(path)
    try:
        if not kind:
            yield Skipped(_shown(path), f"not a supported kind of file; supported are {', '.join(SUPPORTED)}")
        # Opening a named pipe would wait for ever.
        elif path.exists() and not path.is_file():
            yield Skipped(_shown(path), "not a regular file")
        elif kind in _STREAMED:
            yield from read_records(path, _shown(path), max_bytes)
        else:
            yield _load_document(path, _READERS[kind], max_bytes)
    except OSError as error:
        yield Skipped(_shown(path), why_unreadable(error))


def _load_document(path: Path, read: Callable[[bytes], RawArticle], max_bytes: int) -> RawArticle | Skipped:
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)  # one more than allowed tells, without reading on
    if len(data) > max_bytes:
        return Skipped(_shown(path), over_limit(max_bytes))
    try:
        return replace(read(data), source=_shown(path))
    except ValueError as error:
        return Skipped(_shown(path), str(error))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # reported when it is opened as a file
        return False


def _kind(path: Path) -> str:
    name = path.name.lower()
    return next((end for end in reversed(SUPPORTED) if name.endswith(end)), "")


def _read_text(data: bytes) -> RawArticle:
    return RawArticle(source="", text=decode(data))


_STREAMED = (".jsonl", ".jsonl.gz")
_READERS: dict[str, Callable[[bytes], RawArticle]] = {
    ".txt": _read_text,
    ".md": read_markdown,
    ".html": read_page,
    ".htm": read_page,
}
