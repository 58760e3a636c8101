"""When the next message may go out, so that Telegram's flood control is never met.

The limits of the Bots FAQ (about one message a second to a chat with short bursts, 20 a minute to a group, 30 a second
in all) are kept with a margin, since messages may arrive closer together than they were sent. Each is a generic cell
rate algorithm (ITU-T I.371): a rate, and a burst that may run ahead of it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_MOST_CHATS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """One message each ``interval`` seconds in the long run, ``burst`` at once after a silence."""

    interval: float
    burst: int


PRIVATE = Rate(1.05, 4)
GROUP = Rate(4.2, 5)
A_SECOND = 26
"""Messages in any second to all chats together; Telegram allows 30."""
_FORGIVEN = 3.0
"""Seconds after which a call without an answer no longer keeps others waiting."""


class Pace:
    """Hands out turns to send; used from one event loop.

    A message counts from the moment at which Telegram answered for it, since it may have been long on its way.
    """

    def __init__(self) -> None:
        self._empty: dict[int, float] = {}  # when a chat's bucket will be empty again, on the monotonic clock
        self._under_way: dict[object, float] = {}
        self._arrived: deque[float] = deque()
        self._overall = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Wait until a message to the chat may go, and send it within this context."""
        rate = PRIVATE if chat > 0 else GROUP
        while (wait := self._wait(chat, rate)) > 0:  # noqa: ASYNC110 - for time; more may be asked for meanwhile
            await asyncio.sleep(wait)
        before = self._empty.get(chat, 0.0)
        self._count(chat, before, rate)
        mark = object()
        async with self._overall:  # first come, first served
            while (wait := self._overall_wait()) > 0:  # noqa: ASYNC110 - time is what is waited for
                await asyncio.sleep(wait)
            self._under_way[mark] = time.monotonic()
        try:
            yield
        finally:
            del self._under_way[mark]
            self._arrived.append(time.monotonic())
            self._count(chat, before, rate)

    def hold(self, chat: int, seconds: float) -> None:
        """Telegram asks to wait: nothing goes to this chat for so many seconds, and then one by one."""
        rate = PRIVATE if chat > 0 else GROUP
        full = time.monotonic() + seconds + (rate.burst - 1) * rate.interval
        self._empty[chat] = max(self._empty.get(chat, 0.0), full)

    def _count(self, chat: int, before: float, rate: Rate) -> None:
        """A message goes, or went, to the chat now."""
        now = time.monotonic()
        self._empty[chat] = max(self._empty.get(chat, 0.0), max(before, now) + rate.interval)
        if len(self._empty) > _MOST_CHATS:
            self._empty = {each: at for each, at in self._empty.items() if at > now}

    def _wait(self, chat: int, rate: Rate) -> float:
        return self._empty.get(chat, 0.0) - time.monotonic() - (rate.burst - 1) * rate.interval

    def _overall_wait(self) -> float:
        """Seconds until fewer messages arrived within a second, or are about to."""
        now = time.monotonic()
        while self._arrived and self._arrived[0] <= now - 1:
            self._arrived.popleft()
        soon = sum(1 for began in self._under_way.values() if began > now - _FORGIVEN)
        if len(self._arrived) + soon < A_SECOND:
            return 0.0
        return max(self._arrived[0] + 1 - now, 0.01) if self._arrived else 0.02
