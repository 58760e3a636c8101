"""Albums: pictures or files that are sent together, each of which comes as a message of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming

_REMEMBERED = 1000
"""The messages of an album come within seconds."""


@dataclass(frozen=True, slots=True)
class Albums:
    """Knows the message that began each of the last albums; used from one event loop."""

    _first: dict[str, int] = field(default_factory=dict)

    def goes_on(self, part: Incoming) -> bool:
        """Whether another message began the album that this one belongs to; the same however often it is asked."""
        if not part.album:
            return False
        first = self._first.setdefault(part.album, part.message)
        if len(self._first) > _REMEMBERED:
            del self._first[next(iter(self._first))]
        return first != part.message
