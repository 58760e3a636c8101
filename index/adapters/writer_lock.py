"""One writer an index at a time; a lock file says who."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import StoreError, StoreLocked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's writer lock.

    Raises:
        StoreLocked: Another process holds it; the text says which, and since when.
        StoreError: The folder cannot be written.
    """
    holder = folder / "writer.txt"
    lock = FileLock(folder / "writer.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        holder.write_text(f"process {os.getpid()} since {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}", "utf-8")
    except Timeout:
        who = holder.read_text("utf-8") if holder.exists() else "another process"
        raise StoreLocked(f"{folder}: being written by {who}; wait until it is done, or stop it") from None
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
