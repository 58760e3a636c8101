"""The state as a whole: one file, its parts, and changes in several of them that stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.state import counts
from bot.telegram.state.answers import Answers
from bot.telegram.state.database import Database, utc_now
from bot.telegram.state.deliveries import Deliveries
from bot.telegram.state.faults import Faults
from bot.telegram.state.inbox import Inbox
from bot.telegram.state.people import People
from bot.telegram.state.quotas import Quotas
from bot.telegram.state.ratings import Ratings

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path


class State:
    """What survives a restart. Used from one thread; each change is safe from a crash of the process once it returns.

    Every method of every part raises StoreError where the file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.inbox = Inbox(database)
        self.answers = Answers(database)
        self.deliveries = Deliveries(database, self.inbox, self.answers)
        self.people = People(database)
        self.quotas = Quotas(database)
        self.ratings = Ratings(database)
        self.faults = Faults(database)

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime] = utc_now) -> State:
        """Open a state file, making it where there is none.

        Raises:
            StoreMismatch: The file has another format.
            StoreError: The file cannot be opened, or is no database.
        """
        return cls(Database(path, clock))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Changes within stand together or not at all. No ``await`` within: others' changes would get into it."""
        return self._database.transaction()

    def counts(self, now: datetime) -> counts.Counts:
        """Figures of what the bot has done."""
        return counts.count(self._database, now)
