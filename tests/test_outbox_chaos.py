"""Several chats at once, and faults at random: each message is shown once, in order."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.telegram_post import posting

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
CHATS = (1, 2, 3, -11, -1_000_000_000_055)
FAULTS: list[str | int] = [429, 500, 502, 403, 400, 409, 401, "reset", "timeout", "garbled", "slow", "lost", "lost"]


def disturb(tg: FakeBotApi, chance: Random) -> None:
    """Faults for about a third of the calls, mixed over chats and methods."""
    for _ in range(30):
        method = chance.choice(["sendMessage", "sendMessage", "editMessageText", "deleteMessage"])
        tg.inject(method, chance.choice(FAULTS), delay=chance.uniform(0.01, 0.1), chat=chance.choice(CHATS))


@pytest.mark.parametrize("seed", range(4))
async def test_each_message_is_shown_once_in_order(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five chats with three answers each; an edited question's answer takes the place of the first."""
    monkeypatch.setattr("bot.telegram.outbox._DOUBT_SECONDS", 0.05)
    monkeypatch.setattr("bot.telegram.pacing.Pace._wait", lambda *_: 0.0)
    chance = Random(seed)  # noqa: S311 - no secret
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:

        async def talk(chat: int) -> None:
            update = abs(chat) * 10
            post.hear(chat)
            first = await post.deliver(update, "a", "b", chat=chat)
            await post.deliver(update + 1, "c", chat=chat)
            post.hear(chat)
            await post.deliver(update + 2, "A", "B", "C", chat=chat, replaces=first)

        for chat in CHATS:
            tg.add_chat(chat, "group" if chat == -11 else None)
        disturb(tg, chance)
        async with asyncio.timeout(60):
            await asyncio.gather(*map(talk, CHATS))
        assert {chat: post.shown(chat) for chat in CHATS} == {chat: ["A", "B", "c", "C"] for chat in CHATS}
        assert post.state.inbox.waiting() == 0
