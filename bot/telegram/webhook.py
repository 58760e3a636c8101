"""Webhook: Telegram calls us; an update is answered for only once it has been taken in."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.telegram.poller import ALLOWED
from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Bot, Update
    from telegram.ext import Updater

    from index.config import TelegramSettings


class _Hatch(asyncio.Queue[object]):
    """Where the library puts updates before it answers Telegram: they are taken in on the spot, none is kept."""

    def __init__(self, take: Callable[[Update], None]) -> None:
        super().__init__()
        self._take = take

    async def put(self, item: object) -> None:
        """Take an update in; what this raises becomes an error answer, after which Telegram sends it again."""
        self._take(item)  # type: ignore[arg-type] # the library puts nothing but updates


@dataclass(slots=True)
class Webhook:
    """Listens for Telegram's calls; used from one event loop."""

    bot: Bot
    url: str
    settings: TelegramSettings
    take: Callable[[Update], None]
    _updater: Updater | None = field(default=None)

    async def start(self) -> None:
        """Listen, and tell Telegram where, with a new secret. Raises ConfigError where the port is taken."""
        from telegram.ext import Updater

        self._updater = Updater(self.bot, _Hatch(self.take))
        await self._updater.initialize()
        try:
            await self._updater.start_webhook(
                listen=self.settings.webhook_listen,
                port=self.settings.webhook_port,
                url_path=urlsplit(self.url).path.strip("/"),
                webhook_url=self.url,
                secret_token=secrets.token_urlsafe(32),
                allowed_updates=ALLOWED,
                bootstrap_retries=-1,
            )
        except OSError as error:
            place = f"{self.settings.webhook_listen}:{self.settings.webhook_port}"
            raise ConfigError(
                f"[telegram] webhook_port: cannot listen on {place}: {error.strerror or error}; choose another"
            ) from error

    async def stop(self) -> None:
        """Listen no more; Telegram keeps what it cannot deliver, for the next start."""
        if self._updater is not None:
            await self._updater.stop()
            await self._updater.shutdown()
