"""The calls that fetch updates, and how long to wait after one that failed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.telegram.failures import read_failure

if TYPE_CHECKING:
    from bot.telegram.connection import Line

ALLOWED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""Kinds of updates that are asked for."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds after a failed poll."""


async def fetch(line: Line, **parameters: int) -> list[dict[str, Any]]:
    """Updates as Telegram tells them: the library would refuse all for the sake of one that it cannot parse.

    ``parameters`` are ``timeout``, the seconds to wait for news, and perhaps ``offset`` and ``limit``. Raises
    TelegramError.
    """
    from bot.telegram.http import READ_SECONDS

    query = urlencode({**parameters, "allowed_updates": json.dumps(ALLOWED)})
    seconds = parameters["timeout"] + READ_SECONDS
    found = await line.polls.post(f"{line.bot.base_url}/getUpdates?{query}", read_timeout=seconds)
    return found if isinstance(found, list) else []


def pause_after(error: Exception, pause: float) -> float:
    """Seconds to wait after an error: as long as Telegram asks for, ``pause`` where it is not reached."""
    from telegram.error import Conflict, RetryAfter, TelegramError, TimedOut

    if isinstance(error, RetryAfter):
        return read_failure(error).seconds
    if isinstance(error, TimedOut | Conflict) or not isinstance(error, TelegramError):
        return FIRST_PAUSE
    return pause
