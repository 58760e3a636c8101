"""Inline mode: passages for a query, found by retrieval alone, wherever somebody writes ``@bot query``."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.asking import asker_language, readable
from bot.telegram import texts_tour
from bot.telegram.rich import chunks, is_visible
from index.errors import CitewireError
from index.types import Query
from prompts import message

if TYPE_CHECKING:
    from telegram import InlineQueryResult

    from bot.telegram.access import Access
    from bot.telegram.courier import Courier
    from bot.telegram.incoming import Incoming
    from bot.telegram.speech import Speech
    from bot.telegram.workroom import Workroom
    from index.compose import Archive
    from index.types import AskerLanguage, Hit

_LOG = logging.getLogger(__name__)

_RESULTS = 10
_CACHED = 60
"""Seconds: the index changes."""
_SECONDS = 8.0
"""Telegram waits ten for an answer."""
_SHORTEST = 3
"""Letters: less is still being typed."""
_AT_ONCE = 20
"""Queries under way: each letter that somebody types may bring one."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Answers inline queries; used from one event loop."""

    workroom: Workroom
    courier: Courier
    access: Access
    speech: Speech
    _running: dict[int, asyncio.Task[Any]] = field(default_factory=dict)
    """By user: what they type next makes the query before it idle."""

    async def answer(self, asked: Incoming) -> None:
        """Offer the passages; nothing to whoever may not ask, and nothing where it takes too long or too many ask."""
        if earlier := self._running.get(asked.user):
            earlier.cancel()
        elif len(self._running) >= _AT_ONCE:
            return await self._offer(asked, None, 0)
        ours = asyncio.current_task()
        assert ours
        self._running[asked.user] = ours
        try:
            await self._look(asked)
        finally:
            if self._running.get(asked.user) is ours:
                del self._running[asked.user]

    async def _look(self, asked: Incoming) -> None:
        """Find the passages and offer them; a failure is not remembered by Telegram."""
        words, speaks = readable(asked.text), self.speech.language(asked)
        if len(words) < _SHORTEST or not self.access.admits(asked.user):
            return await self._offer(asked, None, _CACHED)
        try:
            found = await self.workroom.run(partial(_passages, words=words, speaks=speaks), _SECONDS)
        except (CitewireError, TimeoutError):
            _LOG.warning("inline query not answered", exc_info=True)
            return await self._offer(asked, None, 0)
        return await self._offer(asked, found, _CACHED)

    async def _offer(self, asked: Incoming, found: list[Hit] | None, seconds: int) -> None:
        """Answer a query, for so many seconds, with passages; with None nothing was looked for."""
        language = self.speech.language(asked)
        results = [_result(hit, language) for hit in found or [] if is_visible(hit.passage.text)]
        invitation = message("tg_inline_none" if found == [] else "tg_inline_prompt", language)
        await self.courier.answer_inline(asked.query, results, seconds, invitation)


def _passages(archive: Archive, *, words: str, speaks: AskerLanguage) -> list[Hit]:
    return archive.engine.retriever.retrieve(Query(words, asker_language(words, speaks)), _RESULTS)


def _result(hit: Hit, language: AskerLanguage) -> InlineQueryResult:
    from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions

    shown = texts_tour.inline(hit.passage, hit.article, language)
    content = InputTextMessageContent(
        chunks(shown.blocks)[0].html, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    name = hashlib.sha256(hit.passage.id.encode()).hexdigest()[:32]  # a passage's id may be longer than Telegram takes
    return InlineQueryResultArticle(name, shown.title, content, description=shown.description)
