"""Vectors to another place, made from the catalogue: where they were before need not even be there any longer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from index.errors import StoreError
from index.windows import centres

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ports import Catalogue, VectorStore

_BATCH = 300
"""Passages compared and written together."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What copying came to: all vectors there now, those of them that had to be written, and strays deleted."""

    vectors: int
    written: int
    deleted: int


def copy_vectors(catalogue: Catalogue, target: VectorStore, progress: Callable[[int], None]) -> Moved:
    """Give every stored passage its vector in the target, and the target no other; the caller holds the writer lock.

    What is there already is left alone, so that it may be cut short and run again. ``progress`` is told how many
    passages were dealt with since it was last told.

    Raises:
        StoreError: The target cannot be used, or does not hold afterwards what it should.
    """
    wanted: set[str] = set()
    written = 0
    passages = catalogue.stored_passages()
    while batch := list(islice(passages, _BATCH)):
        pairs = [(passage, article) for passage, article, _ in batch]
        vectors = centres([passage for passage, _ in pairs], [windows for _, _, windows in batch])
        stale = target.stale(pairs, vectors)
        places = [place for place, (passage, _) in enumerate(pairs) if passage.id in stale]
        if places:
            target.add([pairs[place] for place in places], vectors[places])
        wanted |= {passage.id for passage, _ in pairs}
        written += len(places)
        progress(len(batch))
    strays = sorted(target.ids() - wanted)
    target.delete(strays)
    if target.ids() != wanted or target.count() != len(wanted):
        raise StoreError(f"the copy holds {target.count()} vectors of {len(wanted)}; run the command again")
    return Moved(len(wanted), written, len(strays))
