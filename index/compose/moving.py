"""Vectors to and from a Chroma server; articles to and from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.compose.engine import open_ingester
from index.compose.store import (
    catalogue_at,
    folder_vectors,
    note_whole,
    records_of,
    require_index,
    server_vectors,
    vectors_folder,
)
from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.config import Config, StoreSettings
    from index.exchange import Moved, Restored
    from index.types import StoredArticle

_LONGER = 32
"""A line of an export may be so many times longer than an article: it has 20 revisions as well, in JSON."""


def migrate(config: Config, address: str, *, drop: bool, progress: Callable[[int], None]) -> Moved:
    """Copy all vectors to the Chroma server at an address, or with an empty one into the index's own folder.

    The settings are not changed. With ``drop`` the vectors where the settings have them now are removed afterwards; or
    those in the folder, where the settings name the server already.

    Raises:
        StoreMissing: There is no index at the configured path.
        StoreLocked: Another process is writing.
        StoreError: A place cannot be used, or there is nothing that could be dropped.
    """
    from index.adapters.writer_lock import writer_lock
    from index.exchange import copy_vectors

    store = config.store
    target, former = store.model_copy(update={"chroma_url": address}), _former(store, address)
    require_index(store.path)
    if drop and former is None:
        raise StoreError("--drop: [store] chroma_url does not say which server is left; nothing was done")
    with writer_lock(store.path):
        copy = server_vectors(target, make=True) if address else folder_vectors(target, make=True)
        moved = copy_vectors(catalogue_at(store.path, None), copy, progress)
        note_whole(store, copy.collection_id)
        if drop and former:
            _drop(former)
    return moved


def stored_articles(config: Config) -> Iterator[StoredArticle]:
    """All articles with all that is kept of them, in the order of ids. Raises StoreMissing."""
    require_index(config.store.path)
    catalogue_at(config.store.path, None)  # brings a former format up to date
    return records_of(config.store.path).every()


def count_passages(config: Config) -> int:
    """How many passages there are. Raises StoreMissing."""
    require_index(config.store.path)
    return catalogue_at(config.store.path, None).passage_count()


def count_exported(config: Config, file: Path) -> int:
    """How many articles an export has, after all of it was checked. Raises SourceError."""
    from index.exchange import count_export

    return count_export(file, _longest_line(config))


def import_articles(config: Config, file: Path, progress: Callable[[int], None]) -> Restored:
    """Put the articles of an export into the index, which is made where there is none.

    Raises what ``open_ingester`` raises, and SourceError where the file cannot be read.
    """
    from index.exchange import read_export, restore

    with open_ingester(config) as ingester:
        return restore(read_export(file, _longest_line(config)), ingester, records_of(config.store.path), progress)


def _former(store: StoreSettings, address: str) -> StoreSettings | None:
    """Where vectors are left when they have been copied to an address, None where the settings do not tell."""
    if store.chroma_url != address:
        return store
    return store.model_copy(update={"chroma_url": ""}) if address else None


def _drop(former: StoreSettings) -> None:
    if former.chroma_url:
        server_vectors(former, make=True).drop()
    elif vectors_folder(former.path).exists():
        folder_vectors(former, make=True).drop()


def _longest_line(config: Config) -> int:
    return config.load.max_megabytes * 1_000_000 * _LONGER
