"""When the next message may go out, so that Telegram's flood control is never met.

The limits of the Bots FAQ (about one message a second to a chat with short bursts, 20 a minute to a group, 30 a second
in all) are kept with a margin, since messages may arrive closer together than they were sent. Each is a generic cell
rate algorithm (ITU-T I.371): a rate, and a burst that may run ahead of it.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

_MOST_CHATS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """One message each ``interval`` seconds in the long run, ``burst`` at once after a silence."""

    interval: float
    burst: int


PRIVATE = Rate(1.05, 4)
GROUP = Rate(4.2, 5)
OVERALL = Rate(0.045, 4)


class Pace:
    """Hands out turns to send; used from one event loop."""

    def __init__(self) -> None:
        self._full: dict[int | None, float] = {}  # when a chat's bucket, or that of all, will be empty again

    async def turn(self, chat: int) -> None:
        """Wait until a message to the chat may go; counts it."""
        for key, rate in ((chat, PRIVATE if chat > 0 else GROUP), (None, OVERALL)):
            await asyncio.sleep(self._reserve(key, rate))

    def hold(self, chat: int, seconds: float) -> None:
        """Telegram asks to wait: nothing goes to this chat for so many seconds, and then one by one."""
        rate = PRIVATE if chat > 0 else GROUP
        self._full[chat] = max(self._full.get(chat, 0.0), time.monotonic() + seconds + (rate.burst - 1) * rate.interval)

    def _reserve(self, key: int | None, rate: Rate) -> float:
        """Take the next turn; returns the seconds until it comes."""
        now = time.monotonic()
        full = max(self._full.get(key, 0.0), now)
        self._full[key] = full + rate.interval
        if len(self._full) > _MOST_CHATS:
            self._full = {each: at for each, at in self._full.items() if at > now}
        return max(full - now - (rate.burst - 1) * rate.interval, 0.0)
