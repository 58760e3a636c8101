"""An index that is open for questions and for single articles."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from index.compose.engine import open_engine, open_ingester, page_limits, remove_articles
from index.errors import ArticleUnknown
from index.identity import article_id
from index.types import RawArticle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.compose.engine import Engine
    from index.config import Config
    from index.types import Article, IngestReport, Skipped


@dataclass(frozen=True, slots=True)
class Archive:
    """Answers questions through ``engine``, and takes articles in and out, holding the index's lock only meanwhile.

    Safe from any thread. Every method raises StoreLocked where another process is writing, and StoreError where the
    index cannot be written.
    """

    config: Config
    engine: Engine
    _writing: threading.Lock = field(default_factory=threading.Lock)

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
        for identity in self._ids(reference):
            try:
                article = self.engine.catalogue.article(identity)
            except ArticleUnknown:
                continue
            with self._writing:
                remove_articles(self.config, [identity])
            return article
        return None

    def _ids(self, reference: str) -> list[str]:
        """What the article may be known by: its id, its canonical address, or the address that it was read from."""
        derived = article_id(RawArticle(source=reference, text="", url=reference))
        read_from = [
            identity for identity, (_, source) in self.engine.catalogue.digests().items() if source == reference
        ]
        return [reference, derived, *read_from]

    def _add(self, raws: Sequence[RawArticle | Skipped]) -> IngestReport:
        with self._writing, open_ingester(self.config, self.engine) as ingester:
            return ingester.add(raws, datetime.now().astimezone())


def open_archive(config: Config) -> Archive:
    """Open an index for questions and for articles. Raises what ``open_engine`` raises."""
    return Archive(config, open_engine(config))
