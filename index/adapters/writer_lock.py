"""One writer an index at a time; a lock file says who."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import StoreError, StoreLocked

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK, _HOLDER = "writer.lock", "writer.txt"
_SOMEBODY = "another process"
_LONGEST = 200


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's writer lock.

    Raises:
        StoreLocked: Another process holds it; the text says which, on which machine, doing what, and since when.
        StoreError: The folder cannot be written.
    """
    holder = folder / _HOLDER
    lock = FileLock(folder / _LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        holder.write_text(_introduction(), "utf-8")
    except Timeout:
        who = _told(holder)
        raise StoreLocked(f"{folder}: being written by {who}; wait until it is done, or stop it") from None
    except OSError as error:
        lock.release()
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    try:
        yield
    finally:
        # A disk or a folder that was lost meanwhile must not hide what went wrong before.
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def writer(folder: Path) -> str | None:
    """Who is writing to a folder, None where nobody is, or nobody could be; the lock is not taken."""
    if not (folder / _LOCK).exists() or not os.access(folder / _LOCK, os.W_OK):
        return None
    try:
        with FileLock(folder / _LOCK, timeout=0):
            return None
    except Timeout:
        return _told(folder / _HOLDER)
    except OSError:
        return None


def _introduction() -> str:
    """This process, for people; of what was typed only the first words, since a question is nobody's business."""
    typed = " ".join([Path(sys.argv[0]).name, *sys.argv[1:3]])
    command = "".join(each for each in typed if each.isprintable())[:_LONGEST]
    moment = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}"
    return f"process {os.getpid()} on {platform.node()} (`{command}`) since {moment}"


def _told(holder: Path) -> str:
    """Who the holder says it is; it has no time to when it has just taken the lock, or just left it."""
    try:
        return holder.read_text("utf-8", "replace") or _SOMEBODY
    except OSError:
        return _SOMEBODY
