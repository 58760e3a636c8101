"""The collections that hold an index's vectors: what the one in a server is called, and which are up to date."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

from index.adapters.catalogue_file import CatalogueFile

if TYPE_CHECKING:
    from pathlib import Path

_NAMED = "SELECT value FROM meta WHERE key = 'collection'"
_CURRENT = "SELECT value FROM meta WHERE key = 'current_collections' AND EXISTS (SELECT 1 FROM passage)"
_SET_CURRENT = "INSERT OR REPLACE INTO meta VALUES ('current_collections', ?)"


def collection_name(path: Path, *, make: bool) -> str | None:
    """The name that the catalogue keeps; where it has none, one is made, or it is None. Raises StoreError."""
    with closing(CatalogueFile(path)) as file:
        if make and not file.rows(_NAMED):
            with file.transaction() as connection:
                name = f"citewire-{uuid4().hex}"
                connection.execute("INSERT OR IGNORE INTO meta VALUES ('collection', ?)", (name,))
        return next((str(row["value"]) for row in file.rows(_NAMED)), None)


def is_current(path: Path, collection: str) -> bool:
    """Whether no other collection than this, named by the id that Chroma gave it, was written to since it was whole.

    An index without passages, or from before this was noted, makes no difference. Raises StoreError.
    """
    with closing(CatalogueFile(path)) as file:
        current = _current(file)
    return not current or collection in current


def about_to_write(path: Path, collection: str) -> bool:
    """The same; and if it is so, all others are out of date from now on. The caller holds the writer lock."""
    with closing(CatalogueFile(path)) as file:
        current = _current(file)
        if current and collection not in current:
            return False
        if current != {collection}:
            with file.transaction() as connection:
                connection.execute(_SET_CURRENT, (collection,))
        return True


def made_whole(path: Path, collection: str) -> None:
    """Note that this collection is up to date as well. The caller holds the writer lock. Raises StoreError."""
    with closing(CatalogueFile(path)) as file:
        current = _current(file)
        if current:
            with file.transaction() as connection:
                connection.execute(_SET_CURRENT, (" ".join(sorted({*current, collection})),))


def _current(file: CatalogueFile) -> set[str]:
    """The ids of the collections that are up to date; none where all may be."""
    return {each for row in file.rows(_CURRENT) for each in str(row["value"]).split()}
