"""Whether another program receives the bot's messages: found out before any is taken, which would be lost to it.

Telegram gives a conflict to whichever of two polls is already waiting. A bot that has been polling for long carries on
after one; a bot that has just started looks for signs of another, and stops.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from bot.telegram.updates import FIRST_PAUSE, fetch, pause_after
from index.errors import ConfigError

if TYPE_CHECKING:
    from bot.telegram.connection import Line

_LOG = logging.getLogger(__name__)

PROBATION = 0.8
"""Seconds in which another bot shows itself: ours tries again half a second after it was cut off. Who writes meanwhile
is to be acknowledged within a second nevertheless."""
_BETWEEN = 0.2
"""Seconds between two looks at an update that waits."""
_SIGNS = 4
"""One may be chance: a poll of our own from before a crash, a conflict made up by somebody in between."""


@dataclass(slots=True)
class _Watch:
    """What polls without taking anything have seen: the update that waits, since when, and signs of another bot."""

    seconds: float
    first: int | None = None
    since: float = 0.0
    signs: int = 0

    def is_alone(self, updates: list[dict[str, Any]]) -> bool:
        """Whether a poll that ended well shows that nobody else takes updates; if others do, that is a sign."""
        now, newest = time.monotonic(), updates[0]["update_id"] if updates else None
        if self.first not in (None, newest):
            self.signs += 1
        elif newest is None:
            return True
        if newest != self.first:
            self.first, self.since = newest, now
        return now - self.since >= self.seconds


async def make_sure_alone(line: Line, seconds: float = PROBATION) -> None:
    """Poll without taking anything, until a poll has waited so long undisturbed, or an update that nobody takes.

    Raises:
        ConfigError: Another program takes updates, or cuts our polls off.
    """
    watch = _Watch(seconds)
    while seconds:
        try:
            if watch.is_alone(await fetch(line, timeout=ceil(seconds), limit=1)):
                return
            pause = _BETWEEN
        except Exception as error:  # noqa: BLE001 - whatever the network does, it is tried again
            watch.signs += _is_conflict(error)
            _LOG.warning("poll failed", extra={"fields": {"error": type(error).__name__}})
            pause = pause_after(error, FIRST_PAUSE)
        if watch.signs >= _SIGNS:
            raise ConfigError(
                "TELEGRAM_BOT_TOKEN: another program is already receiving this bot's messages; stop it, or create "
                "another bot with @BotFather and use its token"
            )
        await asyncio.sleep(pause)


def _is_conflict(error: Exception) -> bool:
    from telegram.error import Conflict

    return isinstance(error, Conflict)
