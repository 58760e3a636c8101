"""Sources to a searchable index: load, clean, chunk, embed, store.

Repeatable: an article whose source did not change is not worked on again. Crash-safe: vectors are announced in the
catalogue before they are written, and an article becomes visible in one transaction after them; a crash leaves at
worst vectors that no passage bears, which are never found and which the next run deletes.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.chunk import ChunkLimits, chunk, windows
from index.clean import clean
from index.errors import SourceError
from index.identity import article_id, digest, file_of
from index.language import search_words
from index.load import PageLimits, absolute, load, load_page
from index.ports import SearchForm
from index.types import IngestReport, Skipped, Taken
from index.windows import WINDOW_WORDS, by_passage, centres, heading, window_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from index.ports import Catalogue, Embedder, Vectors, VectorStore
    from index.types import Article, Passage, RawArticle, Span

    Loaded = Iterable[RawArticle | Skipped]
    Sources = Sequence[Path | str]
    Progress = Callable[[int], None]

_BATCH_PASSAGES = 96
"""Passages embedded and stored together: some seconds of work, so that an interruption loses little."""


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """What shapes an article on its way in; part of its digest, so that a change is worked in."""

    max_bytes: int = 20_000_000
    min_words: int = 120
    max_words: int = 220
    zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article ready to be embedded and stored; ``windows`` has a list for each passage."""

    article: Article
    digest: str
    passages: list[Passage]
    windows: list[list[Span]]

    def texts(self) -> list[str]:
        """What is embedded, passage by passage."""
        spans = zip(self.passages, self.windows, strict=True)
        return [text for passage, found in spans for text in window_texts(self.article, passage, found)]


@dataclass(slots=True)
class _Tally:
    """What a run has seen and done so far."""

    known: Mapping[str, tuple[str, str]]
    seen: dict[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class Ingester:
    """Writes articles into one index; the caller holds the index's writer lock."""

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue
    settings: IngestSettings
    pages: PageLimits = field(default_factory=PageLimits)

    def ingest(self, sources: Sources, now: datetime, progress: Progress) -> IngestReport:
        """Bring the index in line with the sources.

        Articles that came from a source's files earlier and are no longer in them are removed; those of a file or page
        that cannot be read this time are kept.

        Args:
            sources: Files and folders as paths, pages on the web as addresses.
            now: What relative dates in articles count from.
            progress: Told how many articles (or unreadable files) were dealt with since it was last told.

        Raises:
            StoreError: The index cannot be written.
        """
        return self._run((raw for source in sources for raw in self._raws(source)), sources, now, progress)

    def add(self, raws: Loaded, now: datetime, progress: Progress = lambda _: None) -> IngestReport:
        """Store these articles, or bring them up to date; no other article is touched.

        ``now`` and ``progress`` are as for ``ingest``. Raises StoreError where the index cannot be written.
        """
        return self._run(raws, (), now, progress)

    def _run(self, raws: Loaded, sources: Sources, now: datetime, progress: Progress) -> IngestReport:
        started = time.perf_counter()
        delete_orphans(self.catalogue, self.vectors)
        tally = _Tally(known=self.catalogue.digests())
        for batch, vectors in self._embedded(self._batches(raws, now, tally, progress)):
            self._store(batch, vectors, tally)
            progress(len(batch))
        removed = remove(self.catalogue, self.vectors, _vanished(sources, tally))
        return self._report(tally, removed, time.perf_counter() - started)

    def _raws(self, source: Path | str) -> Iterator[RawArticle | Skipped]:
        if isinstance(source, str):
            yield load_page(source, self.pages)
        else:
            yield from load(source, self.settings.max_bytes)

    def _batches(self, raws: Loaded, now: datetime, tally: _Tally, progress: Progress) -> Iterator[list[_Prepared]]:
        """New and changed articles, some hundred passages at a time."""
        batch: list[_Prepared] = []
        for raw in raws:
            prepared = self._prepare(raw, now, tally)
            if prepared is None:
                progress(1)
                continue
            batch.append(prepared)
            if sum(len(each.passages) for each in batch) >= _BATCH_PASSAGES:
                yield batch
                batch = []
        if batch:
            yield batch

    def _prepare(self, raw: RawArticle | Skipped, now: datetime, tally: _Tally) -> _Prepared | None:
        """The article cleaned and cut, or None where there is nothing to store; the tally says why."""
        if isinstance(raw, Skipped):
            tally.skipped.append(raw)
            return None
        identity = article_id(raw)
        if identity in tally.seen:
            # One file reached by two paths is no news to anybody.
            if tally.seen[identity] != raw.source:
                tally.skipped.append(Skipped(raw.source, f"has the same id as {tally.seen[identity]}"))
            return None
        tally.seen[identity] = raw.source
        mark = digest(raw, self.settings)
        if tally.known.get(identity, ("", ""))[0] == mark:
            tally.taken.append(Taken(identity, "unchanged"))
            return None
        try:
            article = clean(raw, identity, now, self.settings.zones)
        except SourceError as error:
            tally.skipped.append(Skipped(error.source, error.reason))
            return None
        count, room = self.embedder.count_tokens, self._room_for(article)
        passages = chunk(article, count, ChunkLimits(self.settings.min_words, self.settings.max_words, room))
        limits = ChunkLimits(*WINDOW_WORDS, room)
        return _Prepared(article, mark, passages, [windows(passage, count, limits) for passage in passages])

    def _room_for(self, article: Article) -> int:
        """Tokens left for a passage beside its article's heading."""
        return self.embedder.max_tokens - self.embedder.count_tokens([heading(article)])[0] - 1

    def _embedded(self, batches: Iterable[list[_Prepared]]) -> Iterator[tuple[list[_Prepared], Vectors]]:
        """Each batch with its vectors; while one is embedded, the next is prepared and the one before is stored."""
        with ThreadPoolExecutor(1) as pool:
            ahead: tuple[list[_Prepared], Future[Vectors]] | None = None
            for batch in batches:
                texts = [text for each in batch for text in each.texts()]
                embedding = pool.submit(self.embedder.embed_passages, texts)
                if ahead:
                    yield ahead[0], ahead[1].result()
                ahead = batch, embedding
            if ahead:
                yield ahead[0], ahead[1].result()

    def _store(self, batch: Sequence[_Prepared], vectors: Vectors, tally: _Tally) -> None:
        pairs = [(passage, each.article) for each in batch for passage in each.passages]
        found = list(by_passage((spans for each in batch for spans in each.windows), vectors))
        self.catalogue.expect_vectors([passage.id for passage, _ in pairs])
        self.vectors.add(pairs, centres(found))
        forms = iter(found)
        for each in batch:
            rows = [(passage, SearchForm(_words(each.article, passage), next(forms))) for passage in each.passages]
            self.catalogue.put(each.article, each.digest, rows)
            tally.taken.append(Taken(each.article.id, "updated" if each.article.id in tally.known else "added"))
        tally.embedded += len(pairs)
        delete_orphans(self.catalogue, self.vectors)

    def _report(self, tally: _Tally, removed: int, seconds: float) -> IngestReport:
        status, counts = self.catalogue.status(), Counter(each.outcome for each in tally.taken)
        return IngestReport(
            added=counts["added"],
            updated=counts["updated"],
            unchanged=counts["unchanged"],
            removed=removed,
            skipped=tuple(tally.skipped),
            articles=status.articles,
            passages=status.passages,
            embedded=tally.embedded,
            seconds=seconds,
            taken=tuple(tally.taken),
        )


def remove(catalogue: Catalogue, vectors: VectorStore, article_ids: Sequence[str]) -> int:
    """Remove articles with their passages and vectors; returns how many there were."""
    removed = catalogue.remove(article_ids)
    delete_orphans(catalogue, vectors)
    return removed


def delete_orphans(catalogue: Catalogue, vectors: VectorStore) -> None:
    """Delete the vectors that no passage bears any longer."""
    orphans = catalogue.orphans()
    if orphans:
        vectors.delete(orphans)
    catalogue.forget_orphans(orphans)


def _words(article: Article, passage: Passage) -> str:
    title = search_words(article.title, article.language)
    return " ".join([*title, *search_words(passage.text, passage.language)])


def _vanished(sources: Sources, tally: _Tally) -> list[str]:
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
