"""The way to Telegram's server: one bot object, its connections and its times."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from bot.telegram.failures import read_failure
from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from telegram import Bot
    from telegram.error import TelegramError
    from telegram.request import BaseRequest

_LOG = logging.getLogger(__name__)

Result = TypeVar("Result")

_CONNECTIONS = 256
"""A call that hangs keeps one for up to READ_SECONDS; the others go on."""
_CONNECT = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
PATIENCE, LONG_PATIENCE = 2.0, 60.0
"""Seconds for which Telegram may refuse before it is believed; long for a bot that has been served before."""


@dataclass(frozen=True, slots=True)
class Line:
    """The bot's object for calls, and connections of their own for polls, which calls that hang must not hold up."""

    bot: Bot
    polls: BaseRequest


@asynccontextmanager
async def connected(token: str, base_url: str, patience: float = PATIENCE) -> AsyncIterator[Line]:
    """A bot that knows its name. Waits for the network as long as it takes.

    Raises:
        ConfigError: Telegram does not know the token.
    """
    from telegram import Bot

    from bot.telegram.http import READ_SECONDS, AiohttpRequest

    calls, polls = (AiohttpRequest(size, READ_SECONDS, _CONNECT) for size in (_CONNECTIONS, 2))
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's word for: times as timedelta, without a warning
    files = f"{base_url.removesuffix('bot')}file/bot"
    bot = Bot(
        token,
        base_url=base_url,
        base_file_url=files,
        request=calls,
        get_updates_request=polls,
    )
    try:
        await insist(bot.initialize, patience)
        yield Line(bot, polls)
    finally:
        await bot.shutdown()


async def insist(call: Callable[[], Awaitable[Result]], patience: float = PATIENCE) -> Result:
    """Make a call to Telegram until it succeeds.

    Raises:
        ConfigError: For ``patience`` seconds Telegram has said nothing but that it does not know the token, or does not
            want what is asked for.
    """
    from telegram.error import BadRequest, InvalidToken, TelegramError

    refused_since, pause = 0.0, _FIRST_PAUSE
    while True:
        try:
            return await call()
        except TelegramError as error:
            now, refused = time.monotonic(), isinstance(error, InvalidToken | BadRequest)
            refused_since = (refused_since or now) if refused else 0.0
            if refused and now - refused_since >= patience:
                raise ConfigError(_refused(error)) from None
            _LOG.warning("Telegram not reached", extra={"fields": {"error": type(error).__name__}})
            await asyncio.sleep(_FIRST_PAUSE if refused else max(pause, read_failure(error).seconds))
            pause = min(pause * 2, _LONGEST_PAUSE)


def _refused(error: TelegramError) -> str:
    from telegram.error import InvalidToken

    if isinstance(error, InvalidToken):
        return "TELEGRAM_BOT_TOKEN: Telegram does not know this token; copy it anew from @BotFather"
    return f"Telegram refuses: {error}; see the options of `citewire serve --help` and [telegram] in config.toml"


async def claim(bot: Bot, webhook: str | None, *, take_over: bool, patience: float = PATIENCE) -> None:
    """Make sure that Telegram does not call somebody else for this bot.

    Raises:
        ConfigError: Another webhook is set, and it is not to be taken over.
    """
    there = (await insist(bot.get_webhook_info, patience)).url
    if not there or there == webhook:
        return
    if not take_over:
        raise ConfigError(
            f"TELEGRAM_BOT_TOKEN: another program receives this bot's messages at {urlsplit(there).hostname}; stop it, "
            "or take the bot over with `citewire serve --take-over`"
        )
    await insist(bot.delete_webhook, patience)


async def is_ours(bot: Bot, webhook: str) -> bool:
    """Whether Telegram calls this address already, as after a restart."""
    return (await insist(bot.get_webhook_info)).url == webhook
