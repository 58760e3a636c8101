"""The journal of accepted updates: what must still be answered after a crash, and what must not be answered twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.telegram.state.rows import stamp, storable

if TYPE_CHECKING:
    from bot.telegram.state.database import Database

REMEMBERED = timedelta(days=3)
"""Telegram keeps an update that nobody took for a day at most; none comes again later than that."""


class Inbox:
    """Updates by their ids, from being accepted until they are finished."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, update: int, lane: int, payload: str) -> bool:
        """Store an update of a lane, which is its chat's id; False where this update was accepted before."""
        with self._database.transaction():
            new = self._database.run(
                "INSERT OR IGNORE INTO updates (number, lane, payload) VALUES (?, ?, ?)",
                update,
                lane,
                storable(payload),
            )
            if new:
                self._prune()
        return bool(new)

    def finish(self, update: int) -> None:
        """Nothing is left to do for this update: its payload is erased, its id is kept to know a repetition by."""
        self._database.run(
            "UPDATE updates SET lane = NULL, payload = NULL, finished = ? WHERE number = ? AND finished IS NULL",
            stamp(self._database.now()),
            update,
        )

    def unfinished(self) -> list[tuple[int, str]]:
        """Ids and payloads of the updates that were accepted but not finished, in the order of their ids."""
        query = "SELECT number, payload FROM updates WHERE finished IS NULL ORDER BY number"
        return [(row["number"], row["payload"]) for row in self._database.rows(query)]

    def waiting(self) -> int:
        """How many updates are not finished."""
        (count,) = self._database.row("SELECT count(*) FROM updates WHERE finished IS NULL") or (0,)
        return int(count)

    def served(self) -> bool:
        """Whether anything was ever accepted lately: then the token is, or was, a good one."""
        return self._database.row("SELECT 1 FROM updates LIMIT 1") is not None

    def _prune(self) -> None:
        """Forget two old ids for each new one: the journal stays small, and no call takes long."""
        self._database.run(
            "DELETE FROM updates WHERE number IN "
            "(SELECT number FROM updates WHERE finished < ? ORDER BY finished LIMIT 2)",
            stamp(self._database.now() - REMEMBERED),
        )
