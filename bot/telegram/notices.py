"""Notices that are not worth repeating: so many at once to a chat, then one in a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

_MOST_CHATS = 10_000


@dataclass(slots=True)
class Notices:
    """Tells whether a notice may go to a chat: ``burst`` after a silence, then one each ``each_seconds``."""

    each_seconds: float
    burst: int
    _empty: dict[int, float] = field(default_factory=dict)

    def may(self, chat: int) -> bool:
        """Whether a notice may go now; counts it if so."""
        now = time.monotonic()
        empty = max(self._empty.get(chat, 0.0), now)
        if empty - now > (self.burst - 1) * self.each_seconds:
            return False
        if len(self._empty) >= _MOST_CHATS:
            self._empty = {each: at for each, at in self._empty.items() if at > now}
        self._empty[chat] = empty + self.each_seconds
        return True
