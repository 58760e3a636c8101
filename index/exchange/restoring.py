"""Exported articles back into an index: their text as it was cleaned, cut and embedded anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.copies import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from index.ingest import Ingester
    from index.ports import Records
    from index.types import StoredArticle


@dataclass(slots=True)
class Restored:
    """What importing came to; ``kept`` are articles that the index has in a later state than the file."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    kept: int = 0


def restore(
    articles: Iterable[StoredArticle], ingester: Ingester, records: Records, progress: Callable[[int], None]
) -> Restored:
    """Put the articles into the index, each with its id, times and revisions; no other article is touched.

    Which are copies of one story is found out anew, among these and those that the index has. One that is stored just
    so is left alone: what was cut short goes on when it is run again. The caller holds the writer lock. ``progress`` is
    told how many articles were dealt with since it was last told. Raises StoreError.
    """
    done = Restored()
    waiting: dict[str, StoredArticle] = {}
    for stored in ingester.put_back(_news(articles, records, done, waiting, progress), progress):
        records.complete([waiting.pop(identity) for identity in stored])
    settle(ingester.catalogue)
    return done


def _news(
    articles: Iterable[StoredArticle],
    records: Records,
    done: Restored,
    waiting: dict[str, StoredArticle],
    progress: Callable[[int], None],
) -> Iterator[StoredArticle]:
    """Those to be stored; the rest is counted."""
    for each in articles:
        ours = records.stored(each.article.id)
        same = ours is not None and _unsettled(ours) == _unsettled(each)
        if ours is None or (not same and ours.stored <= each.stored):
            done.added += ours is None
            done.replaced += ours is not None
            waiting[each.article.id] = each
            yield each
            continue
        done.unchanged += same
        done.kept += not same
        progress(1)


def _unsettled(article: StoredArticle) -> StoredArticle:
    """The article without what depends on the others of its index."""
    return replace(article, signature=None, story=None)
