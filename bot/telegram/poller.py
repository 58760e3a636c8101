"""Long polling: updates are taken in before Telegram is told that they arrived; whatever the network does, it goes on.

Written here because the library's own loop ends for good on one answer 401, and confirms updates that a crash may lose.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.failures import read_failure
from index.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot, Update

_LOG = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""Kinds of updates that are asked for."""
_WAIT, _FIRST_WAIT = 30, 2
"""Seconds that a poll waits for news; at first short, to find out soon whether we are alone."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0
_CONFLICTS = 2
"""Conflicts before any poll has ended well that tell of another bot: it came first and polls again and again."""


@dataclass(slots=True)
class Poller:
    """Fetches updates; used from one event loop.

    ``healthy`` tells when a poll last ended well, on the monotonic clock; 0 before the first.
    """

    bot: Bot
    take: Callable[[Update], None]
    healthy: float = 0.0
    _offset: int = 0
    _conflicts: int = 0
    _pause: float = _FIRST_PAUSE

    async def run(self) -> None:
        """Fetch until cancelled. Raises ConfigError where another bot uses the token and was there first."""
        while True:
            await self._try()

    async def establish(self) -> None:
        """Fetch until it went well once: then no other bot polls. Raises ConfigError as ``run`` does."""
        while not self.healthy:
            await self._try()

    async def confirm(self) -> None:
        """Tell Telegram, without waiting for news, what has been taken in."""
        from telegram.error import TelegramError

        try:
            await self.bot.get_updates(offset=self._offset, timeout=0, limit=1, allowed_updates=ALLOWED)
        except TelegramError:
            _LOG.info("last updates not confirmed; when they come again they are known by their ids")

    async def _try(self) -> None:
        """One poll, and after a failure a pause."""
        try:
            await self._fetch()
        except Exception as error:  # noqa: BLE001 - nothing that Telegram or the network does may end the loop
            self._judge(error)
            await asyncio.sleep(self._pause_after(error))
        else:
            self.healthy, self._conflicts, self._pause = time.monotonic(), 0, _FIRST_PAUSE

    async def _fetch(self) -> None:
        wait = _WAIT if self.healthy else _FIRST_WAIT
        updates = await self.bot.get_updates(offset=self._offset, timeout=wait, allowed_updates=ALLOWED)
        for update in updates:
            try:
                self.take(update)
            except StoreError:
                raise  # not written down: Telegram shall give it again
            except Exception:  # noqa: BLE001 - one odd update must not hold up those behind it
                _LOG.exception("update not understood")
            self._offset = update.update_id + 1

    def _judge(self, error: Exception) -> None:
        from telegram.error import Conflict

        _LOG.warning("poll failed", extra={"fields": {"error": type(error).__name__}})
        if not isinstance(error, Conflict) or self.healthy:
            return
        self._conflicts += 1
        if self._conflicts >= _CONFLICTS:
            raise ConfigError(
                "TELEGRAM_BOT_TOKEN: another program is already receiving this bot's messages; stop it, or create "
                "another bot with @BotFather and use its token"
            ) from error

    def _pause_after(self, error: Exception) -> float:
        from telegram.error import Conflict, RetryAfter, TelegramError, TimedOut

        if isinstance(error, RetryAfter):
            return read_failure(error).seconds
        if isinstance(error, TimedOut | Conflict) or not isinstance(error, TelegramError):
            return _FIRST_PAUSE
        pause, self._pause = self._pause, min(self._pause * 2, _LONGEST_PAUSE)
        return pause
