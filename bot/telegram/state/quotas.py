"""How many questions a person and a chat may ask within a sliding window of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

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


@dataclass(frozen=True, slots=True)
class UsedUp:
    """A quota with no question left ``until`` a moment, and whose it is: the person's own, or that of the chat."""

    until: datetime
    whose: Literal["user", "chat"]


class Quotas:
    """The questions that were counted lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spend(self, update: int, user: int, chat: int, now: datetime, limits: Limits) -> UsedUp | None:
        """Count a question, once for each update however often it is called.

        Returns:
            None where the question is allowed; else the quota that forbids it longest, and nothing is counted.
        """
        if self._database.row("SELECT 1 FROM spends WHERE update_number = ?", update):
            return None
        full = [
            self._used_up("user", user, limits.per_user, now, limits.window),
            self._used_up("chat", chat, limits.per_chat, now, limits.window),
        ]
        if used_up := max((each for each in full if each), key=lambda each: each.until, default=None):
            return used_up
        with self._database.transaction():
            self._prune(now - max(limits.window, REMEMBERED))
            self._database.run("INSERT INTO spends VALUES (?, ?, ?, ?)", update, user, chat, stamp(now))
        return None

    def _used_up(
        self, whose: Literal["user", "chat"], number: int, limit: int, now: datetime, window: timedelta
    ) -> UsedUp | None:
        """Until the last but ``limit - 1`` question leaves the window; None where there are fewer within it."""
        if not limit:
            return None
        row = self._database.row(
            f"SELECT at FROM spends WHERE {whose} = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",  # noqa: S608 - ours
            number,
            stamp(now - window),
            limit - 1,
        )
        return UsedUp(datetime.fromisoformat(row["at"]) + window, whose) if row else None

    def _prune(self, before: datetime) -> None:
        """Forget two old questions for each new one."""
        self._database.run(
            "DELETE FROM spends WHERE update_number IN "
            "(SELECT update_number FROM spends WHERE at < ? ORDER BY at LIMIT 2)",
            stamp(before),
        )
