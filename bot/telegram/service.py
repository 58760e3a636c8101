"""The bot as a running service: started, kept running, and stopped in order and in time."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.app import put_together
from bot.telegram.connection import LONG_PATIENCE, PATIENCE, claim, connected, is_ours
from bot.telegram.health import serve_health
from bot.telegram.poller import Poller
from bot.telegram.probation import PROBATION, make_sure_alone
from bot.telegram.registration import register
from bot.telegram.webhook import Webhook
from bot.watching import keep_watching

if TYPE_CHECKING:
    from telegram import Bot

    from bot.telegram.app import Parts
    from bot.telegram.state import State
    from bot.telegram.workroom import Workroom
    from index.config import Config
    from index.ports import Catalogue

_LOG = logging.getLogger(__name__)

_SILENCE = 120.0
"""Seconds without one good poll after which the bot calls itself ill; a poll takes half a minute."""
_TO_CLOSE = 2.0
"""Seconds kept of the time for stopping, for saying goodbye to Telegram and closing files."""


@dataclass(frozen=True, slots=True)
class Service:
    """A bot over what is open already. ``webhook`` is the address that Telegram shall call; None polls.

    ``take_over`` allows to replace another webhook; ``probation`` are the seconds in which
    another program on the token is looked for.
    """

    config: Config
    token: str
    workroom: Workroom
    catalogue: Catalogue
    state: State
    webhook: str | None = None
    take_over: bool = False
    probation: float = PROBATION

    async def run(self) -> None:
        """Serve until cancelled, and end in order.

        Raises:
            ConfigError: The token is wrong or used by another bot, or a port is taken.
        """
        async with AsyncExitStack() as stack:
            patience = LONG_PATIENCE if self.state.inbox.served() else PATIENCE
            line = await stack.enter_async_context(connected(self.token, self.config.telegram.base_url, patience))
            bot = line.bot
            parts = put_together(self.config, bot, self.workroom, self.catalogue, self.state)
            stack.push_async_callback(self._finish, parts)
            poller = Poller(line, parts.intake.take)
            if port := self.config.telegram.metrics_port:
                stack.enter_context(serve_health(port, parts.metrics, lambda: self._trouble(poller)))
            parts.background.start(parts.examples.keep())
            if self.config.sources.in_bot:
                seconds = self.config.sources.minutes * 60.0
                parts.background.start(keep_watching(self.workroom, parts.examples, seconds))
            _LOG.info("serving", extra={"fields": {"bot": bot.username, "resumed": parts.intake.resume()}})
            await claim(bot, self.webhook, take_over=self.take_over, patience=patience)
            if self.webhook is None or not await is_ours(bot, self.webhook):
                await make_sure_alone(line, self.probation)
            parts.background.start(register(bot, self.config.telegram.administrators, writes=self.config.llm.writes))
            await (self._listen(bot, self.webhook, parts) if self.webhook else self._poll(poller))

    async def _poll(self, poller: Poller) -> None:
        try:
            await poller.run()
        finally:
            with suppress(TimeoutError):
                await asyncio.wait_for(poller.confirm(), _TO_CLOSE / 2)

    async def _listen(self, bot: Bot, url: str, parts: Parts) -> None:
        webhook = Webhook(bot, url, self.config.telegram, parts.intake.take)
        try:
            await webhook.start()
            await asyncio.Event().wait()
        finally:
            await webhook.stop()

    async def _finish(self, parts: Parts) -> None:
        """Let what is begun end within the set time; what waits is answered after the next start."""
        await parts.lanes.finish(max(self.config.telegram.shutdown_seconds - _TO_CLOSE, 0.0))
        await parts.background.close()
        _LOG.info("stopped", extra={"fields": {"left": self.state.inbox.waiting()}})

    def _trouble(self, poller: Poller) -> str:
        """What is wrong, for /healthz; empty while nothing is."""
        if self.webhook or self.workroom.trouble:
            return self.workroom.trouble
        silent = time.monotonic() - poller.healthy
        return "" if silent < _SILENCE else f"Telegram has not answered for {silent:.0f} s"
