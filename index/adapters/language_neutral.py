"""Takes out of vectors what tells a text's language, so that a question finds articles in other languages as well.

A multilingual model puts texts of one language nearer together than their meanings are. Where each language lies is
told by the means of parallel texts in Russian, Ukrainian and English. Every vector then loses the directions in which
these means differ, after Yang et al., "A Simple and Effective Method To Eliminate the Self Language Bias in
Multilingual Representations" (2021), and is taken from their common centre, after Mu and Viswanath, "All-but-the-Top"
(2018). The language of a text need not be known, nor guessed.

Measured with e5-small and nothing but vectors, of windows of 25 to 60 words: recall at 1 and at 5 of the article that
answers, in two collections in the three languages, for questions in the language of that article and in another one.

    directions removed         qa, same     qa, other    news, same   news, other
    0, the bare model          .884  .974   .229  .587   .842  .922   .405  .612
    0, centred                 .873  .975   .216  .618   .842  .922   .454  .647
    1                          .871  .970   .593  .874   .842  .920   .648  .815
    2                          .871  .974   .575  .872   .835  .919   .661  .822
    3                          .870  .967   .624  .876   .832  .908   .703  .849
    4                          .869  .967   .623  .876   .836  .911   .704  .846
    3, not centred             .873  .970   .612  .880   .832  .903   .676  .831
    3, told by 8 pairs*        .871  .966   .598  .866   .829  .913   .682  .837
    3, told by 16 pairs*       .870  .967   .621  .876   .834  .908   .693  .843
    2, by paragraphs alone     .868  .967   .590  .868   .842  .917   .701  .835
    3, by the other collection .869  .967   .603  .862   .848  .919   .647  .799

*Of calibration.toml's 24 pairs of a paragraph and a question; all 24 where nothing is said. Fused with BM25 the order
is much the same, and questions in the article's language lose .004 at the most.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from index.adapters.wrapped import WrappedEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.ports import Embedder, Vectors

_LOG = logging.getLogger(__name__)
CALIBRATION = Path(__file__).with_name("calibration.toml")
REMOVED = 3
"""Of four differences. With e5-small their singular values are .58, .23, .23 and .06: a cut at 2 parts two equals."""
_LANGUAGES = ("ru", "uk", "en")
_METHOD = 1
"""Raised when the arithmetic changes, so that vectors made before are told from those made after."""
_NO_LENGTH = 1e-6
"""Below this, what is left of a unit vector is rounding."""


@dataclass(frozen=True, slots=True)
class Projection:
    """``centre``, shape (dimension,), and ``removed``, orthonormal rows of shape (directions, dimension)."""

    centre: NDArray[np.float64]
    removed: NDArray[np.float64]

    def apply(self, vectors: Vectors) -> Vectors:
        """Each row without the removed directions, of length 1; shapes (texts, dimension) both.

        A row of which nothing is left becomes the first axis: some unit vector is promised, and none is truer.
        """
        # Row by row: the sums of a whole matrix depend, in their last bits, on how many rows it has.
        rows = [self._one(row) for row in vectors.astype(np.float64)]
        return np.array(rows, np.float32).reshape(vectors.shape)

    def _one(self, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        moved = vector - self.centre
        left = moved - self.removed.T @ (self.removed @ moved)
        length = np.linalg.norm(left)
        return left / length if length > _NO_LENGTH else np.eye(1, len(left))[0]


class NeutralEmbedder(WrappedEmbedder):
    """The Embedder port over another embedder, whose vectors are corrected. Thread-safe.

    The correction is measured on first use, which embeds the calibration texts (seconds), and kept in ``cache``; where
    that folder cannot be written, it is measured once a process. Damage to the file is noticed and mended.
    """

    def __init__(self, embedder: Embedder, cache: Path, calibration: Path = CALIBRATION) -> None:
        super().__init__(embedder)
        self._cache = cache
        self._calibration = calibration.read_text("utf-8")
        self._measuring = threading.Lock()
        self._measured: Projection | None = None

    @property
    def fingerprint(self) -> str:
        """The other embedder's, and a digest of the calibration texts and the method."""
        made_of = f"{_METHOD}/{REMOVED}/{self._calibration}"
        return f"{self._embedder.fingerprint}/neutral-{hashlib.sha256(made_of.encode()).hexdigest()[:8]}"

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (texts, dimension)."""
        return self._projection.apply(self._embedder.embed_queries(texts))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension)."""
        return self._projection.apply(self._embedder.embed_passages(texts))

    @property
    def _projection(self) -> Projection:
        with self._measuring:
            if self._measured is None:
                file = self._cache / f"neutral-{hashlib.sha256(self.fingerprint.encode()).hexdigest()[:16]}.bin"
                self._measured = _read(file, self.dimension) or self._measure(file)
            return self._measured

    def _measure(self, file: Path) -> Projection:
        projection = measure(self._embedder, self._calibration)
        _write(projection, file)
        return projection


def measure(embedder: Embedder, calibration: str) -> Projection:
    """Where the embedder puts the languages of the texts in ``calibration``, which is laid out as calibration.toml."""
    texts = tomllib.loads(calibration)
    roles = ((embedder.embed_passages, texts["passages"]), (embedder.embed_queries, texts["questions"]))
    places = [
        embed([each[language] for each in parallel]).mean(axis=0, dtype=np.float64)
        for embed, parallel in roles
        for language in _LANGUAGES
    ]
    means = np.array(places).reshape(len(roles), len(_LANGUAGES), -1)
    differences = (means[:, :-1] - means[:, -1:]).reshape(-1, means.shape[-1])
    directions = np.linalg.svd(differences, full_matrices=False)[2]
    # In the order of rows in memory, as it is when read from the file: the last bits of a product depend on that.
    return Projection(means.mean(axis=(0, 1)), np.ascontiguousarray(directions[:REMOVED]))


def _read(file: Path, dimension: int) -> Projection | None:
    """What ``_write`` wrote, or None where there is no such file or it is damaged."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    digest, body = data[:32], data[32:]
    if hashlib.sha256(body).digest() != digest or len(body) != 8 * dimension * (1 + REMOVED):
        return None
    rows = np.frombuffer(body, "<f8").reshape(1 + REMOVED, dimension)
    return Projection(rows[0], rows[1:])


def _write(projection: Projection, file: Path) -> None:
    """A SHA-256 of the rest, then centre and directions; the file appears whole or not at all."""
    body = np.vstack([projection.centre, projection.removed]).astype("<f8").tobytes()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="neutral-", dir=file.parent) as workshop:
            part = Path(workshop) / file.name
            part.write_bytes(hashlib.sha256(body).digest() + body)
            part.replace(file)
    except OSError as error:
        _LOG.warning("%s cannot be kept, so that each start takes seconds longer: %s", file, error)
