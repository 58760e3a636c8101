"""Work in lanes: one thing after another in each, all lanes at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.lanes import Lanes

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pytest


class Gated:
    """Work that goes on when it is told to: each item is begun, and done once its gate opens."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.gates: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.news = asyncio.Event()

    async def work(self, item: str) -> None:
        """Begin, wait for the gate, end."""
        self.begun.append(item)
        self.news.set()
        await self.gates[item].wait()
        self.done.append(item)
        self.news.set()

    async def until(self, done: int = 0, begun: int = 0) -> None:
        """Wait until so many are done or begun."""
        async with asyncio.timeout(5):
            while len(self.done) < done or len(self.begun) < begun:
                self.news.clear()
                await self.news.wait()


async def test_order_is_kept_within_a_lane() -> None:
    """The second is begun when the first is done."""
    gated = Gated()
    lanes = Lanes(gated.work)
    for item in ("a1", "a2", "a3"):
        lanes.put("a", item)
        gated.gates[item].set()
    await gated.until(done=3)
    assert (gated.begun, gated.done) == (["a1", "a2", "a3"],) * 2


async def test_a_slow_lane_delays_no_other() -> None:
    """While one waits, others go on."""
    gated = Gated()
    lanes = Lanes(gated.work)
    for lane, item in (("a", "a1"), ("a", "a2"), ("b", "b1"), ("b", "b2")):
        lanes.put(lane, item)
    gated.gates["b1"].set()
    gated.gates["b2"].set()
    await gated.until(done=2)
    assert (gated.done, lanes.waiting("a"), lanes.waiting("b")) == (["b1", "b2"], 1, 0)
    await lanes.finish(0)


async def test_an_error_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """It is told to the log, and the next item is worked on."""
    done = asyncio.Event()

    async def work(item: int) -> None:
        if item == 0:
            raise ValueError("broken")
        done.set()

    lanes = Lanes(work)
    lanes.put("a", 0)
    lanes.put("a", 1)
    await asyncio.wait_for(done.wait(), 5)
    assert [record.exc_info is not None for record in caplog.records] == [True]


async def test_what_waits_can_be_taken_out() -> None:
    """Not what is worked on, and not what is wanted."""
    gated = Gated()
    lanes = Lanes(gated.work)
    for item in ("a1", "no", "a2", "no"):
        lanes.put("a", item)
    await gated.until(begun=1)
    assert lanes.take_out("a", lambda item: item in {"no", "a1"}) == ["no", "no"]
    assert lanes.take_out("elsewhere", lambda _: True) == []
    for item in ("a1", "a2"):
        gated.gates[item].set()
    await gated.until(done=2)
    assert gated.begun == ["a1", "a2"]


async def test_a_lane_that_ran_dry_is_forgotten_and_can_be_used_again() -> None:
    """Nothing is kept of it in between."""
    gated = Gated()
    lanes = Lanes(gated.work)
    for count, item in enumerate(("a1", "a2"), 1):
        gated.gates[item].set()
        lanes.put("a", item)
        task = lanes._tasks["a"]
        await asyncio.wait_for(task, 5)
        assert (len(gated.done), lanes._queues, lanes._tasks) == (count, {}, {})


async def test_finishing_lets_what_is_begun_end() -> None:
    """What waits is left for the next start."""
    gated = Gated()
    lanes = Lanes(gated.work)
    lanes.put("a", "a1")
    lanes.put("a", "a2")
    await gated.until(begun=1)
    gated.gates["a1"].set()
    await lanes.finish(5)
    assert (gated.done, gated.begun) == (["a1"], ["a1"])


async def test_finishing_takes_its_time_and_no_more() -> None:
    """What does not end by then is stopped."""
    gated = Gated()
    lanes = Lanes(gated.work)
    lanes.put("a", "a1")
    lanes.put("b", "b1")
    await gated.until(begun=2)
    async with asyncio.timeout(1):
        await lanes.finish(0.05)
    assert (gated.done, lanes._tasks) == ([], {})


async def test_finishing_without_work_is_done_at_once() -> None:
    """There is nothing to wait for."""
    await Lanes(Gated().work).finish(60)


@settings(max_examples=50, deadline=None)
@given(items=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=30))
def test_each_item_is_worked_on_once_and_in_order(items: list[tuple[str, int]]) -> None:
    """However long each takes, and whichever fails."""
    seen: defaultdict[Hashable, list[int]] = defaultdict(list)

    async def work(item: tuple[int, tuple[str, int]]) -> None:
        number, (lane, turns) = item
        for _ in range(turns):
            await asyncio.sleep(0)
        seen[lane].append(number)
        if turns == 1:
            raise ValueError

    async def scene() -> None:
        lanes = Lanes(work)
        for number, item in enumerate(items):
            lanes.put(item[0], (number, item))
            await asyncio.sleep(0)
        with suppress(ValueError):
            await asyncio.gather(*lanes._tasks.values())

    asyncio.run(scene())
    for lane in "abc":
        assert seen[lane] == [number for number, (each, _) in enumerate(items) if each == lane]
