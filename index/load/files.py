"""Files and folders to raw articles, one at a time; what cannot be read is reported and never stops the rest."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.load.encodings import decode
from index.load.html import read_page
from index.load.jsonl import read_records
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
    path = Path(os.path.abspath(source))  # noqa: PTH100 - Path.absolute() keeps `..`, and sources must be unique
    try:
        if path.is_dir():
            yield from _load_folder(path, max_bytes, set())
        else:
            path.stat()
            yield from _load_file(path, max_bytes)
    except OSError as error:
        yield Skipped(str(path), why_unreadable(error))


def _load_folder(folder: Path, max_bytes: int, seen: set[Path]) -> Iterator[RawArticle | Skipped]:
    """``seen`` holds the true paths of the folders already listed, so that links cannot lead in circles."""
    true_path = folder.resolve()
    if true_path in seen:
        return
    seen.add(true_path)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Skipped(str(folder), why_unreadable(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _load_folder(entry, max_bytes, seen)
        elif _kind(entry):
            yield from _load_file(entry, max_bytes)


def _load_file(path: Path, max_bytes: int) -> Iterator[RawArticle | Skipped]:
    kind = _kind(path)
    try:
        if not kind:
            yield Skipped(str(path), f"not a supported kind of file; supported are {', '.join(SUPPORTED)}")
        elif path.exists() and not path.is_file():
            yield Skipped(str(path), "not a regular file")
        elif kind in _STREAMED:
            yield from read_records(path, max_bytes)
        else:
            yield _load_document(path, _READERS[kind], max_bytes)
    except OSError as error:
        yield Skipped(str(path), why_unreadable(error))


def _load_document(path: Path, read: Callable[[bytes], RawArticle], max_bytes: int) -> RawArticle | Skipped:
    with path.open("rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        return Skipped(str(path), over_limit(max_bytes))
    try:
        return replace(read(data), source=str(path))
    except ValueError as error:
        return Skipped(str(path), str(error))


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
