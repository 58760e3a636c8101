"""Single calls to Telegram, each counted, with failures told apart; nothing is retried here."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.failures import Failure, read_failure

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any, TypeVar

    from telegram import Bot, InlineKeyboardMarkup, InlineQueryResult

    from bot.telegram.metrics import Metrics
    from bot.telegram.types import Button, Chunk, Place

    Result = TypeVar("Result")

_LOG = logging.getLogger(__name__)

SIMPLEST = 2
"""The last of the forms in which a chunk is tried: 0 as meant, 1 without markup, 2 without buttons as well."""


@dataclass(frozen=True, slots=True)
class Courier:
    """Carries things to Telegram; each call returns what Telegram gave, or the Failure."""

    bot: Bot
    metrics: Metrics

    async def send(self, place: Place, chunk: Chunk, reply_to: int | None, form: int = 0) -> int | Failure:
        """Send a message; its id."""
        from telegram import LinkPreviewOptions, ReplyParameters

        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to and form < SIMPLEST else None
        sending = self.bot.send_message(
            place.chat,
            chunk.plain if form else chunk.html,
            parse_mode=None if form else "HTML",
            message_thread_id=place.topic,
            reply_parameters=reply,
            reply_markup=None if form == SIMPLEST else keyboard(chunk.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        sent = await self._call("sendMessage", sending)
        return sent if isinstance(sent, Failure) else sent.message_id

    async def edit(self, chat: int, message: int, chunk: Chunk, form: int = 0) -> Failure | None:
        """Put a chunk in the place of an earlier message of ours."""
        from telegram import LinkPreviewOptions

        editing = self.bot.edit_message_text(
            chunk.plain if form else chunk.html,
            chat_id=chat,
            message_id=message,
            parse_mode=None if form else "HTML",
            reply_markup=None if form == SIMPLEST else keyboard(chunk.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return _failure_of(await self._call("editMessageText", editing))

    async def delete(self, chat: int, message: int) -> Failure | None:
        """Take a message of ours back."""
        return _failure_of(await self._call("deleteMessage", self.bot.delete_message(chat, message)))

    async def draft(self, place: Place, draft: int, chunk: Chunk) -> Failure | None:
        """Show a message in the making, for half a minute or until one is sent; the same ``draft`` grows on screen."""
        drafting = self.bot.send_message_draft(
            place.chat, draft, chunk.html, message_thread_id=place.topic, parse_mode="HTML"
        )
        return _failure_of(await self._call("sendMessageDraft", drafting))

    async def type(self, place: Place) -> Failure | None:
        """Show "typing" for five seconds."""
        typing = self.bot.send_chat_action(place.chat, "typing", message_thread_id=place.topic)
        return _failure_of(await self._call("sendChatAction", typing))

    async def answer_press(self, query: str, text: str = "") -> Failure | None:
        """End the waiting of a pressed button, with a word (at most 200 characters) shown above the chat."""
        answering = self.bot.answer_callback_query(query, text[:200] or None)
        return _failure_of(await self._call("answerCallbackQuery", answering))

    async def answer_inline(
        self, query: str, results: list[InlineQueryResult], seconds: int, invitation: str
    ) -> Failure | None:
        """Answer an inline query; results may be kept for so many seconds, a button above opens the private chat."""
        from telegram import InlineQueryResultsButton

        button = InlineQueryResultsButton(invitation, start_parameter="inline")
        answering = self.bot.answer_inline_query(query, results, cache_time=seconds, is_personal=True, button=button)
        return _failure_of(await self._call("answerInlineQuery", answering))

    async def download(self, file: str) -> bytes | Failure:
        """The content of a file that somebody sent."""
        found = await self._call("getFile", self.bot.get_file(file))
        if isinstance(found, Failure):
            return found
        content = await self._call("download", found.download_as_bytearray())
        return content if isinstance(content, Failure) else bytes(content)

    async def _call(self, method: str, calling: Coroutine[Any, Any, Result]) -> Result | Failure:
        """The call's result, or what its failure means; both are counted."""
        from telegram.error import TelegramError

        try:
            result = await calling
        except TelegramError as error:
            failure = read_failure(error)
            self.metrics.sent(method, failure.meaning)
            _LOG.info("call failed", extra={"fields": {"method": method, "meaning": failure.meaning}})
            return failure
        except asyncio.CancelledError:
            self.metrics.sent(method, "cancelled")
            raise
        self.metrics.sent(method, "ok")
        return result


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """Rows of buttons as Telegram wants them; None where there are none."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    if not rows:
        return None
    shown = [
        [InlineKeyboardButton(each.label, url=each.url or None, callback_data=each.data or None) for each in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(shown)


def _failure_of(outcome: object) -> Failure | None:
    return outcome if isinstance(outcome, Failure) else None
