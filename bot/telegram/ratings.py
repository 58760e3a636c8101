"""Thumbs up and down: noted and acknowledged on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.telegram.keyboards import read_vote
from bot.telegram.passages import pressed_answer
from prompts import message

if TYPE_CHECKING:
    from bot.telegram.access import Access
    from bot.telegram.courier import Courier
    from bot.telegram.incoming import Incoming
    from bot.telegram.metrics import Metrics
    from bot.telegram.speech import Speech
    from bot.telegram.state import State


@dataclass(frozen=True, slots=True)
class Ratings:
    """Notes what people think of answers; used from one event loop."""

    courier: Courier
    access: Access
    state: State
    speech: Speech
    metrics: Metrics

    @staticmethod
    def takes(incoming: Incoming) -> bool:
        """Whether this is a vote."""
        return incoming.kind == "press" and read_vote(incoming.data) is not None

    async def rate(self, incoming: Incoming) -> None:
        """Store the vote and say so above the chat."""
        vote = read_vote(incoming.data)
        assert vote
        number, value = vote
        if not self.access.admits(incoming.user):
            await self.courier.answer_press(incoming.query)
            return
        language = self.speech.language(incoming)
        if pressed_answer(self.state, number, incoming) is None:
            await self.courier.answer_press(incoming.query, message("tg_answer_gone", language))
            return
        changed = self.state.ratings.rate(number, incoming.user, value, datetime.now(UTC))
        self.metrics.rated(value)
        key = ("tg_rated_up" if value > 0 else "tg_rated_down") if changed else "tg_rated_again"
        await self.courier.answer_press(incoming.query, message(key, language))
