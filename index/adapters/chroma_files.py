"""The files of an embedded Chroma folder, looked at before Chroma gets them: some damage ends the whole process.

hnswlib believes its files. Numbers in them that lead out of memory are no error but a segmentation fault, which no
``except`` catches, and a question would end without a word.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
import time
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = "chroma.sqlite3"
_HEADER = struct.Struct("<i6QiI3QdQ")
"""How hnswlib's ``saveIndex`` writes it: version, offset, places, elements, size of one, where label and vector lie,
top level, entry, the most links above, on the ground and asked for, two constants of building."""
_COUNT, _SIZE, _LABEL, _VECTOR, _ENTRY, _LINKS_ABOVE, _LINKS = 3, 4, 5, 6, 8, 9, 10
_NORM = 0.9, 1.1
"""Squared length of a vector: cosine has all of them scaled to 1. One of zeros is none of ours."""
_SAVED = """
SELECT segments.id FROM segments JOIN max_seq_id ON segment_id = segments.id WHERE scope = 'VECTOR' AND seq_id > 0
"""
"""Indexes of vectors that were written to files: what these hold is in the database no longer."""
_PATIENCE = 30
_TRIES = 8
_PAUSE = 0.25
"""Chroma writes these files in place: while it does, a reader sees them half written, for less than these 2 s."""


def damage(folder: Path) -> str | None:
    """What is wrong with a folder's files, in a few words; None where Chroma may be let in.

    100,000 vectors take 0.1 s. Files that another process is writing are looked at again.
    """
    for _ in range(_TRIES):
        found, before = _damage(folder), _times(folder)
        if found is None:
            return None
        # Damage stays, and a write under way ends, of which the process that writes gives no sign to wait for.
        time.sleep(_PAUSE)
        if _times(folder) == before:
            return _damage(folder)
    return found


def state(folder: Path) -> tuple[object, ...]:
    """Tells one content of the folder from another: its collections, and the number of the last change to one.

    Times would not do: Chroma writes to its database whenever it opens it, were it only to read.
    """
    try:
        return tuple(_rows(folder, "SELECT id FROM collections UNION ALL SELECT max(seq_id) FROM embeddings_queue"))
    except sqlite3.Error:
        file = folder / DATABASE
        return (file.stat().st_mtime_ns,) if file.exists() else ()


def _rows(folder: Path, query: str) -> list[object]:
    """The first column of a query to the database, which is not written to."""
    address = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
        return [value for (value,) in connection.execute(query)]


def copy(folder: Path, target: Path) -> None:
    """Copy the folder as it is between two changes of another process. Raises OSError."""
    for _ in range(_TRIES):
        before = state(folder)
        shutil.copytree(folder, target, dirs_exist_ok=True)
        if state(folder) == before:
            break
        time.sleep(_PAUSE)  # a copy at once would most likely meet the next batch of the same run
    for each in (target, *target.rglob("*")):
        each.chmod(0o700 if each.is_dir() else 0o600)


def _damage(folder: Path) -> str | None:
    try:
        if not _is_database(folder / DATABASE):
            return f"{DATABASE} is no database"
        if not (folder / DATABASE).exists() or not (folder / DATABASE).stat().st_size:
            return None
        gone = [each for each in _rows(folder, _SAVED) if not (folder / str(each) / "index_metadata.pickle").exists()]
        headers = sorted(folder.glob("*/header.bin"))
        torn = (found for each in headers if (found := _torn(each.parent)))
        return f"{gone[0]}/index_metadata.pickle is gone" if gone else next(torn, None)
    except sqlite3.OperationalError:
        return None  # of another version, or locked: for Chroma to say
    except (OSError, ValueError, struct.error, sqlite3.Error) as error:
        return str(error)


def _is_database(file: Path) -> bool:
    """One that is not there, or is empty, is no damage: Chroma makes it, if it may."""
    if not file.exists() or file.is_dir():
        return not file.is_dir()
    with file.open("rb") as opened:
        return opened.read(16) in (b"", b"SQLite format 3\0")


def _torn(segment: Path) -> str | None:
    """What is wrong with one index of vectors."""
    header = _HEADER.unpack((segment / "header.bin").read_bytes()[: _HEADER.size])
    count, size, label, vector = (header[each] for each in (_COUNT, _SIZE, _LABEL, _VECTOR))
    if not count:
        return None
    plausible = header[_LINKS] < 1000 and size == label + 8 and vector < label < size < 1_000_000  # noqa: PLR2004 - far beyond what is made
    ground = segment / "data_level0.bin"
    if not plausible or header[_ENTRY] >= count or ground.stat().st_size < count * size:
        return f"{ground.parent.name}: header.bin does not fit data_level0.bin"
    rows = np.memmap(ground, "u1", "r", shape=(count, size))
    if not _is_sound(rows, header):
        return f"{ground.parent.name}/data_level0.bin is damaged"
    return _torn_above(segment / "link_lists.bin", header)


def _is_sound(rows: np.ndarray, header: tuple[int, ...]) -> bool:
    """Whether every element links to elements only, and has a vector of length 1; some thousand at a time."""
    most, label, vector = header[_LINKS], header[_LABEL], header[_VECTOR]
    for start in range(0, len(rows), 4096):
        part = np.ascontiguousarray(rows[start : start + 4096])
        links = np.ascontiguousarray(part[:, 4 : 4 + 4 * most]).view("<u4")
        counts = np.ascontiguousarray(part[:, :2]).view("<u2")
        with np.errstate(invalid="ignore"):
            vectors = np.ascontiguousarray(part[:, vector:label]).view("<f4").astype(np.float64)
            lengths = np.einsum("ij,ij->i", vectors, vectors)
        if counts.max() > most or np.any((links >= len(rows)) & (np.arange(most) < counts)):
            return False
        if not np.all((lengths > _NORM[0]) & (lengths < _NORM[1])):
            return False
    return True


def _torn_above(file: Path, header: tuple[int, ...]) -> str | None:
    """What is wrong with the links of the upper levels: for each element their size, then a list for each level."""
    content, one = file.read_bytes(), 4 + 4 * header[_LINKS_ABOVE]
    at = 0
    for _ in range(header[_COUNT]):
        (size,) = struct.unpack_from("<I", content, at)
        levels = np.frombuffer(content, "<u4", size // 4, at + 4).reshape(-1, one // 4)
        if size % one or np.any(levels[:, 0] > header[_LINKS_ABOVE]) or np.any(levels[:, 1:] >= header[_COUNT]):
            return f"{file.parent.name}/{file.name} is damaged"
        at += 4 + size
    return None


def _times(folder: Path) -> list[tuple[int, int]]:
    files = (each.stat() for each in sorted(folder.glob("*/*.bin")))
    return [(each.st_mtime_ns, each.st_size) for each in files]
