"""The typing sign, as a chat of the emulator shows it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.telegram.background import Background
from bot.telegram.connection import connected
from bot.telegram.courier import Courier
from bot.telegram.metrics import Metrics
from bot.telegram.presence import Presence
from bot.telegram.types import Place
from tests.fake_bot_api import FakeBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
CHAT, GROUP = 7, -1_000_000_000_055
SIGN = "sendChatAction"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign is renewed after 0.2 s instead of 4.5 s, and shared within 0.1 s instead of 0.5 s."""
    monkeypatch.setattr("bot.telegram.presence._REFRESH", 0.2)
    monkeypatch.setattr("bot.telegram.presence._CLOSEST", 0.1)


@asynccontextmanager
async def shown() -> AsyncIterator[tuple[FakeBotApi, Presence]]:
    """A server with two chats, and the signs that the bot shows there."""
    async with FakeBotApi() as tg, connected(tg.token, tg.base_url) as line:
        bot = line.bot
        tg.add_chat(CHAT)
        tg.add_chat(GROUP)
        background = Background()
        metrics = Metrics()
        yield tg, Presence(Courier(bot, metrics), background, metrics)
        await background.close()


async def over(presence: Presence) -> None:
    """Wait until no sign is kept up any more."""
    async with asyncio.timeout(5):
        await asyncio.gather(*presence.background._tasks)


async def test_the_sign_is_shown_at_once() -> None:
    """In the place where somebody asked."""
    async with shown() as (tg, presence):
        presence.begin(Place(GROUP, 31))
        (call,) = await tg.wait_for(SIGN)
    assert (call.params["chat_id"], call.params["message_thread_id"], call.params["action"]) == (GROUP, 31, "typing")


async def test_the_sign_is_kept_up() -> None:
    """Again and again, as long as it takes."""
    async with shown() as (tg, presence):
        presence.begin(Place(CHAT))
        calls = await tg.wait_for(SIGN, count=3)
    assert calls[2].time - calls[0].time > 0.35


async def test_the_sign_ends_with_the_answer() -> None:
    """Nothing is shown afterwards, and nothing is left of it."""
    async with shown() as (tg, presence):
        presence.begin(Place(CHAT))
        await tg.wait_for(SIGN)
        presence.end(Place(CHAT))
        await over(presence)
        assert len(tg.transcript(SIGN)) == 1
    assert (presence._shown, dict(presence._waiting)) == ({}, {})


async def test_the_sign_stays_while_another_question_waits() -> None:
    """The first of two is answered; the second is still thought about."""
    async with shown() as (tg, presence):
        presence.begin(Place(CHAT))
        presence.begin(Place(CHAT))
        presence.end(Place(CHAT))
        await tg.wait_for(SIGN, count=4)
        presence.end(Place(CHAT))
        await over(presence)


async def test_questions_close_together_share_a_sign() -> None:
    """Twenty at once make one sign at once and one a little later."""
    async with shown() as (tg, presence):
        for _ in range(20):
            presence.begin(Place(CHAT))
        await tg.wait_for(SIGN, count=2)
        for _ in range(20):
            presence.end(Place(CHAT))
        await over(presence)
        assert len(tg.transcript(SIGN)) == 2


async def test_each_place_has_its_own_sign() -> None:
    """The end in one does not end the other."""
    async with shown() as (tg, presence):
        presence.begin(Place(CHAT))
        presence.begin(Place(GROUP))
        presence.end(Place(CHAT))
        await tg.wait_for(SIGN, count=3, chat=GROUP)
        assert len(tg.transcript(SIGN, chat=CHAT)) <= 1


@pytest.mark.parametrize("fault", [403, 429, 502, "reset", "garbled"])
async def test_a_sign_that_fails_harms_nothing(fault: str | int, caplog: pytest.LogCaptureFixture) -> None:
    """The next is shown all the same."""
    async with shown() as (tg, presence):
        tg.inject(SIGN, fault)
        presence.begin(Place(CHAT))
        assert [call.error == "" for call in await tg.wait_for(SIGN, count=2)][-1]
    assert not [record for record in caplog.records if record.name.startswith("bot") and record.levelname == "ERROR"]


async def test_an_end_without_a_beginning_is_nothing() -> None:
    """Counted wrongly, the next question would have no sign."""
    async with shown() as (tg, presence):
        presence.end(Place(CHAT))
        presence.begin(Place(CHAT))
        await tg.wait_for(SIGN, count=2)


async def test_background_work_that_fails_is_told_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for it, so nobody else would know."""

    async def fail() -> None:
        raise ValueError("broken")

    background = Background()
    background.start(fail())
    await asyncio.gather(*background._tasks, return_exceptions=True)
    assert [record.exc_info is not None for record in caplog.records] == [True]


async def test_background_work_is_stopped_at_the_end() -> None:
    """What has not ended is cancelled and waited for."""
    background, stopped = Background(), asyncio.Event()

    async def last() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    background.start(last())
    await asyncio.sleep(0)
    await background.close()
    assert stopped.is_set()
