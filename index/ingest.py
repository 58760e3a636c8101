"""Sources to a searchable index: load, clean, chunk, embed, store.

Repeatable: an article whose source did not change is not worked on again. Crash-safe: vectors are announced in the
catalogue before they are written, and an article becomes visible in one transaction after them; a crash leaves at
worst vectors that no passage bears, which are never found and which the next run deletes.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.chunk import ChunkLimits, chunk, windows
from index.clean import clean
from index.errors import SourceError
from index.identity import article_id, digest, file_of
from index.language import search_words
from index.load import absolute, load
from index.ports import SearchForm
from index.types import IngestReport, Skipped
from index.windows import WINDOW_WORDS, by_passage, centres, heading, window_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from index.ports import Catalogue, Embedder, Vectors, VectorStore
    from index.types import Article, Passage, RawArticle, Span

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
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class Ingester:
    """Writes articles into one index; the caller holds the index's writer lock."""

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue
    settings: IngestSettings

    def ingest(self, sources: Sequence[Path], now: datetime, progress: Callable[[int], None]) -> IngestReport:
        """Bring the index in line with the sources.

        Articles that came from a source's files earlier and are no longer in them are removed; those of a file that
        cannot be read this time are kept.

        Args:
            sources: Files and folders.
            now: What relative dates in articles count from.
            progress: Told how many articles (or unreadable files) were dealt with since it was last told.

        Raises:
            StoreError: The index cannot be written.
        """
        started = time.perf_counter()
        delete_orphans(self.catalogue, self.vectors)
        tally = _Tally(known=self.catalogue.digests())
        for batch, vectors in self._embedded(self._batches(sources, now, tally, progress)):
            self._store(batch, vectors, tally)
            progress(len(batch))
        removed = remove(self.catalogue, self.vectors, _vanished(sources, tally))
        return self._report(tally, removed, time.perf_counter() - started)

    def _batches(
        self, sources: Iterable[Path], now: datetime, tally: _Tally, progress: Callable[[int], None]
    ) -> Iterator[list[_Prepared]]:
        """New and changed articles, some hundred passages at a time."""
        batch: list[_Prepared] = []
        for source in sources:
            for raw in load(source, self.settings.max_bytes):
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
            tally.unchanged += 1
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
            if each.article.id in tally.known:
                tally.updated += 1
            else:
                tally.added += 1
        tally.embedded += len(pairs)
        delete_orphans(self.catalogue, self.vectors)

    def _report(self, tally: _Tally, removed: int, seconds: float) -> IngestReport:
        status = self.catalogue.status()
        return IngestReport(
            added=tally.added,
            updated=tally.updated,
            unchanged=tally.unchanged,
            removed=removed,
            skipped=tuple(tally.skipped),
            articles=status.articles,
            passages=status.passages,
            embedded=tally.embedded,
            seconds=seconds,
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


def _vanished(sources: Sequence[Path], tally: _Tally) -> list[str]:
    """Articles stored from these sources earlier that the sources no longer hold."""
    unreadable = {file_of(skipped.source) for skipped in tally.skipped}
    roots = [absolute(source) for source in sources]
    unseen = {identity: file_of(source) for identity, (_, source) in tally.known.items() if identity not in tally.seen}
    return [
        identity
        for identity, file in unseen.items()
        # A folder that cannot be read, or is not there (a disk not mounted), says nothing about what was in it.
        if not unreadable & {file, *file.parents} and any(file.is_relative_to(root) for root in roots)
    ]
