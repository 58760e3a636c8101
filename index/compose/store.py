"""The two halves of an index, opened where the settings say."""

from __future__ import annotations

import gc
import os
import re
from functools import partial
from typing import TYPE_CHECKING

from index.errors import ConfigError, StoreError, StoreMissing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.adapters.chroma import ChromaVectors
    from index.adapters.chroma_collection import CollectionVectors
    from index.adapters.chroma_server import ChromaServerVectors
    from index.config import StoreSettings
    from index.ports import Catalogue, Records, Visits


def vectors_at(store: StoreSettings) -> CollectionVectors:
    """The vectors of an index whose catalogue is there, where the settings say.

    Raises:
        StoreError: Chroma cannot use the folder; or no server answers, it refuses the token, or has no such vectors.
        ConfigError: The server's token is not in the environment.
    """
    from index.adapters.catalogue_collection import about_to_write

    vectors: CollectionVectors = server_vectors(store) if store.chroma_url else folder_vectors(store)
    vectors.before_change = partial(_require_current, store, about_to_write)
    return vectors


def require_vectors_of(store: StoreSettings, catalogue: Catalogue, vectors: CollectionVectors) -> None:
    """Raises StoreError where vectors are lost, out of date or another's, as far as a few milliseconds show."""
    from index.adapters.catalogue_collection import is_current
    from index.upkeep import require_vectors

    require_vectors(catalogue, vectors, vectors_place(store))
    _require_current(store, is_current, vectors.collection_id)


def _require_current(store: StoreSettings, is_current: Callable[[Path, str], bool], collection: str) -> None:
    if not is_current(catalogue_file(store.path), collection):
        raise StoreError(
            f"{vectors_place(store)}: these vectors are out of date, the index was written with others since; put "
            f"[store] chroma_url back as it was then, or copy what is missing here: "
            f"`citewire migrate --to {store.chroma_url or 'embedded'}`"
        )


def folder_vectors(store: StoreSettings, *, make: bool = False) -> ChromaVectors:
    """The vectors in the index's own folder; made where told, or where no passage is missed. Raises StoreError."""
    # Importing makes hundreds of thousands of lasting objects; collecting garbage among them costs a tenth of the time.
    gc.disable()
    try:
        from index.adapters.chroma import ChromaVectors
    finally:
        gc.freeze()
        gc.enable()
    empty = make or catalogue_at(store.path, None).passage_count() == 0
    return ChromaVectors(vectors_folder(store.path), make=empty)


def server_vectors(store: StoreSettings, *, make: bool = False) -> ChromaServerVectors:
    """The index's collection in the Chroma server of the settings; made where told, or where no passage is missed.

    An index with passages and without a collection was not copied to the server: its new articles alone would be found.
    Raises StoreError and ConfigError as ``vectors_at``.
    """
    from index.adapters.catalogue_collection import collection_name
    from index.adapters.chroma_server import ChromaPlace, ChromaServerVectors

    place = ChromaPlace(store.chroma_url, _token(store.chroma_token_env))
    make = make or catalogue_at(store.path, None).passage_count() == 0
    name = collection_name(catalogue_file(store.path), make=make)
    if name is None:
        raise place.missing()
    return ChromaServerVectors(place, name, make=make)


def vectors_folder(store: Path) -> Path:
    """Where vectors lie that are in no server."""
    return store / "chroma"


def vectors_place(store: StoreSettings) -> str:
    """Where the settings have the vectors, for messages."""
    return store.chroma_url or str(vectors_folder(store.path))


def note_whole(store: StoreSettings, collection: str) -> None:
    """Note that this collection has the vectors of all passages now; the writer lock is held."""
    from index.adapters.catalogue_collection import made_whole

    made_whole(catalogue_file(store.path), collection)


def catalogue_at(store: Path, fingerprint: str | None) -> Catalogue:
    """The catalogue of the index in a folder; without a fingerprint, whatever model it was built with.

    Raises:
        StoreMismatch: It was built with another model or format.
    """
    from index.adapters.catalogue import SqliteCatalogue

    return SqliteCatalogue(catalogue_file(store), fingerprint)


def visits_at(store: Path) -> Visits:
    """What is remembered of watched addresses in the index in a folder, where there is one."""
    from index.adapters.catalogue_visits import SqliteVisits

    return SqliteVisits(catalogue_file(store))


def has_index(store: Path) -> bool:
    """Whether there is an index in a folder."""
    return catalogue_file(store).is_file()


def records_of(store: Path) -> Records:
    """The articles in a folder's catalogue with all that is kept of them."""
    from index.adapters.catalogue_exchange import CatalogueRecords

    return CatalogueRecords(catalogue_file(store))


def require_index(store: Path) -> None:
    """Raises StoreMissing where there is no index in a folder."""
    if not has_index(store):
        raise StoreMissing(f"{store}: no index here; make one with `citewire index PATH`, or name another with --store")


def catalogue_file(store: Path) -> Path:
    """The file that holds the articles."""
    return store / "catalogue.sqlite3"


def _token(variable: str) -> str:
    """The server's token, empty where none is wanted; whoever typed the token for a name sees neither repeated."""
    token = os.environ.get(variable, "").strip() if variable else ""
    if variable and not token:
        raise ConfigError("[store] chroma_token_env names an environment variable that is not set")
    if not re.fullmatch(r"[!-~]*", token):
        raise ConfigError(f"{variable}: a token has letters of ASCII, digits and punctuation only ([store])")
    return token
