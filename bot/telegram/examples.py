"""Example questions for the greeting, made ahead from what the index holds, so that the greeting is instant."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, get_args

from index.errors import CitewireError
from index.types import AskerLanguage

if TYPE_CHECKING:
    from datetime import date

    from bot.telegram.workroom import Workroom
    from index.compose import Archive

_LOG = logging.getLogger(__name__)
_SECONDS = 60.0
_RENEWED = 3600.0
_PATIENCE = 8.0
"""Seconds that a greeting waits for its first examples."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Keeps example questions in each language; used from one event loop."""

    workroom: Workroom
    _found: dict[AskerLanguage, list[str]] = field(default_factory=dict)
    _looked: defaultdict[AskerLanguage, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)

    async def questions(self, language: AskerLanguage) -> list[str]:
        """Up to three questions that the index answers; none where it holds too little. Just after the start, wait."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._looked[language].wait(), _PATIENCE)
        return self._found.get(language, [])

    def renew(self) -> None:
        """The index changed: look for new ones soon."""
        self._wanted.set()

    async def keep(self) -> None:
        """Look for questions now, whenever the index changed, and every hour; never ends."""
        while True:
            self._wanted.clear()
            for language in get_args(AskerLanguage):
                await self._look(language)
                self._looked[language].set()
            try:
                await asyncio.wait_for(self._wanted.wait(), _RENEWED)
            except TimeoutError:
                continue

    async def _look(self, language: AskerLanguage) -> None:
        today = datetime.now().astimezone().date()
        try:
            found = await self.workroom.run(partial(_examples, language=language, today=today), _SECONDS)
        except (CitewireError, TimeoutError):
            _LOG.warning("no example questions", exc_info=True)
        else:
            self._found[language] = found


def _examples(archive: Archive, *, language: AskerLanguage, today: date) -> list[str]:
    return archive.engine.guide.examples(language, today)
