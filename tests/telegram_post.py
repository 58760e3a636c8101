"""The bot's post office over a real connection to the emulator, alone: what the tests of sending share."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.connection import connected
from bot.telegram.courier import Courier
from bot.telegram.message_ids import MessageIds
from bot.telegram.metrics import Metrics
from bot.telegram.outbox import Outbox
from bot.telegram.pacing import Pace
from bot.telegram.search import Search
from bot.telegram.state import State
from bot.telegram.types import Chunk, Place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.telegram.types import Delivery
    from tests.fake_bot_api import FakeBotApi

USER = 1001
GROUP = -55


@dataclass(frozen=True, slots=True)
class Post:
    """An outbox and what it stands on."""

    tg: FakeBotApi
    outbox: Outbox
    state: State
    ids: MessageIds

    def hear(self, chat: int = USER) -> int:
        """Somebody writes, and the bot takes note of it; the message's id."""
        number: int = self.tg.send_message("?", user=USER, chat=chat)["message_id"]
        self.ids.note(chat, number)
        return number

    def write_down(self, update: int, texts: Sequence[str], chat: int = USER, replaces: Sequence[int] = ()) -> Delivery:
        """A delivery that is under way, for an update that was accepted."""
        self.state.inbox.accept(update, chat, "{}")
        return self.state.deliveries.begin(update, None, Place(chat), None, chunks(*texts), replaces)

    async def deliver(
        self, update: int, *texts: str, chat: int = USER, replaces: Sequence[int] = ()
    ) -> tuple[int, ...]:
        """Write a delivery down and see it through."""
        return await self.outbox.deliver(self.write_down(update, texts, chat, replaces))

    def shown(self, chat: int = USER) -> list[str]:
        """The texts of the bot's messages that a chat shows."""
        return [message["text"] for message in self.tg.chat_log(chat) if message["from"]["is_bot"]]

    def over(self, update: int) -> bool:
        """Whether the delivery and its update are finished in the state."""
        delivery = self.state.deliveries.of(update)
        done = delivery is not None and len(delivery.sent) == len(delivery.chunks) and delivery.floor is None
        return done and update not in {number for number, _ in self.state.inbox.unfinished()}


def chunks(*texts: str) -> tuple[Chunk, ...]:
    """Each text as a chunk in bold."""
    return tuple(Chunk(f"<b>{text}</b>", text) for text in texts)


@asynccontextmanager
async def posting(tg: FakeBotApi, folder: Path) -> AsyncIterator[Post]:
    """A post office as it is after a start: it knows what its state file tells."""
    async with connected(tg.token, tg.base_url) as line:
        bot = line.bot
        with closing(State.open(folder / "state.sqlite3")) as state:
            courier, pace, ids = Courier(bot, Metrics()), Pace(), MessageIds()
            for chat, message in state.deliveries.newest_messages():
                ids.note(chat, message)
            yield Post(tg, Outbox(courier, Search(courier, pace, ids), pace, ids, state), state, ids)
