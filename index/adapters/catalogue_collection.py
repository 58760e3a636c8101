"""The name of the collection that holds an index's vectors in a Chroma server."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

from index.adapters.catalogue_file import CatalogueFile

if TYPE_CHECKING:
    from pathlib import Path

_NAMED = "SELECT value FROM meta WHERE key = 'collection'"


def collection_name(path: Path, *, make: bool) -> str | None:
    """The name that the catalogue keeps; where it has none, one is made, or it is None. Raises StoreError."""
    with closing(CatalogueFile(path)) as file:
        if make and not file.rows(_NAMED):
            with file.transaction() as connection:
                name = f"citewire-{uuid4().hex}"
                connection.execute("INSERT OR IGNORE INTO meta VALUES ('collection', ?)", (name,))
        return next((str(row["value"]) for row in file.rows(_NAMED)), None)
