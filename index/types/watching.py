"""What is remembered of pages and feeds that are read again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A source that is, as far as its site tells, what it was when it was indexed; it was not read again."""

    source: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for an address, or of asking a host, whose address is that of its front page.

    ``etag`` and ``modified`` are what the server gave to tell changes by; before ``next`` it is not asked again.
    ``failures`` counts those in a row, ``reason`` is why the last one was one. All times have a zone.
    """

    address: str
    at: datetime
    etag: str | None = None
    modified: str | None = None
    next: datetime | None = None
    failures: int = 0
    reason: str | None = None
