"""The typing sign: shown at once when something is asked, and kept up until it is answered."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.telegram.background import Background
    from bot.telegram.courier import Courier
    from bot.telegram.metrics import Metrics
    from bot.telegram.types import Place

_REFRESH = 4.5
"""Seconds; the sign goes out after five."""
_CLOSEST = 0.5
"""Seconds between two signs in one place: questions that come closer together share one."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Shows "typing" in each place where somebody waits; used from one event loop."""

    courier: Courier
    background: Background
    metrics: Metrics
    _waiting: Counter[Place] = field(default_factory=Counter)
    _shown: dict[Place, float] = field(default_factory=dict)
    _kept_up: set[Place] = field(default_factory=set)
    _unseen: dict[Place, list[float]] = field(default_factory=dict)

    def waiting(self, chat: int | None = None) -> int:
        """How many questions have no answer yet, in a chat or in all."""
        return sum(count for place, count in self._waiting.items() if chat in (None, place.chat))

    def begin(self, place: Place) -> None:
        """Somebody asked something there."""
        self._waiting[place] += 1
        self._unseen.setdefault(place, []).append(time.monotonic())
        if place in self._kept_up:
            self.background.start(self._show(place))
        else:
            self._kept_up.add(place)
            self.background.start(self._keep_up(place))

    def end(self, place: Place) -> None:
        """They have their answer."""
        self._waiting[place] -= 1
        if self._waiting[place] <= 0:
            del self._waiting[place]
            self._unseen.pop(place, None)

    async def _keep_up(self, place: Place) -> None:
        try:
            while place in self._waiting:
                await self._show(place)
                await asyncio.sleep(_REFRESH)
        finally:
            self._kept_up.discard(place)
            self._shown.pop(place, None)

    async def _show(self, place: Place) -> None:
        wait = self._shown.get(place, -_CLOSEST) + _CLOSEST - time.monotonic()
        if wait > _CLOSEST:
            return  # a sign is planned already
        self._shown[place] = time.monotonic() + max(wait, 0.0)
        await asyncio.sleep(max(wait, 0.0))
        if place in self._waiting and await self.courier.type(place) is None:
            for asked in self._unseen.pop(place, []):
                self.metrics.acknowledged(time.monotonic() - asked)
