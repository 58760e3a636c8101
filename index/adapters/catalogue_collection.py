"""The name of the collection that holds an index's vectors in a Chroma server."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

from index.adapters.catalogue_file import CatalogueFile

if TYPE_CHECKING:
    from pathlib import Path

_NAMED = "SELECT value FROM meta WHERE key = 'collection'"


def collection_name(path: Path) -> str:
    """The name that the catalogue keeps; given to it when first asked for. Raises StoreError."""
    with closing(CatalogueFile(path)) as file:
        if not file.rows(_NAMED):
            with file.transaction() as connection:
                name = f"citewire-{uuid4().hex}"
                connection.execute("INSERT OR IGNORE INTO meta VALUES ('collection', ?)", (name,))
        return str(file.rows(_NAMED)[0]["value"])
