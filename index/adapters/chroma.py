"""The vectors in a folder, with Chroma running within this process."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING, ClassVar

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index.adapters.chroma_collection import CollectionVectors
from index.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

_COLLECTION = "passages"
_REOPENED = 1.0
"""Seconds between two openings while another process writes; opening takes 0.06 s with a hundred passages."""


class ChromaVectors(CollectionVectors):
    """The VectorStore port over an embedded Chroma folder."""

    failures: ClassVar[tuple[type[Exception], ...]] = (ChromaError, ValueError, OSError)
    batch: ClassVar[int] = 2000
    """Chroma refuses more than 5,461 with SQLite builds of 32,766 variables."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, making the collection where it is new.

        Raises:
            StoreError: Chroma cannot open it.
        """
        self._folder = folder
        self._opening = threading.Lock()
        self._open()

    def _open(self) -> None:
        try:
            self._client = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False, is_persistent=True)
            )
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        except self.failures as error:
            raise self._trouble(error) from error
        self._opened, self._seen = time.monotonic(), self._state()

    def clear(self) -> None:
        """Forget all vectors; the collection is made anew, since Chroma's index only grows by deletions."""
        try:
            self._client.delete_collection(_COLLECTION)
        except self.failures as error:
            raise self._trouble(error) from error
        self._open()

    def drop(self) -> None:
        """Remove the folder; nothing may be asked of this object afterwards. Raises StoreError."""
        SharedSystemClient.clear_system_cache()
        try:
            shutil.rmtree(self._folder)
        except OSError as error:
            raise self._trouble(error) from error

    def _before_search(self) -> None:
        if time.monotonic() - self._opened > _REOPENED:
            self._recover()

    def _recover(self) -> None:
        """Open the folder anew where another process has written to it.

        Chroma holds its index in memory: it misses what was added since, and fails over what was deleted.
        """
        if self._state() == self._seen:
            return
        with self._opening:
            if self._state() != self._seen:
                # Chroma shares what is open on one path within a process; searches under way keep the old one alive.
                SharedSystemClient.clear_system_cache()
                self._open()

    def _written(self) -> None:
        self._seen = self._state()

    def _state(self) -> tuple[tuple[int, int], ...]:
        """Tells one content of the folder from another: times and sizes of its database and its journal."""
        files = (self._folder / name for name in ("chroma.sqlite3", "chroma.sqlite3-wal"))
        return tuple((found.st_mtime_ns, found.st_size) for each in files if each.exists() for found in [each.stat()])

    def _trouble(self, error: Exception) -> StoreError:
        return StoreError(f"{self._folder}: Chroma cannot use this folder: {error}")
