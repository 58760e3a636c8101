"""Long polling against the emulator: nothing is lost, and nothing ends it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.telegram.connection import connected
from bot.telegram.poller import Poller
from index.errors import StoreError
from tests.fake_bot_api import FakeBotApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
POLL = "getUpdates"


class Taker:
    """Takes updates; remembers what they say, and may refuse."""

    def __init__(self, refuse: Callable[[str], Exception | None] = lambda _: None) -> None:
        self.texts: list[str] = []
        self._refuse = refuse
        self._news = asyncio.Event()

    def take(self, update: dict[str, Any]) -> None:
        """Take one, or raise what it is refused with."""
        text = update["message"]["text"]
        if error := self._refuse(text):
            raise error
        self.texts.append(text)
        self._news.set()

    async def until(self, *texts: str) -> None:
        """Wait until just these have come."""
        async with asyncio.timeout(10):
            while self.texts != list(texts):
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def polling(tg: FakeBotApi, taker: Taker) -> AsyncIterator[asyncio.Task[None]]:
    """A poller at work; yields its task."""
    async with connected(tg.token, tg.base_url) as line:
        task = asyncio.get_running_loop().create_task(Poller(line, taker.take).run())
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_updates_are_taken_in_order_before_they_are_confirmed() -> None:
    """When one is taken, Telegram still has it and all behind it."""
    async with FakeBotApi() as tg:
        kept = list[int]()
        taker = Taker(lambda _: kept.append(len(tg.updates)))
        for text in ("a", "b", "c"):
            tg.send_message(text)
        async with polling(tg, taker):
            await taker.until("a", "b", "c")
    assert kept == [3, 3, 3]


@pytest.mark.parametrize("fault", [429, 500, 502, 403, 400, 409, 401, 404, "reset", "garbled", "lost", "slow"])
async def test_polling_survives_each_fault(fault: str | int) -> None:
    """What was written meanwhile is taken once."""
    async with FakeBotApi() as tg:
        taker = Taker()
        tg.inject(POLL, fault, delay=0.05)
        tg.send_message("a")
        async with polling(tg, taker):
            await taker.until("a")
            tg.send_message("b")
            await taker.until("a", "b")


async def test_polling_survives_a_restart_of_the_server() -> None:
    """It goes away and comes back."""
    async with FakeBotApi() as tg:
        taker = Taker()
        async with polling(tg, taker):
            tg.send_message("a")
            await taker.until("a")
            await tg.restart()
            tg.send_message("b")
            await taker.until("a", "b")


async def test_what_could_not_be_written_down_is_given_again() -> None:
    """A full disk: the update is not confirmed, and those behind it wait for their turn."""
    async with FakeBotApi() as tg:
        errors = [StoreError("the disk is full")] * 2
        taker = Taker(lambda text: errors.pop() if text == "b" and errors else None)
        for text in ("a", "b", "c"):
            tg.send_message(text)
        async with polling(tg, taker):
            await taker.until("a", "b", "c")
    assert errors == []


async def test_confirming_tells_telegram_what_was_taken() -> None:
    """At the end, without waiting for news."""
    async with FakeBotApi() as tg, connected(tg.token, tg.base_url) as line:
        taker = Taker()
        poller = Poller(line, taker.take)
        tg.send_message("a")
        await poller._fetch()
        assert (taker.texts, len(tg.updates)) == (["a"], 1)
        await poller.confirm()
        assert len(tg.updates) == 0


async def test_confirming_may_fail() -> None:
    """What comes again is known by its id."""
    async with FakeBotApi() as tg, connected(tg.token, tg.base_url) as line:
        tg.inject(POLL, 502)
        await Poller(line, Taker().take).confirm()
        assert tg.transcript(POLL)[0].fault == "502"
