"""Whether another program receives the bot's messages: found out before any is taken, which would be lost to it.

Telegram gives a conflict to whichever of two polls is already waiting. A bot that has been polling for long carries on
after one; a bot that has just started looks for signs of another, and stops.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.telegram.updates import FIRST_PAUSE, fetch, pause_after
from index.errors import ConfigError

if TYPE_CHECKING:
    from bot.telegram.connection import Line

_LOG = logging.getLogger(__name__)

PROBATION = 2
"""Seconds in which another bot shows itself: ours tries again half a second after it was cut off."""
_SIGNS = 2
"""One may be chance: a poll of our own from before a crash, a conflict made up by the network's middle."""


async def make_sure_alone(line: Line, seconds: int = PROBATION) -> None:
    """Poll without taking anything, until a poll has waited so long undisturbed, or an update that nobody takes.

    Raises:
        ConfigError: Another program takes updates, or cuts our polls off.
    """
    signs, first, since = 0, None, 0.0
    while seconds:
        try:
            updates = await fetch(line, timeout=seconds, limit=1)
        except Exception as error:  # noqa: BLE001 - whatever the network does, it is tried again
            signs += _is_conflict(error)
            _LOG.warning("poll failed", extra={"fields": {"error": type(error).__name__}})
            await asyncio.sleep(pause_after(error, FIRST_PAUSE))
        else:
            newest = updates[0]["update_id"] if updates else None
            taken = first is not None and newest != first
            if not taken and (newest is None or (newest == first and time.monotonic() - since >= seconds)):
                return
            signs += taken
            first, since = (newest, time.monotonic()) if newest != first else (first, since)
            await asyncio.sleep(FIRST_PAUSE)
        if signs >= _SIGNS:
            raise ConfigError(
                "TELEGRAM_BOT_TOKEN: another program is already receiving this bot's messages; stop it, or create "
                "another bot with @BotFather and use its token"
            )


def _is_conflict(error: Exception) -> bool:
    from telegram.error import Conflict

    return isinstance(error, Conflict)
