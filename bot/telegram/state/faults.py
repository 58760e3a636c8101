"""The last things that went wrong, for administrators to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.telegram.state.rows import stamp

if TYPE_CHECKING:
    from bot.telegram.state.database import Database

_KEPT = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """Something went wrong: for which request, in which part of the bot, the exception's class, and when."""

    request: str
    where: str
    kind: str
    at: datetime


class Faults:
    """The newest 200 faults, without any text that an exception carried."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, request: str, where: str, kind: str, now: datetime) -> None:
        """Something went wrong; ``kind`` is the name of the exception's class."""
        with self._database.transaction():
            number = self._database.insert(
                "INSERT INTO faults (request, place, kind, at) VALUES (?, ?, ?, ?)", request, where, kind, stamp(now)
            )
            self._database.run("DELETE FROM faults WHERE number <= ?", number - _KEPT)

    def last(self, limit: int) -> list[Fault]:
        """The newest faults, the newest first."""
        rows = self._database.rows("SELECT * FROM faults ORDER BY number DESC LIMIT ?", limit)
        return [Fault(row["request"], row["place"], row["kind"], datetime.fromisoformat(row["at"])) for row in rows]
