"""What tests/crash.py works on: a folder of articles, a feed, exports, the index over them, and what that must hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.config import ChunkSettings, Config, SourcesSettings, StoreSettings
from index.exchange import line_of
from index.identity import article_id
from index.types import Article, Published, RawArticle, StoredArticle
from tests.crash_inside import article, body, day, is_old
from tests.watched import page
from tests.web_server import Reply

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from tests.crash_inside import Stored
    from tests.web_server import WebServer

_KEEP_DAYS = 3650


@dataclass
class World:
    """``files`` are in the folder, ``pages`` in the feed, by their path, ``exported`` in the export; all by version.

    ``stored`` is what must be in the index, by id; its vectors are in a server where ``address`` names one.
    """

    folder: Path
    random: Random
    web: WebServer
    server: str
    address: str = ""
    files: Stored = field(default_factory=dict)
    pages: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    exported: Stored = field(default_factory=dict)
    stored: Stored = field(default_factory=dict)
    versions: int = 0
    seconds: float = 0.3

    @property
    def log(self) -> Path:
        """What a command reports as done, line by line."""
        return self.folder / "log"

    @property
    def export(self) -> Path:
        """The file that is imported."""
        return self.folder / "export.jsonl"

    @property
    def elsewhere(self) -> str:
        """Where the vectors are not."""
        return "" if self.address else self.server

    def trouble(self) -> str:
        """What a process said of itself before it ended."""
        file = self.folder / "trouble"
        return file.read_text("utf-8") if file.exists() else "no word"

    def config(self, command: str) -> Config:
        """The settings under which a command runs."""
        keep_days = _KEEP_DAYS * (command == "retention")
        feeds, folders = (self.web.url("/feed"),), (self.folder / "articles",)
        return Config(
            store=StoreSettings(path=self.folder / "store", keep_days=keep_days, chroma_url=self.address),
            chunk=ChunkSettings(min_words=10, max_words=20),
            sources=SourcesSettings(feeds=feeds) if command == "feed" else SourcesSettings(folders=folders),
        )

    def change(self) -> None:
        """Add, rewrite and delete some articles: in the folder, in the feed, and in a new export."""
        (self.folder / "articles").mkdir(exist_ok=True)
        for _ in range(self.random.randint(0, 5)):
            name = self._name()
            if name in self.files and self.random.random() < 0.4:
                del self.files[name]
                self._path(name).unlink()
            else:
                self._write(name)
        self._write(self._name())
        for place in self.random.sample(range(8), 3):
            self.pages[f"/f{place}"] = self._version(), datetime.now(UTC)
        self._publish()
        self.exported = {self._name(): self._version() for _ in range(4)}
        self.export.write_text("".join(line_of(self._stored(name)) for name in self.exported), "utf-8")

    def wanted(self, command: str, gone: list[str]) -> Stored:
        """What is stored once the command has run to its end."""
        if command == "remove":
            return {name: version for name, version in self.stored.items() if name not in gone}
        if command == "migrate":
            return self.stored
        if command == "import":
            return self.stored | self.exported
        if command == "feed":
            return self.stored | {self._id(path): version for path, (version, _) in self.pages.items()}
        read = {name: version for name, version in self.stored.items() if not is_local(name)}
        return read | {name: each for name, each in self.files.items() if command != "retention" or not is_old(name)}

    def _name(self) -> str:
        return f"a{self.random.randrange(24)}"

    def _version(self) -> int:
        self.versions += 1
        return self.versions

    def _path(self, name: str) -> Path:
        return self.folder / "articles" / f"{name}.jsonl"

    def _write(self, name: str) -> None:
        self.files[name] = self._version()
        self._path(name).write_text(article(name, self.files[name]), "utf-8")

    def _id(self, path: str) -> str:
        return article_id(RawArticle(source="", text="", url=self.web.url(path)))

    def _publish(self) -> None:
        entries = [
            f"<entry><link href='{path}'/><updated>{at.isoformat()}</updated></entry>"
            for path, (_, at) in self.pages.items()
        ]
        feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(entries)}</feed>"
        self.web.replies = {"/feed": Reply([feed.encode()], kind="application/atom+xml")}
        for path, (version, _) in self.pages.items():
            self.web.replies[path] = page(body(self._id(path), version).replace("\n\n", "</p><p>"), f"News {version}")

    def _stored(self, name: str) -> StoredArticle:
        """As another index has it that read the same folder."""
        version, now = self.exported[name], datetime.now(UTC)
        published = Published.from_iso(day(name, version))
        told = Article(name, f"{self._path(name)}#1", body(name, version), "en", "Council", published=published)
        return StoredArticle(told, f"digest {version}", now, now)


def is_local(name: str) -> bool:
    """Whether the article is in the folder, or may be."""
    return name[1:].isdecimal()
