"""Which message ids are known, so that a message whose sending ended in doubt can be looked for.

Telegram numbers messages upwards: those of private chats and basic groups together for the bot's account, those of each
supergroup apart. A message that did arrive without our knowing has an id that nothing else was seen under.
"""

from __future__ import annotations

from collections import OrderedDict

_SUPERGROUPS = -1_000_000_000_000
"""Ids of supergroups and channels lie below."""
UNKNOWN = -1
_REMEMBERED = 1000
_MOST_SPACES = 2000
_AHEAD = 8
"""Ids looked at beyond the highest known: messages just made that nobody has told of yet."""
_MOST_CANDIDATES = 40


class MessageIds:
    """The ids seen lately, in each numbering; used from one event loop."""

    def __init__(self) -> None:
        self._highest: dict[int, int] = {}
        self._seen: OrderedDict[int, OrderedDict[int, None]] = OrderedDict()

    def note(self, chat: int, message: int) -> None:
        """A message with this id was seen."""
        space = _space(chat)
        self._highest[space] = max(self.highest(chat), message)
        self._seen.setdefault(space, OrderedDict())[message] = None
        self._seen.move_to_end(space)
        if len(self._seen[space]) > _REMEMBERED:
            self._seen[space].popitem(last=False)
        if len(self._seen) > _MOST_SPACES:
            self._highest.pop(self._seen.popitem(last=False)[0], None)

    def begin(self, chat: int) -> None:
        """A supergroup was made just now: its messages are numbered from 1."""
        self._highest.setdefault(_space(chat), 0)

    def highest(self, chat: int) -> int:
        """The greatest id known where this chat's messages are numbered, or UNKNOWN."""
        return self._highest.get(_space(chat), UNKNOWN)

    def candidates(self, chat: int, floor: int) -> list[int]:
        """Ids above ``floor`` that may be those of a message of ours we do not know of, the likeliest first."""
        space = _space(chat)
        last = max(self.highest(chat), floor) + _AHEAD
        ids = range(floor + 1, min(last, floor + _REMEMBERED) + 1)
        return [each for each in ids if each not in self._seen.get(space, ())][:_MOST_CANDIDATES]


def _space(chat: int) -> int:
    return chat if chat < _SUPERGROUPS else 0
