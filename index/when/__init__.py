"""Which days a question speaks of, in Russian, Ukrainian and English."""

from __future__ import annotations

from index.when.asked import asked_time
from index.when.words import without_time

__all__ = ["asked_time", "without_time"]
