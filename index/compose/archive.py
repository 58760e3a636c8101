"""An index that is open for questions and for single articles."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from index.compose.engine import open_engine, open_ingester, page_limits
from index.compose.removal import known_by, remove_articles
from index.types import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.compose.engine import Engine
    from index.config import Config
    from index.types import Article, IngestReport, RawArticle, Skipped
    from index.watch import Watcher


@dataclass(frozen=True, slots=True)
class Archive:
    """Answers questions through ``engine``, and takes articles in and out, holding the index's lock only meanwhile.

    Safe from any thread. Every method raises StoreLocked where another process is writing, and StoreError where the
    index cannot be written.
    """

    config: Config
    engine: Engine
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _watchers: list[Watcher] = field(default_factory=list)

    def add_page(self, address: str) -> IngestReport:
        """Read an article's page and store it. The page is read before the index is locked."""
        from index.load import load_page

        return self._add([load_page(address, page_limits(self.config))])

    def add_document(self, name: str, content: bytes) -> IngestReport:
        """Store the articles of a document with this file name."""
        from index.load import load_upload

        return self._add(load_upload(name, content, self.config.load.max_megabytes * 1_000_000))

    def add_post(self, text: str, outlet: str | None, published: datetime | None, url: str | None) -> IngestReport:
        """Store a post of a channel."""
        from index.load import load_post

        return self._add([load_post(text, outlet=outlet, published=published, url=url)])

    def remove(self, reference: str) -> Article | None:
        """Remove the article with this id or address; returns it, None where there is none."""
        for identity in known_by(self.engine.catalogue, reference)[:1]:
            article = self.engine.catalogue.article(identity)
            with self._writing:
                remove_articles(self.config, Selection(ids=(identity,)))
            return article
        return None

    def watcher(self) -> Watcher:
        """Keeps the index in line with the sources of the settings; the same one each time, for what hosts want.

        Raises ConfigError where the settings name no source.
        """
        from index.compose.watching import open_watcher

        if not self._watchers:
            self._watchers.append(open_watcher(self.config, threading.Event(), self.engine, self._writing))
        return self._watchers[0]

    def _add(self, raws: Sequence[RawArticle | Skipped]) -> IngestReport:
        with self._writing, open_ingester(self.config, self.engine) as ingester:
            return ingester.add(raws, datetime.now().astimezone())


def open_archive(config: Config) -> Archive:
    """Open an index for questions and for articles. Raises what ``open_engine`` raises."""
    return Archive(config, open_engine(config))
