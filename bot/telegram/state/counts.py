"""Figures of what the bot has done, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from bot.telegram.state.rows import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from bot.telegram.state.database import Database

_DAY = timedelta(days=1)
_QUERY = """
    SELECT (SELECT count(*) FROM (SELECT user FROM people UNION SELECT user FROM answers)) AS people,
           (SELECT count(DISTINCT chat) FROM answers) AS chats,
           (SELECT count(*) FROM answers) AS answers,
           (SELECT count(*) FROM answers WHERE text = '') AS refusals,
           (SELECT count(*) FROM answers WHERE asked > ?) AS last_day,
           (SELECT count(*) FROM ratings WHERE vote > 0) AS thumbs_up,
           (SELECT count(*) FROM ratings WHERE vote < 0) AS thumbs_down,
           (SELECT count(*) FROM updates WHERE finished IS NULL) AS waiting
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """People and chats known, answers kept (refusals among them), those of the last 24 hours, votes, updates waiting.

    ``median_seconds`` is how long the newest 1,000 answers took; None where there is none.
    """

    people: int
    chats: int
    answers: int
    refusals: int
    last_day: int
    thumbs_up: int
    thumbs_down: int
    waiting: int
    median_seconds: float | None


def count(database: Database, now: datetime) -> Counts:
    """Count everything."""
    row = database.row(_QUERY, stamp(now - _DAY))
    assert row
    return Counts(**dict(row), median_seconds=_median_seconds(database))


def _median_seconds(database: Database) -> float | None:
    newest = "SELECT seconds FROM answers ORDER BY number DESC LIMIT 1000"
    seconds = [row["seconds"] for row in database.rows(newest)]
    return median(seconds) if seconds else None
