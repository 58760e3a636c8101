"""The two halves of an index, opened where the settings say."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from index.errors import StoreMissing

if TYPE_CHECKING:
    from pathlib import Path

    from index.ports import Catalogue, VectorStore


def vectors_at(store: Path) -> VectorStore:
    """The vectors of the index in a folder. Raises StoreError."""
    # Importing makes hundreds of thousands of lasting objects; collecting garbage among them costs a tenth of the time.
    gc.disable()
    try:
        from index.adapters.chroma import ChromaVectors
    finally:
        gc.freeze()
        gc.enable()
    return ChromaVectors(store / "chroma")


def catalogue_at(store: Path, fingerprint: str | None) -> Catalogue:
    """The catalogue of the index in a folder; without a fingerprint, whatever model it was built with.

    Raises:
        StoreMismatch: It was built with another model or format.
    """
    from index.adapters.catalogue import SqliteCatalogue

    return SqliteCatalogue(_catalogue_file(store), fingerprint)


def require_index(store: Path) -> None:
    """Raises StoreMissing where there is no index in a folder."""
    if not _catalogue_file(store).is_file():
        raise StoreMissing(f"{store}: no index here; make one with `citewire index PATH`, or name another with --store")


def _catalogue_file(store: Path) -> Path:
    return store / "catalogue.sqlite3"
