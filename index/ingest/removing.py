"""What leaves an index: removed by hand, gone from its source, or older than is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from index.copies import settle
from index.identity import file_of
from index.load import absolute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from index.ingest.prepared import Tally
    from index.ports import Catalogue, VectorStore


def remove(catalogue: Catalogue, vectors: VectorStore, article_ids: Sequence[str]) -> int:
    """Remove articles with their passages and vectors; returns how many there were."""
    removed = catalogue.remove(article_ids)
    delete_orphans(catalogue, vectors)
    if removed:
        settle(catalogue)
    return removed


def delete_orphans(catalogue: Catalogue, vectors: VectorStore) -> None:
    """Delete the vectors that no passage bears any longer."""
    orphans = catalogue.orphans()
    if orphans:
        vectors.delete(orphans)
    catalogue.forget_orphans(orphans)


def expire(catalogue: Catalogue, vectors: VectorStore, keep_days: int, today: date) -> int:
    """Remove articles published, or for want of a date first stored, more than so many days ago; 0 keeps them for ever.

    Returns how many there were.
    """
    limit = cutoff(keep_days, today)
    removed = catalogue.expire(limit) if limit else 0
    if removed:
        delete_orphans(catalogue, vectors)
        settle(catalogue)
    return removed


def cutoff(keep_days: int, today: date) -> date | None:
    """The first day whose articles are kept, None where all are."""
    return today - timedelta(days=keep_days) if keep_days else None


def vanished(sources: Sequence[Path | str], tally: Tally) -> list[str]:
    """Articles stored from these files and folders earlier that they no longer hold; a page of the web never is one."""
    unreadable = {file_of(skipped.source) for skipped in tally.skipped}
    roots = [absolute(source) for source in sources if isinstance(source, Path)]
    unseen = {identity: file_of(source) for identity, (_, source) in tally.known.items() if identity not in tally.seen}
    return [
        identity
        for identity, file in unseen.items()
        # A folder that cannot be read, or is not there (a disk not mounted), says nothing about what was in it.
        if not unreadable & {file, *file.parents} and any(file.is_relative_to(root) for root in roots)
    ]
