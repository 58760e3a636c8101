"""Long polling: updates are taken in before Telegram is told that they arrived; whatever the network does, it goes on.

Written here because the library's own loop ends for good on one answer 401, and confirms updates that a crash may lose.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.telegram.updates import FIRST_PAUSE, LONGEST_PAUSE, fetch, pause_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.telegram.connection import Line

_LOG = logging.getLogger(__name__)

_WAIT = 30
"""Seconds that a poll waits for news."""


@dataclass(slots=True)
class Poller:
    """Fetches updates; used from one event loop.

    ``healthy`` tells when a poll last ended well, on the monotonic clock.
    """

    line: Line
    take: Callable[[dict[str, Any]], None]
    healthy: float = field(default_factory=time.monotonic)
    _offset: int = 0

    async def run(self) -> None:
        """Fetch until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._fetch()
            except Exception as error:  # noqa: BLE001 - nothing that Telegram or the network does may end the loop
                _LOG.warning("poll failed", extra={"fields": {"error": type(error).__name__}})
                await asyncio.sleep(pause_after(error, pause))
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                self.healthy, pause = time.monotonic(), FIRST_PAUSE

    async def confirm(self) -> None:
        """Tell Telegram, without waiting for news, what has been taken in."""
        from telegram.error import TelegramError

        try:
            await fetch(self.line, offset=self._offset, timeout=0, limit=1)
        except TelegramError:
            _LOG.info("last updates not confirmed; when they come again they are known by their ids")

    async def _fetch(self) -> None:
        for update in await fetch(self.line, offset=self._offset, timeout=_WAIT):
            self.take(update)
            self._offset = update["update_id"] + 1
