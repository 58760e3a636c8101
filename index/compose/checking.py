"""A look at a whole index, and its repair: catalogue, vectors, files, model."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from index.compose import belongings
from index.compose.store import (
    catalogue_at,
    catalogue_file,
    folder_vectors,
    has_index,
    note_whole,
    server_vectors,
    vectors_at,
    vectors_folder,
    vectors_place,
)
from index.errors import ConfigError, ModelError, StoreError, StoreMismatch, StoreMissing
from index.types import Checkup, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.adapters.chroma_collection import CollectionVectors
    from index.config import Config, StoreSettings
    from index.ports import Catalogue, VectorStore

_UNTRUSTED = {"vectors_unusable", "vectors_wrong"}
"""Where Chroma's own files are damaged or hold something else, they are made anew instead of mended."""
_BEYOND_REPAIR = {"catalogue_missing", "catalogue_damaged", "catalogue_mismatch", "windows_unreadable"}
"""Vectors are made from the catalogue, so there is nothing to make them of."""


def check(config: Config, *, repair: bool, progress: Callable[[int], None] = lambda _: None) -> Checkup:
    """Look at everything; with ``repair`` mend what can be mended, and look again.

    ``progress`` is told how many passages were dealt with since it was last told.

    Raises:
        StoreMissing: There is nothing at the configured path.
        StoreLocked: Something is to be repaired while another process is writing.
        StoreError: What is to be repaired cannot be written.
    """
    from index.adapters.writer_lock import writer, writer_lock

    store = config.store.path
    if not (has_index(store) or vectors_folder(store).exists()):
        raise StoreMissing(f"{store}: no index here; make one with `citewire index PATH`, or name another with --store")
    if not repair:
        return _examined(config, writer(store))
    with writer_lock(store):
        before = _examined(config, None)
        kept = _mend(config, before, progress)
        after = _examined(config, None)
    left = {(each.kind, each.place) for each in after.problems}
    repaired = [each for each in before.problems if (each.kind, each.place) not in left]
    return Checkup(after.articles, after.passages, after.vectors, after.problems, (*repaired, *kept))


def _examined(config: Config, writer: str | None) -> Checkup:
    """Everything that can be looked at without changing it."""
    store = config.store
    problems = [*belongings.place_problems(store.path), *belongings.model_problems(config)]
    problems += _catalogue_problems(config)
    if {each.kind for each in problems} & (_BEYOND_REPAIR - {"windows_unreadable"}):
        return Checkup(None, None, None, tuple(problems), writer=writer)
    catalogue = catalogue_at(store.path, None)
    status, stored = catalogue.status(), None
    try:
        vectors = vectors_at(store)
        stored = vectors.count()
        if not any(each.kind == "windows_unreadable" for each in problems):
            problems += _compared(catalogue, vectors, store, being_written=writer is not None)
    except (StoreError, ConfigError) as error:
        problems.append(Problem("vectors_unusable", vectors_place(store), reason=str(error)))
    return Checkup(status.articles, status.passages, stored, tuple(problems), writer=writer)


def _compared(
    catalogue: Catalogue, vectors: VectorStore, store: StoreSettings, *, being_written: bool
) -> list[Problem]:
    from index.upkeep import compare_vectors

    found = compare_vectors(catalogue, vectors, vectors_place(store))
    # Of a writer's work in progress, vectors that have no passage yet are a part.
    return [each for each in found if not (being_written and each.kind in ("vectors_announced", "vectors_wrong"))]


def _catalogue_problems(config: Config) -> list[Problem]:
    from index.adapters.catalogue_check import CatalogueCheck, damage

    file = catalogue_file(config.store.path)
    if not file.is_file():
        return [Problem("catalogue_missing", str(file))]
    found = damage(file)
    if found:
        return [Problem("catalogue_damaged", str(file), reason=found)]
    try:
        catalogue_at(config.store.path, belongings.fingerprint(config))
        return CatalogueCheck(file).problems()
    except StoreMismatch as error:
        return [Problem("catalogue_mismatch", str(file), reason=str(error))]
    except (StoreError, ModelError, ValueError) as error:
        return [Problem("catalogue_damaged", str(file), reason=str(error))]


def _mend(config: Config, found: Checkup, progress: Callable[[int], None]) -> list[Problem]:
    """Mend what was found; returns what has been set aside for it."""
    from index.adapters.catalogue_check import CatalogueCheck
    from index.ingest import words_of

    kinds = {each.kind for each in found.problems}
    belongings.clear_leftovers(found.problems)
    if kinds & (_BEYOND_REPAIR - {"windows_unreadable"}):
        return []
    mender = CatalogueCheck(catalogue_file(config.store.path))
    if "catalogue_dangling" in kinds:
        mender.drop_dangling()
    if "words_missing" in kinds:
        mender.mend_words(words_of)
    if "windows_unreadable" in kinds or not any(each.startswith(("vectors_", "catalogue_")) for each in kinds):
        return []
    return _mend_vectors(config.store, progress, anew=bool(kinds & _UNTRUSTED))


def _mend_vectors(store: StoreSettings, progress: Callable[[int], None], *, anew: bool) -> list[Problem]:
    from index.upkeep import mend_vectors

    catalogue, kept = catalogue_at(store.path, None), []
    if store.chroma_url:
        vectors: CollectionVectors = server_vectors(store, make=True)
        if anew:
            vectors.clear()
    else:
        kept = _set_aside(store) if anew else []
        vectors = folder_vectors(store, make=True)
    mend_vectors(catalogue, vectors, progress)
    note_whole(store, vectors.collection_id)
    return kept


def _set_aside(store: StoreSettings) -> list[Problem]:
    """Rename the folder, so that nothing in it is lost that somebody may want to look at."""
    from index.adapters.chroma import forget_open_folders

    folder = vectors_folder(store.path)
    if not folder.exists():
        return []
    forget_open_folders()
    aside = folder.with_name(f"{folder.name}.broken-{datetime.now().astimezone():%Y%m%dT%H%M%S}")
    try:
        folder.rename(aside)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be moved aside: {error.strerror or error}") from error
    return [Problem("vectors_set_aside", str(aside))]
