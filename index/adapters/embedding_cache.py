"""Vectors remembered in one SQLite file, so that measuring the same texts again needs no model."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from index.adapters.wrapped import WrappedEmbedder
from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.ports import Embedder, Vectors

_MOST_VARIABLES = 900
"""Bound parameters of one statement; SQLite builds before 3.32 allow 999."""


class CachedEmbedder(WrappedEmbedder):
    """The Embedder port over another embedder, which is asked only for texts not met before.

    A vector is kept under a digest of the embedder's fingerprint, the role of the text (query or passage) and the text,
    so that one file serves any number of models. Safe to use from several threads.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        """Open the file, making it and its folder where they are not there. Raises StoreError."""
        super().__init__(embedder)
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise self._failure(error) from error
        with self._transaction() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, floats BLOB) WITHOUT ROWID")

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return self._remembered("query", texts, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        return self._remembered("passage", texts, self._embedder.embed_passages)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _remembered(self, role: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """The vectors, shape (texts, dimension); those not known yet are made and kept."""
        import numpy as np

        digests = [self._digest(role, text) for text in texts]
        known = self._read(digests)
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if missing:
            made = dict(zip(missing, embed(list(missing.values())), strict=True))
            self._write(made)
            known.update(made)
        return np.stack([known[digest] for digest in digests]) if digests else embed([])

    def _digest(self, role: str, text: str) -> bytes:
        seed = f"{self.fingerprint}\0{role}\0{text}"
        return sha256(seed.encode("utf-8", "surrogatepass")).digest()

    def _read(self, digests: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        import numpy as np

        found: dict[bytes, NDArray[np.float32]] = {}
        for start in range(0, len(digests), _MOST_VARIABLES):
            part = digests[start : start + _MOST_VARIABLES]
            query = f"SELECT digest, floats FROM vector WHERE digest IN ({','.join('?' * len(part))})"  # noqa: S608 - only marks
            with self._transaction() as connection:
                rows = connection.execute(query, part).fetchall()
            found.update((digest, np.frombuffer(floats, dtype="<f4")) for digest, floats in rows)
        return found

    def _write(self, vectors: Mapping[bytes, Vectors]) -> None:
        rows = [(digest, vector.astype("<f4").tobytes()) for digest, vector in vectors.items()]
        with self._transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", rows)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time; changes stand together or not at all."""
        try:
            with self._lock, self._connection as connection:
                yield connection
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> StoreError:
        return StoreError(f"{self._path}: remembered vectors cannot be used: {error}; delete the file to begin anew")
