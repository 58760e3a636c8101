"""What indexing did, and what an index holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from index.types.articles import Published


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that could not be indexed, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that a run of indexing found in its sources, and what became of it."""

    article_id: str
    outcome: Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one run of indexing changed; ``articles`` and ``passages`` count the whole index afterwards.

    Of the ``removed``, ``expired`` were older than is kept. ``taken`` are the articles that the sources hold, in the
    order in which they were dealt with.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: tuple[Skipped, ...] = ()
    articles: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    taken: tuple[Taken, ...] = ()
    expired: int = 0


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What an index holds: counts by language and outlet, the span of dates, and what it was built with.

    ``copies`` counts the articles that are copies of another.
    """

    path: str
    articles: int
    passages: int
    languages: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, int] = field(default_factory=dict)
    earliest: Published | None = None
    latest: Published | None = None
    embedder: str = ""
    format_version: int = 0
    copies: int = 0
