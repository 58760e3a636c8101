"""The vectors in a folder, with Chroma running within this process."""

from __future__ import annotations

import os
import shutil
import threading
import time
import weakref
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from index.adapters import chroma_files
from index.adapters.chroma_collection import CollectionVectors, shortened
from index.errors import REPAIR, StoreError

_COLLECTION = "passages"
_REOPENED = 1.0
"""Seconds between two openings while another process writes; opening takes 0.06 s with a hundred passages."""
_OPENING = threading.RLock()
"""Held while a folder is opened: Chroma shares what is open on a path, and hands it out before it has started."""
_TICK = 2_000_000_000
"""Nanoseconds after which a file's time shows every change: the clock of FAT is the coarsest."""


class ChromaVectors(CollectionVectors):
    """The VectorStore port over an embedded Chroma folder."""

    failures: ClassVar[tuple[type[Exception], ...]] = (ChromaError, ValueError, OSError)
    batch: ClassVar[int] = 2000
    """Chroma refuses more than 5,461 with SQLite builds of 32,766 variables."""

    def __init__(self, folder: Path, *, make: bool = True) -> None:
        """Open the folder; where it holds no collection, one is made, or else it is an error.

        A folder that may be read only is copied to a temporary one first: Chroma cannot but write.

        Raises:
            StoreError: Chroma cannot open it, or it holds no collection.
        """
        self._folder = folder
        self._touched = 0
        self._open(make=make)

    def _open(self, *, make: bool) -> None:
        # Taken before opening: what is written meanwhile is noticed by the next search.
        seen = self._state()
        try:
            damage = chroma_files.damage(self._folder)
            if damage:
                raise self._trouble(ValueError(damage))
            if not (self._folder / chroma_files.DATABASE).exists():
                # This process may have had it open before it was deleted.
                if str(self._folder) in SharedSystemClient._identifier_to_system:  # noqa: SLF001 - others stay open
                    forget_open_folders()
                if not make:
                    raise self._missing()
            with _OPENING:
                self._client = chromadb.PersistentClient(
                    path=self._readable(), settings=Settings(anonymized_telemetry=False, is_persistent=True)
                )
                self._collections = self._collections_in(self._client, _COLLECTION, make=make)
        except NotFoundError:
            raise self._missing() from None
        except self.failures as error:
            raise self._trouble(error) from error
        self._require_cosine()
        self._opened, self._seen = time.monotonic(), self._state() if make else seen

    def _readable(self) -> str:
        """The folder, or a copy of it where it cannot be written."""
        wanted = (self._folder, *self._folder.rglob("*"))
        if not self._folder.exists() or all(os.access(each, os.W_OK) for each in wanted):
            return str(self._folder)
        copy = mkdtemp(prefix="citewire-")
        weakref.finalize(self, shutil.rmtree, copy, ignore_errors=True)
        try:
            chroma_files.copy(self._folder, Path(copy))
        except OSError as error:
            raise StoreError(f"{self._folder}: cannot be read: {error}") from error
        return copy

    def clear(self) -> None:
        """Forget all vectors; collections are made anew, since Chroma's index only grows by deletions."""
        try:
            for each in self._client.list_collections():
                self._client.delete_collection(each.name)
        except self.failures as error:
            raise self._trouble(error) from error
        self._open(make=True)

    def drop(self) -> None:
        """Remove the folder; nothing may be asked of this object afterwards. Raises StoreError."""
        forget_open_folders()
        try:
            shutil.rmtree(self._folder)
        except OSError as error:
            raise self._trouble(error) from error

    def _before_search(self) -> None:
        if time.monotonic() - self._opened > _REOPENED and self._is_touched():
            self._recover()

    def _is_touched(self) -> bool:
        """Whether somebody may have written to the database since this was last asked: its state takes longer to read.

        Of two changes within one tick of the file system's clock the second does not show.
        """
        try:
            touched = (self._folder / chroma_files.DATABASE).stat().st_mtime_ns
        except OSError:
            return True  # it is gone, which is noticed when it is looked at
        if touched == self._touched and time.time_ns() - touched > _TICK:
            return False
        self._touched = touched
        return True

    def _recover(self) -> None:
        """Open the folder anew where another process has written to it.

        Chroma holds its index in memory: it misses what was added since, and fails over what was deleted.
        """
        if self._state() == self._seen:
            return
        with _OPENING:
            if self._state() != self._seen:
                # Chroma shares what is open on one path within a process; searches under way keep the old one alive.
                forget_open_folders()
                self._open(make=False)

    def _written(self) -> None:
        self._seen = self._state()

    def _state(self) -> tuple[object, ...]:
        return chroma_files.state(self._folder)

    def _missing(self) -> StoreError:
        return StoreError(f"{self._folder}: its vectors are gone, or an earlier version made them; {REPAIR}")

    def _trouble(self, error: Exception) -> StoreError:
        return StoreError(f"{self._folder}: Chroma cannot use this folder: {shortened(error)}; {REPAIR}")


def forget_open_folders() -> None:
    """Let go of every folder that this process has open, before one of them is moved."""
    with _OPENING:
        SharedSystemClient.clear_system_cache()
