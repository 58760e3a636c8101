"""Vectors of the texts met last, kept in memory: a conversation comes back to the same questions and sentences."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from index.adapters.wrapped import WrappedEmbedder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.ports import Embedder, Vectors

_KEPT = 4096
"""Texts, at some 2 KB each: the sentences of a few hundred articles."""


class RecentEmbedder(WrappedEmbedder):
    """The Embedder port over another embedder, which is asked only for texts not met lately. Thread-safe."""

    def __init__(self, embedder: Embedder, kept: int = _KEPT) -> None:
        super().__init__(embedder)
        self._kept = kept
        self._lock = threading.Lock()
        self._recent: OrderedDict[tuple[str, str], Vectors] = OrderedDict()

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (texts, dimension)."""
        return self._embed("query", texts, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension)."""
        return self._embed("passage", texts, self._embedder.embed_passages)

    def _embed(self, role: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        import numpy as np

        with self._lock:
            known = {text: self._recent[role, text] for text in texts if (role, text) in self._recent}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, embed(new), strict=True) if new else ())
        with self._lock:
            for text, vector in known.items():
                self._recent[role, text] = vector
                self._recent.move_to_end((role, text))
            while len(self._recent) > self._kept:
                self._recent.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)
