"""Whether a message arrived when nobody said so: found by edits, which may be repeated safely.

Telegram has no way to ask. But an edit that gives a message the very text it has succeeds (or "is not modified") where
that message exists and is ours, and fails on every other id. Ids that may be it are those above the highest one known
before it was sent and seen on nothing else since; one of ours among them can only be the message looked for.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.courier import SIMPLEST

if TYPE_CHECKING:
    from bot.telegram.courier import Courier
    from bot.telegram.failures import Failure
    from bot.telegram.message_ids import MessageIds
    from bot.telegram.pacing import Pace
    from bot.telegram.types import Chunk

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0
_MOST_REFUSALS = 3
_BETWEEN = 0.05
"""Seconds between two looks, which are calls that Telegram refuses: not too many at once."""


@dataclass(frozen=True, slots=True)
class Search:
    """Puts chunks into existing messages, insisting until Telegram says yes or no; used from one event loop."""

    courier: Courier
    pace: Pace
    ids: MessageIds

    async def find(self, chat: int, floor: int, chunk: Chunk, below: int | None = None) -> int | None:
        """The id of the message of ours that has, or now has, this text; None where there is none.

        ``floor`` is the highest id known before it was sent, ``below`` an id that it must not reach.
        """
        for candidate in self.ids.candidates(chat, floor):
            if below is not None and candidate >= below:
                return None
            if await self.put(chat, candidate, chunk):
                self.ids.note(chat, candidate)
                return candidate
            await asyncio.sleep(_BETWEEN)
        return None

    async def put(self, chat: int, message: int, chunk: Chunk) -> bool:
        """Give a message this text; False where there is no such message of ours."""
        form, pause = 0, _FIRST_PAUSE
        while True:
            failure = await self.courier.edit(chat, message, chunk, form)
            if failure is None or failure.meaning == "unchanged":
                return True
            if failure.meaning in ("missing", "gone", "moved") or (failure.meaning == "refused" and form == SIMPLEST):
                return False
            if failure.meaning == "refused":
                form += 1
            else:
                pause = await self._pause(chat, failure, pause)

    async def withdraw(self, chat: int, message: int) -> None:
        """Take a message of ours back, if it can be done."""
        refusals, pause = 0, _FIRST_PAUSE
        while refusals < _MOST_REFUSALS:
            failure = await self.courier.delete(chat, message)
            if failure is None or failure.meaning in ("missing", "gone", "moved"):
                return
            refusals += failure.meaning == "refused"
            pause = await self._pause(chat, failure, pause)

    async def _pause(self, chat: int, failure: Failure, pause: float) -> float:
        """Wait as Telegram asks, or a while; returns the next while in seconds."""
        if failure.meaning == "wait":
            self.pace.hold(chat, failure.seconds)
            await asyncio.sleep(failure.seconds)
            return pause
        await asyncio.sleep(pause)
        return min(pause * 2, _LONGEST_PAUSE)
