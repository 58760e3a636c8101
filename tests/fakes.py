"""Stand-ins that implement a port, for tests whose point lies elsewhere than in that port."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.ports import Vectors


class WordEmbedder:
    """An Embedder without a model: a text's vector counts its words, hashed into 256 places."""

    fingerprint = "words-256"
    dimension = 256
    max_tokens = 400

    def __init__(self) -> None:
        self.embedded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A word is a token."""
        return [len(text.split()) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, 256), unit rows."""
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, 256), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, 256), unit rows; counts what it was asked for."""
        self.embedded += len(texts)
        return self.embed_queries(texts)

    def _vector(self, text: str) -> Vectors:
        counts = np.full(256, 1e-3, np.float32)
        for word in text.casefold().split():
            counts[sha256(word.strip(".,?!").encode("utf-8")).digest()[0]] += 1
        return counts / np.linalg.norm(counts)


class BrokenEmbedder(WordEmbedder):
    """Fails as a machine that dies would: in the middle of the work."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Never returns."""
        raise MemoryError(f"no room for {len(texts)} texts")


class LengthReranker:
    """A Reranker without a model: the shorter a text, the better; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Minus the length of each text."""
        self.asked.append((question, tuple(texts)))
        return [-float(len(text)) for text in texts]


class ScriptedModel:
    """A LanguageModel that writes what it was given, character by character, or fails; remembers what it was asked."""

    def __init__(self, reply: str | Exception) -> None:
        self.reply = reply
        self.asked: list[tuple[str, str, float]] = []

    def write(self, instructions: str, material: str, seconds: float) -> Iterator[str]:
        """The reply, whatever is asked."""
        self.asked.append((instructions, material, seconds))
        if isinstance(self.reply, Exception):
            raise self.reply
        yield from self.reply
