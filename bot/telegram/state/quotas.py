"""How many questions a person and a chat may ask within a sliding window of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.telegram.state.inbox import REMEMBERED
from bot.telegram.state.rows import stamp

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.telegram.state.database import Database


@dataclass(frozen=True, slots=True)
class Limits:
    """Questions allowed to a person and in a chat within any stretch of ``window``; 0 is no limit."""

    per_user: int
    per_chat: int
    window: timedelta


class Quotas:
    """The questions that were counted lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spend(self, update: int, user: int, chat: int, now: datetime, limits: Limits) -> datetime | None:
        """Count a question, once for each update however often it is called.

        Returns:
            None where the question is allowed; else the moment from which one will be, and nothing is counted.
        """
        if self._database.row("SELECT 1 FROM spends WHERE update_number = ?", update):
            return None
        full = [
            self._free_again("user", user, limits.per_user, now, limits.window),
            self._free_again("chat", chat, limits.per_chat, now, limits.window),
        ]
        moments = [moment for moment in full if moment]
        if moments:
            return max(moments)
        with self._database.transaction():
            self._prune(now - max(limits.window, REMEMBERED))
            self._database.run("INSERT INTO spends VALUES (?, ?, ?, ?)", update, user, chat, stamp(now))
        return None

    def _free_again(self, who: str, number: int, limit: int, now: datetime, window: timedelta) -> datetime | None:
        """When the last but ``limit - 1`` question leaves the window; None where there are fewer within it."""
        if not limit:
            return None
        row = self._database.row(
            f"SELECT at FROM spends WHERE {who} = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",  # noqa: S608 - ours
            number,
            stamp(now - window),
            limit - 1,
        )
        return datetime.fromisoformat(row["at"]) + window if row else None

    def _prune(self, before: datetime) -> None:
        """Forget two old questions for each new one."""
        self._database.run(
            "DELETE FROM spends WHERE update_number IN "
            "(SELECT update_number FROM spends WHERE at < ? ORDER BY at LIMIT 2)",
            stamp(before),
        )
