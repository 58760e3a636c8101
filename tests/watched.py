"""A site with a feed on a real server, an index without a model, and a watcher over both whose clock a test sets."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.catalogue_visits import SqliteVisits
from index.adapters.chroma import ChromaVectors
from index.errors import StoreLocked
from index.ingest import Ingester, IngestSettings
from index.load import PageLimits
from index.watch import Hosts, Watcher, sources_of
from tests.fakes import WordEmbedder
from tests.web_server import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.types import IngestReport, Visit
    from index.watch import Round
    from tests.web_server import WebServer

LIMITS = PageLimits(seconds=2, private_addresses=True, pause=0)
TEXTS = {
    "/bridge": "The bridge over the Sula opened on Saturday after nineteen months of repairs.",
    "/ship": "The ship Aurelia left the port of Izmail with eleven thousand tonnes of maize on board.",
    "/buses": "The council of Lutsk bought fourteen electric buses, which are to run from September.",
}


def page(text: str, title: str = "What happened", etag: str = "", head: str = "") -> Reply:
    """An article's page."""
    body = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return Reply([f"<html><head>{head}</head><body>{body}</body></html>".encode()], headers={"ETag": etag})


def feed(*links: str, etag: str = "", changed: str = "2026-03-02T10:00:00Z") -> Reply:
    """An Atom feed with an entry for each link, the first the newest."""
    entries = "".join(
        f"<entry><link href='{link.replace('&', '&amp;')}'/><updated>{changed}</updated></entry>" for link in links
    )
    text = f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"
    return Reply([text.encode()], kind="application/atom+xml", headers={"ETag": etag})


@dataclass
class Site:
    """The server's pages, the index, and a clock; ``watcher`` makes a new one each time, as after a restart."""

    web: WebServer
    folder: Path
    now: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)
    locked: bool = False
    limits: PageLimits = LIMITS
    embedder: WordEmbedder = field(default_factory=WordEmbedder)
    opened: int = 0

    def __post_init__(self) -> None:
        self.catalogue = SqliteCatalogue(self.folder / "catalogue.sqlite3", WordEmbedder.fingerprint)
        self.vectors = ChromaVectors(self.folder / "chroma")
        self.visits = SqliteVisits(self.folder / "catalogue.sqlite3")

    def watcher(self, *sources: str, folders: Sequence[Path] = (), newest: int = 50, keep_days: int = 0) -> Watcher:
        """One over these paths of the server (or addresses) and folders."""
        feeds = [each if "://" in each else self.web.url(each) for each in sources]
        hosts = Hosts(self.limits, SqliteVisits(self.folder / "catalogue.sqlite3"), threading.Event())
        hosts.now = lambda: self.now
        stored = lambda: sources_of(self.catalogue)  # noqa: E731 - short
        return Watcher(folders, feeds, newest, hosts, self.writing, self.note, stored, keep_days)

    def look(self, *sources: str, newest: int = 50) -> Round:
        """One round."""
        self.web.asked.clear()
        return self.watcher(*sources, newest=newest).round()

    @contextmanager
    def writing(self) -> Iterator[Ingester]:
        """The index open for writing."""
        self._lock()
        self.opened += 1
        yield self.ingester()

    def ingester(self) -> Ingester:
        """Writes into the index."""
        return Ingester(
            self.embedder, self.vectors, self.catalogue, IngestSettings(), self.limits, visits=self.visits, newest=50
        )

    def note(self, visits: Sequence[Visit]) -> None:
        """Remember visits alone."""
        self._lock()
        self.visits.note(visits)

    def asked(self) -> list[str]:
        """The paths that the server was asked for, without robots.txt."""
        return [path for path, _ in self.web.asked if path != "/robots.txt"]

    def texts(self) -> set[str]:
        """The texts of all articles."""
        return {each.text for each in self.catalogue.articles()}

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def _lock(self) -> None:
        if self.locked:
            raise StoreLocked("being written by process 7")


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    """Articles added, updated, unchanged and skipped."""
    return report.added, report.updated, report.unchanged, len(report.skipped)


def reasons(report: IngestReport) -> dict[str, str]:
    """Why each page was skipped, by the last part of its address."""
    return {each.source.rpartition("/")[2]: each.reason for each in report.skipped}
