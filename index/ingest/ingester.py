"""Load, clean, chunk, embed, store.

Repeatable: an article whose source did not change is not worked on again. Crash-safe: vectors are announced in the
catalogue before they are written, and an article becomes visible in one transaction after them; a crash leaves at
worst vectors that no passage bears, which are never found and which the next run deletes.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.chunk import ChunkLimits, chunk, windows
from index.clean import clean
from index.copies import settle
from index.errors import SourceError
from index.identity import article_id, digest
from index.ingest.prepared import Prepared, Tally, words_of
from index.ingest.removing import cutoff, delete_orphans, expire, remove, vanished
from index.load import PageLimits, load
from index.ports import SearchForm
from index.types import IngestReport, RawArticle, Skipped, Taken
from index.watch.gathering import Forgetful, gathering_by_hand
from index.windows import WINDOW_WORDS, by_passage, centres, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from index.ingest.prepared import IngestSettings
    from index.ports import Catalogue, Embedder, Vectors, VectorStore, Visits
    from index.types import Article, StoredArticle, Unchanged
    from index.watch.gathering import Gathering

    Loaded = Iterable[RawArticle | Skipped | Unchanged]
    Sources = Sequence[Path | str]
    Progress = Callable[[int], None]

_BATCH_PASSAGES = 96
"""Passages embedded and stored together: some seconds of work, so that an interruption loses little."""


@dataclass(frozen=True, slots=True)
class Ingester:
    """Writes articles into one index; the caller holds the index's writer lock.

    Articles older than ``keep_days`` are not taken in, and are removed at the end of every run; 0 keeps them for ever.
    Of a feed or a sitemap, at most the ``newest`` articles are read.
    """

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue
    settings: IngestSettings
    pages: PageLimits = field(default_factory=PageLimits)
    keep_days: int = 0
    visits: Visits = field(default_factory=Forgetful)
    newest: int = 50

    def ingest(self, sources: Sources, now: datetime, progress: Progress) -> IngestReport:
        """Bring the index in line with the sources.

        Articles that came from a source's files earlier and are no longer in them are removed; those of a file or page
        that cannot be read this time are kept.

        Args:
            sources: Files and folders as paths; pages, feeds and sitemaps on the web as addresses.
            now: What relative dates in articles count from.
            progress: Told how many articles (or unreadable files) were dealt with since it was last told.

        Raises:
            StoreError: The index cannot be written.
        """
        gathering = gathering_by_hand(self.pages, self.visits, self.newest, self.catalogue)
        raws = (raw for source in sources for raw in self._raws(source, gathering))
        report = self._run(raws, sources, now, progress)
        # Not before the articles are stored: what was visited is not read again.
        self.visits.note(gathering.visits_made())
        return report

    def add(self, raws: Loaded, now: datetime, progress: Progress = lambda _: None) -> IngestReport:
        """Store these articles, or bring them up to date; no other article is touched, but what is too old removed.

        ``now`` and ``progress`` are as for ``ingest``. Raises StoreError where the index cannot be written.
        """
        return self._run(raws, (), now, progress)

    def put_back(self, articles: Iterable[StoredArticle], progress: Progress) -> Iterator[list[str]]:
        """Store cleaned articles as they are, under the digests they bear; yields the ids of those stored meanwhile.

        Nothing else that is stored of them is kept here. ``progress`` and errors are as for ``ingest``.
        """
        tally = Tally(self.catalogue.digests())
        cut = (self._cut(each.article, each.digest, each.stored) for each in articles)
        for batch, vectors in self._embedded(_batches(cut)):
            self._store(batch, vectors, tally)
            progress(len(batch))
            yield [each.article.id for each in batch]

    def _run(self, raws: Loaded, sources: Sources, now: datetime, progress: Progress) -> IngestReport:
        started = time.perf_counter()
        delete_orphans(self.catalogue, self.vectors)
        limit = cutoff(self.keep_days, now.date())
        tally = Tally(self.catalogue.digests(), self.catalogue.expired(limit) if limit else ())
        for batch, vectors in self._embedded(_batches(self._changed(raws, now, tally, progress))):
            self._store(batch, vectors, tally)
            progress(len(batch))
        self.catalogue.move(tally.moved)
        # Once a run: articles of an older format, and those of a run that was cut short, are looked at along with it.
        settle(self.catalogue)
        removed = remove(self.catalogue, self.vectors, vanished(sources, tally))
        expired = expire(self.catalogue, self.vectors, self.keep_days, now.date())
        return replace(self._report(tally, time.perf_counter() - started), removed=removed + expired, expired=expired)

    def _raws(self, source: Path | str, gathering: Gathering) -> Iterator[RawArticle | Skipped | Unchanged]:
        if isinstance(source, str):
            yield from gathering.read(source)
        else:
            yield from load(source, self.settings.max_bytes)

    def _changed(self, raws: Loaded, now: datetime, tally: Tally, progress: Progress) -> Iterator[Prepared]:
        """New and changed articles, ready to be stored."""
        for raw in raws:
            prepared = self._prepare(raw, now, tally)
            if prepared:
                yield prepared
            else:
                progress(1)

    def _prepare(self, raw: RawArticle | Skipped | Unchanged, now: datetime, tally: Tally) -> Prepared | None:
        """The article cleaned and cut, or None where there is nothing to store; the tally says why."""
        if not isinstance(raw, RawArticle):
            tally.leave(raw)
            return None
        identity = article_id(raw)
        if identity in tally.seen:
            # One file reached by two paths is no news to anybody.
            if tally.seen[identity] != raw.source:
                tally.skipped.append(Skipped(raw.source, f"has the same id as {tally.seen[identity]}"))
            return None
        tally.seen[identity] = raw.source
        mark = digest(raw, self.settings)
        known, source = tally.known.get(identity, ("", raw.source))
        if source != raw.source:
            tally.moved[identity] = raw.source
        if known == mark:
            tally.taken.append(Taken(identity, "unchanged"))
            return None
        try:
            article = clean(raw, identity, now, self.settings.zones)
            self._refuse_expired(article, now, tally)
        except SourceError as error:
            tally.skipped.append(Skipped(error.source, error.reason))
            return None
        return self._cut(article, mark)

    def _cut(self, article: Article, mark: str, at: datetime | None = None) -> Prepared:
        count, room = self.embedder.count_tokens, self._room_for(article)
        passages = chunk(article, count, ChunkLimits(self.settings.min_words, self.settings.max_words, room))
        limits = ChunkLimits(*WINDOW_WORDS, room)
        return Prepared(article, mark, passages, [windows(passage, count, limits) for passage in passages], at)

    def _refuse_expired(self, article: Article, now: datetime, tally: Tally) -> None:
        """Raises SourceError for an article that would be removed again at the end of the run."""
        limit = cutoff(self.keep_days, now.date())
        too_old = article.published.day < limit if limit and article.published else article.id in tally.expired
        if too_old:
            raise SourceError(article.source, f"older than is kept ([store] keep_days = {self.keep_days})")

    def _room_for(self, article: Article) -> int:
        """Tokens left for a passage beside its article's heading."""
        return self.embedder.max_tokens - self.embedder.count_tokens([heading(article)])[0] - 1

    def _embedded(self, batches: Iterable[list[Prepared]]) -> Iterator[tuple[list[Prepared], Vectors]]:
        """Each batch with its vectors; while one is embedded, the next is prepared and the one before is stored."""
        with ThreadPoolExecutor(1) as pool:
            ahead: tuple[list[Prepared], Future[Vectors]] | None = None
            for batch in batches:
                texts = [text for each in batch for text in each.texts()]
                embedding = pool.submit(self.embedder.embed_passages, texts)
                if ahead:
                    yield ahead[0], ahead[1].result()
                ahead = batch, embedding
            if ahead:
                yield ahead[0], ahead[1].result()

    def _store(self, batch: Sequence[Prepared], vectors: Vectors, tally: Tally) -> None:
        pairs = [(passage, each.article) for each in batch for passage in each.passages]
        found = list(by_passage((spans for each in batch for spans in each.windows), vectors))
        self.catalogue.expect_vectors([passage.id for passage, _ in pairs])
        self.vectors.add(pairs, centres([passage for passage, _ in pairs], found))
        forms = iter(found)
        for each in batch:
            rows = [(passage, SearchForm(words_of(each.article, passage), next(forms))) for passage in each.passages]
            self.catalogue.put(each.article, each.digest, rows, each.at)
            tally.taken.append(Taken(each.article.id, "updated" if each.article.id in tally.known else "added"))
        tally.embedded += len(pairs)
        delete_orphans(self.catalogue, self.vectors)

    def _report(self, tally: Tally, seconds: float) -> IngestReport:
        status, counts = self.catalogue.status(), Counter(each.outcome for each in tally.taken)
        return IngestReport(
            added=counts["added"],
            updated=counts["updated"],
            unchanged=counts["unchanged"] + tally.unread,
            skipped=tuple(tally.skipped),
            articles=status.articles,
            passages=status.passages,
            embedded=tally.embedded,
            seconds=seconds,
            taken=tuple(tally.taken),
        )


def _batches(prepared: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """Articles some hundred passages at a time."""
    batch: list[Prepared] = []
    for one in prepared:
        batch.append(one)
        if sum(len(each.passages) for each in batch) >= _BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch
