"""Articles, from what a loader read to what is stored and found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

Language = Literal["ru", "uk", "en", "other"]
Markup = Literal["text", "markdown", "html"]


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, as precisely as the article says.

    ``at`` is None where only the day is known; ``at.tzinfo`` is None where a time is given without a zone.
    """

    day: date
    at: time | None = None

    @classmethod
    def from_iso(cls, text: str) -> Published:
        """Read what ``iso`` wrote. Raises ValueError for anything that is not an ISO 8601 date or date and time."""
        if len(text) <= len("2025-08-13"):
            return cls(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        return cls(moment.date(), moment.timetz())

    def iso(self) -> str:
        """ISO 8601: the day, and the time and the zone where they are known."""
        return self.day.isoformat() if self.at is None else datetime.combine(self.day, self.at).isoformat()

    def utc_seconds(self) -> int:
        """Seconds since 1970-01-01 UTC; the day's start where no time is known, UTC where no zone is known."""
        moment = datetime.combine(self.day, self.at or time())
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line of page furniture that cleaning took out of an article, and the name of the rule that did."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a loader read, before cleaning: decoded text and the metadata that the source itself states.

    ``source`` is the absolute path or the URL it came from, followed by ``#`` and the line number for a JSONL record.
    For HTML, ``text`` is already the main content, a paragraph a line, and ``dropped`` what the extractor left out.
    """

    source: str
    text: str
    markup: Markup = "text"
    id: str | None = None
    title: str | None = None
    date: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    dropped: tuple[DroppedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article: the text that citations point into, and what is known of its origin."""

    id: str
    source: str
    text: str
    language: Language
    title: str
    title_derived: bool = False
    published: Published | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    dropped: tuple[DroppedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``[start, end)`` of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, the unit that is embedded and found."""

    id: str
    article_id: str
    start: int
    end: int
    language: Language
    text: str
