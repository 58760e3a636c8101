"""Inline mode: passages for a query, found by retrieval alone, wherever somebody writes ``@bot query``."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.asking import asker_language, readable
from bot.telegram import texts_tour
from bot.telegram.rich import chunks
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


@dataclass(frozen=True, slots=True)
class Inline:
    """Answers inline queries; used from one event loop."""

    workroom: Workroom
    courier: Courier
    access: Access
    speech: Speech

    async def answer(self, asked: Incoming) -> None:
        """Offer the passages; nothing to whoever may not ask, and nothing where it takes too long."""
        language = self.speech.language(asked)
        found = await self._found(asked, language)
        results = [_result(hit, language) for hit in found or []]
        invitation = message("tg_inline_none" if found == [] else "tg_inline_prompt", language)
        await self.courier.answer_inline(asked.query, results, _CACHED, invitation)

    async def _found(self, asked: Incoming, speaks: AskerLanguage) -> list[Hit] | None:
        """Passages for a query; None where nothing was looked for."""
        words = readable(asked.text)
        if len(words) < _SHORTEST or not self.access.admits(asked.user):
            return None
        try:
            return await self.workroom.run(partial(_passages, words=words, speaks=speaks), _SECONDS)
        except (CitewireError, TimeoutError):
            _LOG.warning("inline query not answered", exc_info=True)
            return None


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
