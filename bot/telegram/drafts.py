"""An answer in the making, shown as a draft: only sentences that have passed their check ever get here."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.telegram.courier import Courier
    from bot.telegram.incoming import Incoming
    from bot.telegram.types import Chunk, Place

_APART = 1.5
"""Seconds between two drafts: more often, and flood control takes them for messages."""
_PATIENCE = 2.0
"""Seconds that a draft on its way may hold up the answer itself, which must not be overtaken by it."""


@dataclass(slots=True)
class _Sheet:
    """What is to be shown next, if anything is."""

    newest: Chunk | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def put(self, chunk: Chunk) -> None:
        """Show this next, in place of what waits."""
        self.newest = chunk
        self.changed.set()


@dataclass(frozen=True, slots=True)
class Drafts:
    """Shows drafts in private chats, where alone Telegram has them; used from one event loop.

    They are a courtesy: one that fails is not repeated, and the answer comes all the same.
    """

    courier: Courier

    @asynccontextmanager
    async def of(self, asked: Incoming) -> AsyncIterator[Callable[[Chunk], None]]:
        """Within, what is handed over is shown, the newest first; afterwards nothing more is."""
        sheet = _Sheet()
        showing = asyncio.ensure_future(self._show(asked.place, asked.update, sheet)) if asked.private else None
        try:
            yield sheet.put
        finally:
            if showing:
                with suppress(TimeoutError):
                    await asyncio.wait_for(sheet.sending.acquire(), _PATIENCE)
                showing.cancel()

    async def _show(self, place: Place, number: int, sheet: _Sheet) -> None:
        """Show the newest state whenever it has changed, until a draft fails."""
        while True:
            await sheet.changed.wait()
            sheet.changed.clear()
            async with sheet.sending:
                failure = await self.courier.draft(place, number, sheet.newest) if sheet.newest else None
            if failure:
                return
            await asyncio.sleep(_APART)
