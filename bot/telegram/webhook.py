"""Webhook: Telegram calls us; a call is answered only once its update has been taken in."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.telegram.connection import insist
from bot.telegram.updates import ALLOWED
from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.web import AppRunner, Request, Response
    from telegram import Bot

    from index.config import TelegramSettings

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_MOST_BYTES = 1_000_000
"""An update is some kilobytes."""
_GOODBYE = 1.0
"""Seconds that calls which are under way have at the end."""


@dataclass(slots=True)
class Webhook:
    """Listens for Telegram's calls; used from one event loop."""

    bot: Bot
    url: str
    settings: TelegramSettings
    take: Callable[[dict[str, Any]], None]
    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _runner: AppRunner | None = None

    async def start(self) -> None:
        """Listen, and tell Telegram where, with a new secret.

        Raises:
            ConfigError: The port is taken, or Telegram refuses the address.
        """
        from aiohttp import web

        app = web.Application(client_max_size=_MOST_BYTES)
        app.router.add_post(urlsplit(self.url).path or "/", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE)
        await self._runner.setup()
        listen, port = self.settings.webhook_listen, self.settings.webhook_port
        try:
            await web.TCPSite(self._runner, listen, port).start()
        except OSError as error:
            raise ConfigError(
                f"[telegram] webhook_port: cannot listen on {listen}:{port}: {error.strerror or error}; choose another"
            ) from error
        await insist(lambda: self.bot.set_webhook(self.url, secret_token=self._secret, allowed_updates=ALLOWED))

    async def stop(self) -> None:
        """Listen no more; Telegram keeps what it cannot deliver, for the next start."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _called(self, request: Request) -> Response:
        """Take an update in. Any other answer than 200 makes Telegram send it again."""
        from aiohttp import web

        if not hmac.compare_digest(
            request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape"), self._secret.encode()
        ):
            return web.Response(status=403)
        try:
            update = await request.json()
        except ValueError:
            return web.Response(status=400)
        self.take(update)
        return web.Response()
