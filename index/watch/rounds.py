"""Rounds over all sources: each is read without the index's lock, then stored under it; one that fails stops none.

Feeds are read side by side in a few threads, those of one host one after another; all is stored in the round's own
thread.
"""

from __future__ import annotations

import logging
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import CitewireError, StoreLocked
from index.load import absolute, folder_state, shown
from index.types import IngestReport, RawArticle, Skipped, Visit
from index.watch.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from index.ingest import Ingester
    from index.types import Unchanged
    from index.watch.hosts import Hosts

    Found = list[RawArticle | Skipped | Unchanged]

_LOG = logging.getLogger(__name__)
_SIDE_BY_SIDE = 4
"""Feeds read at once: they mostly wait, for a second before each page; what they found is kept until it is stored."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round changed; ``locked`` says who was writing the index meanwhile, so that the rest waits."""

    at: datetime
    report: IngestReport
    locked: str | None = None


@dataclass(slots=True)
class Watcher:
    """Keeps an index in line with folders and with feeds, round by round; used from one thread.

    ``opened`` opens the index for writing and holds its lock meanwhile. ``noting`` does so for visits alone, which
    needs no model. Both raise StoreLocked. ``stored`` gives the sources of what is stored.
    """

    folders: Sequence[Path]
    feeds: Sequence[str]
    newest: int
    hosts: Hosts
    opened: Callable[[], AbstractContextManager[Ingester]]
    noting: Callable[[Sequence[Visit]], None]
    stored: Callable[[], Collection[str]]
    keep_days: int = 0
    _tidied: date | None = field(default=None, init=False)

    def round(self) -> Round:
        """Look at each source once. Raises StoreError where the index cannot be used at all."""
        started, reports = self.hosts.now(), list[IngestReport]()
        try:
            self.noting([])  # who finds the index locked need not read anything
            for report in self._reports():
                reports.append(report)
                if self.hosts.stopped.is_set():
                    break
            if self.keep_days and self._tidied != started.date() and not self.hosts.stopped.is_set():
                reports.append(self._tidy())
                self._tidied = started.date()
        except StoreLocked as error:
            return Round(started, self._sum(reports, started), str(error))
        return Round(started, self._sum(reports, started))

    def _reports(self) -> Iterator[IngestReport]:
        """What came of each source. Raises StoreLocked."""
        for folder in self.folders:
            yield self._looked_at(str(folder), partial(self._read_folder, folder))
        given_up = Event()
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            running = {self._begun(pool, feeds, given_up): feeds for feeds in _by_host(self.feeds)}
            try:
                while running:
                    reading = next(iter(wait(running, return_when=FIRST_COMPLETED).done))
                    address, *rest = running.pop(reading)
                    yield self._looked_at(address, partial(self._gathered, reading))
                    if rest:
                        running[self._begun(pool, rest, given_up)] = rest
            finally:
                given_up.set()
                pool.shutdown(wait=False, cancel_futures=True)

    def _begun(
        self, pool: ThreadPoolExecutor, feeds: Sequence[str], given_up: Event
    ) -> Future[tuple[Found, Gathering]]:
        """The first of these being read; what another of its host brought is stored by then, and not read again."""
        return pool.submit(self._gather, feeds[0], given_up)

    def _looked_at(self, source: str, work: Callable[[], IngestReport]) -> IngestReport:
        """What came of one source. Raises StoreLocked."""
        try:
            return work()
        except StoreLocked:
            raise
        except CitewireError as error:
            return IngestReport(skipped=(Skipped(shown(source), str(error)),))
        except Exception as error:  # noqa: BLE001 - a feed that nobody thought of must not stop the others
            _LOG.exception("a source could not be read")
            return IngestReport(skipped=(Skipped(shown(source), f"not readable: {type(error).__name__}"),))

    def _gather(self, address: str, given_up: Event) -> tuple[Found, Gathering]:
        """What an address gives, read until the round ends: nothing is asked for that nobody will store."""
        gathering = Gathering(self.hosts, self.hosts.visits, self.newest, cache(self.stored))
        found: Found = []
        for each in gathering.read(address):
            found.append(each)
            if given_up.is_set():
                break
        return found, gathering

    def _gathered(self, reading: Future[tuple[Found, Gathering]]) -> IngestReport:
        found, gathering = reading.result()
        return IngestReport() if self.hosts.stopped.is_set() else self._store(found, gathering)

    def _store(self, found: Found, gathering: Gathering) -> IngestReport:
        """Articles first, then the visits: what is cut off in between is read once more, never lost."""
        visits = gathering.visits_made()
        if any(isinstance(each, RawArticle) for each in found):
            with self.opened() as ingester:
                report = ingester.add(found, datetime.now(UTC).astimezone())
                ingester.visits.note(visits)
        else:
            if visits:
                self.noting(visits)
            skipped = tuple(each for each in found if isinstance(each, Skipped))
            report = IngestReport(unchanged=len(found) - len(skipped), skipped=skipped)
        self.hosts.written(visits)
        return report

    def _read_folder(self, folder: Path) -> IngestReport:
        """Whether anything in it changed is seen without opening a file; once a day it is gone through anyway."""
        state, address = folder_state(folder), str(absolute(folder))
        if state is None:
            return IngestReport(skipped=(Skipped(address, "no such file or folder"),))
        mark = f"{self.hosts.now():%Y-%m-%d} {state}"
        former = self.hosts.visits.visit(address)
        if former and former.etag == mark:
            return IngestReport()
        with self.opened() as ingester:
            report = ingester.ingest([folder], datetime.now(UTC).astimezone(), lambda _: None)
            ingester.visits.note([Visit(address, self.hosts.now(), etag=mark)])
        return report

    def _tidy(self) -> IngestReport:
        """Remove what is too old, which happens otherwise only when something is stored."""
        with self.opened() as ingester:
            return ingester.add([], datetime.now(UTC).astimezone())

    def _sum(self, reports: Sequence[IngestReport], started: datetime) -> IngestReport:
        return IngestReport(
            added=sum(each.added for each in reports),
            updated=sum(each.updated for each in reports),
            unchanged=sum(each.unchanged for each in reports),
            removed=sum(each.removed for each in reports),
            expired=sum(each.expired for each in reports),
            skipped=tuple(skipped for each in reports for skipped in each.skipped),
            embedded=sum(each.embedded for each in reports),
            taken=tuple(taken for each in reports for taken in each.taken),
            articles=next((each.articles for each in reversed(reports) if each.articles), 0),
            passages=next((each.passages for each in reversed(reports) if each.passages), 0),
            seconds=(self.hosts.now() - started).total_seconds(),
        )


def _by_host(addresses: Sequence[str]) -> list[list[str]]:
    """The addresses of each host, in their order."""
    hosts: dict[str, list[str]] = {}
    for each in addresses:
        hosts.setdefault(urlsplit(each).netloc, []).append(each)
    return list(hosts.values())
