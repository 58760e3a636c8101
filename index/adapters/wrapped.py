"""What every embedder around another one has in common: it is that other one, but for its vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ports import Embedder


class WrappedEmbedder:
    """The part of the Embedder port that is passed through; who inherits it makes the vectors."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def fingerprint(self) -> str:
        """The other embedder's: the vectors are the same, unless who inherits says otherwise."""
        return self._embedder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        """How many tokens of a passage the model reads."""
        return self._embedder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens in each text."""
        return self._embedder.count_tokens(texts)
