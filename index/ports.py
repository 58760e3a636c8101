"""What the core needs from the outside world, as protocols that adapters and test fakes implement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article, Filters, IndexStatus, Language, Passage

    Vectors = NDArray[np.float32]
    """Shape (texts, dimension), rows of unit length."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near their meanings are.

    A text's vector depends on that text alone, never on what is embedded beside it.
    """

    @property
    def fingerprint(self) -> str:
        """Names everything that decides a vector: model, weights, precision, prefixes. Vectors mix only within one."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a passage the model reads, prefix and special tokens not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens in each text, prefix and special tokens not counted."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""


class VectorStore(Protocol):
    """Vectors under passage ids, searched by cosine similarity within filters. Rebuildable from the catalogue."""

    def add(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> None:
        """Put a vector under each passage's id, replacing what was there."""

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[str, float]]:
        """The nearest passage ids with their cosine similarity, best first. ``vector`` has shape (dimension,)."""

    def count(self) -> int:
        """How many vectors are stored."""


class Catalogue(Protocol):
    """The truth: articles with their text, passages with their offsets, and full-text search over lemmas."""

    def digests(self) -> Mapping[str, tuple[str, str]]:
        """For each article id, the digest of the raw article it was made from and its source."""

    def put(self, article: Article, digest: str, passages: Sequence[tuple[Passage, str]]) -> None:
        """Store or replace an article and its passages, each with its lemmas joined by spaces, in one transaction."""

    def remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles with their passages; returns how many were there."""

    def expect_vectors(self, passage_ids: Iterable[str]) -> None:
        """Note that vectors are about to be stored under these ids, so that a crash leaves no orphan unnoticed."""

    def orphans(self) -> list[str]:
        """Ids that may have a vector although no passage bears them."""

    def forget_orphans(self, passage_ids: Sequence[str]) -> None:
        """Their vectors are gone: stop listing them."""

    def article(self, article_id: str) -> Article:
        """The article. Raises ArticleUnknown."""

    def passages(self, passage_ids: Sequence[str]) -> list[tuple[Passage, Article]]:
        """Those of the passages that exist, in the order asked for, with their articles."""

    def search(self, lemmas: Sequence[str], limit: int, filters: Filters) -> list[tuple[str, float]]:
        """Passage ids with any of the lemmas, ranked by BM25, best first, with a score that grows with relevance."""

    def languages(self) -> list[Language]:
        """Languages that have at least one article."""

    def status(self) -> IndexStatus:
        """What the index holds."""
