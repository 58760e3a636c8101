"""The vectors of an index against its catalogue, which is the truth."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from index.errors import REPAIR, StoreError
from index.exchange import copy_vectors
from index.types import Problem
from index.windows import centres

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ports import Catalogue, VectorStore

_BATCH = 300
_SAMPLE = 8
"""Passages whose vectors are compared whenever an index is opened; that takes 3 ms."""


def require_vectors(catalogue: Catalogue, vectors: VectorStore, place: str) -> None:
    """Notice cheaply, at opening, that vectors are lost, damaged, or another index's.

    Raises StoreError with the remedy. What another process writes meanwhile is no reason: a vector is stored before its
    passage and deleted after it.
    """
    passages, stored = catalogue.passage_count(), vectors.count()
    if stored < passages:
        lost = _lost(catalogue, vectors)
        if lost:
            raise StoreError(f"{place}: of {passages} passages {len(lost)} have no vector; {REPAIR}")
    sample = catalogue.passage_ids(_SAMPLE)
    if len(_stale(catalogue, vectors, sample)) * 2 > len(sample):
        raise StoreError(f"{place}: the vectors are not those of this index; {REPAIR}")


def compare_vectors(catalogue: Catalogue, vectors: VectorStore, place: str) -> list[Problem]:
    """What is missing, too much, or stored otherwise than the catalogue has it. Raises StoreError."""
    announced = set(catalogue.orphans())
    before, stored = set(catalogue.passage_ids()), vectors.ids()
    after, announced = set(catalogue.passage_ids()), announced | set(catalogue.orphans())
    extra = stored - before - after
    found = {
        "vectors_missing": _lost(catalogue, vectors) if before - stored else set(),
        "vectors_extra": extra - announced,
        "vectors_announced": extra & announced,
        "vectors_wrong": _wrong(catalogue, vectors) - (before - stored),
    }
    return [Problem(kind, place, len(ids)) for kind, ids in found.items() if ids]  # type: ignore[arg-type] # names above


def mend_vectors(catalogue: Catalogue, vectors: VectorStore, progress: Callable[[int], None]) -> int:
    """Give every passage its own vector and no other; returns how many there are. The writer lock is held."""
    moved = copy_vectors(catalogue, vectors, progress)
    catalogue.forget_orphans(catalogue.orphans())
    return moved.vectors


def _lost(catalogue: Catalogue, vectors: VectorStore) -> set[str]:
    """Passages without a vector, for as long as they are passages."""
    missing = set(catalogue.passage_ids()) - vectors.ids()
    missing -= vectors.ids()
    return missing & set(catalogue.passage_ids())


def _wrong(catalogue: Catalogue, vectors: VectorStore) -> set[str]:
    wrong: set[str] = set()
    ids = iter(catalogue.passage_ids())
    while batch := list(islice(ids, _BATCH)):
        wrong |= _stale(catalogue, vectors, batch)
    return wrong


def _stale(catalogue: Catalogue, vectors: VectorStore, passage_ids: list[str]) -> set[str]:
    """Those of the passages whose vectors are not stored as the catalogue has them."""
    windows = catalogue.windows(passage_ids)
    pairs = [pair for pair in catalogue.passages(passage_ids) if pair[0].id in windows]
    if not pairs:
        return set()
    passages = [passage for passage, _ in pairs]
    return vectors.stale(pairs, centres(passages, [windows[each.id] for each in passages]))
