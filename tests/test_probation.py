"""Two bots on one token: the second finds out before it takes anything, and stops."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.telegram.connection import connected
from bot.telegram.poller import Poller
from bot.telegram.probation import PROBATION, make_sure_alone
from index.errors import ConfigError
from tests.fake_bot_api import FakeBotApi
from tests.test_poller import Taker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

POLL = "getUpdates"


@asynccontextmanager
async def started(tg: FakeBotApi, taker: Taker, seconds: float = 1) -> AsyncIterator[asyncio.Task[None]]:
    """A bot that makes sure that it is alone, and polls; yields its task."""
    async with connected(tg.token, tg.base_url) as line:

        async def run() -> None:
            await make_sure_alone(line, seconds)
            await Poller(line, taker.take).run()

        task = asyncio.get_running_loop().create_task(run())
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def write(tg: FakeBotApi, texts: list[str]) -> None:
    """Somebody writes whenever a poll has ended; what is written stands in ``texts``."""
    while True:
        await tg.wait_for(POLL, after=len(tg.calls))
        texts.append(str(len(texts)))
        tg.send_message(texts[-1])


@pytest.mark.parametrize("writing", [False, True])
async def test_the_second_stops_and_the_first_goes_on(writing: bool) -> None:  # noqa: FBT001 - a case
    """Though people write, the later one takes nothing and says what to do; the earlier one takes everything once."""
    async with FakeBotApi() as tg:
        first, second, texts = Taker(), Taker(), list[str]()
        async with started(tg, first, 0) as one, started(tg, second, PROBATION) as two:
            people = asyncio.ensure_future(write(tg, texts) if writing else asyncio.sleep(0))
            with pytest.raises(ConfigError, match="another program"):
                await asyncio.wait_for(two, 15)
            people.cancel()
            tg.send_message("last")
            await first.until(*texts, "last")
            assert not one.done()
    assert second.texts == []


@pytest.mark.parametrize("waiting", [0, 3])
async def test_a_bot_alone_finds_out_soon(waiting: int) -> None:
    """Whether or not somebody wrote before it was started."""
    async with FakeBotApi() as tg:
        taker, texts = Taker(), [str(number) for number in range(waiting)]
        for text in texts:
            tg.send_message(text)
        async with started(tg, taker), asyncio.timeout(4):
            await taker.until(*texts)
            tg.send_message("x")
            await taker.until(*texts, "x")


async def test_somebody_who_writes_meanwhile_is_no_other_bot() -> None:
    """What was not there at the first look is there at the second: nobody took anything."""
    async with FakeBotApi() as tg:
        taker = Taker()
        async with started(tg, taker):
            await tg.wait_for("getMe")
            for text in ("a", "b", "c"):
                tg.send_message(text)
            await taker.until("a", "b", "c")


@pytest.mark.parametrize("fault", [409, 500, 502, "reset", "garbled"])
async def test_a_single_failure_is_no_other_bot(fault: str | int) -> None:
    """Our own poll of before a crash may still be waiting at Telegram's."""
    async with FakeBotApi() as tg:
        taker = Taker()
        tg.inject(POLL, fault)
        async with started(tg, taker):
            tg.send_message("a")
            await taker.until("a")
