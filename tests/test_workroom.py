"""The workroom of threads: so much at once, each job within its time, overdue jobs in nobody's way."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import pytest

from bot.telegram.workroom import Threads
from index.compose import Archive
from index.config import Config
from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.compose import Engine

ARCHIVE = Archive(Config(), cast("Engine", None))
"""No job here looks into it."""


@contextmanager
def room(places: int = 2, seconds: float = 5.0) -> Iterator[tuple[Threads, threading.Event]]:
    """A workroom, and an event that its jobs may wait for; it is set in the end."""
    threads, gate = Threads(ARCHIVE, places, seconds), threading.Event()
    try:
        yield threads, gate
    finally:
        gate.set()
        threads.close()


async def test_a_job_is_done_on_the_archive() -> None:
    """Its result comes back."""
    with room() as (threads, _):
        assert await threads.run(lambda given: given) is ARCHIVE


async def test_a_job_tells_how_far_it_is() -> None:
    """What it tells is heard in the event loop, in order, before its result comes."""
    heard: list[int] = []

    def count(_: Archive, tell: Callable[[int], None]) -> str:
        for number in range(3):
            tell(number)
        return "done"

    with room() as (threads, _):
        assert await threads.run_telling(count, heard.append, 5.0) == "done"
    assert heard == [0, 1, 2]


async def test_jobs_that_tell_keep_no_others_waiting() -> None:
    """They have places of their own: a model that is slow to write does not hold up quotes."""
    with room(places=1) as (threads, gate):
        slow = asyncio.ensure_future(threads.run_telling(lambda *_: gate.wait(5), print, 5.0))
        assert await threads.run(lambda _: "quick") == "quick"
        assert not slow.done()
        gate.set()
        assert await slow


async def test_what_is_in_no_hurry_keeps_no_others_waiting() -> None:
    """It has one place of its own, so that a round over slow sites holds up no question."""
    with room(places=1) as (threads, gate):
        slow = [asyncio.ensure_future(threads.run_aside(lambda _: gate.wait(5), 5.0)) for _ in range(2)]
        assert await threads.run(lambda _: "quick") == "quick"
        assert not any(each.done() for each in slow)
        gate.set()
        assert await asyncio.gather(*slow) == [True, True]


async def test_an_error_comes_back() -> None:
    """As it was raised."""

    def fail(_: Archive) -> None:
        raise StoreError("no room")

    with room() as (threads, _), pytest.raises(StoreError, match="no room"):
        await threads.run(fail)


async def test_the_event_loop_goes_on_meanwhile() -> None:
    """A job that computes keeps nobody waiting."""
    with room() as (threads, gate):
        waiting = asyncio.ensure_future(threads.run(lambda _: gate.wait(5)))
        await asyncio.sleep(0)
        assert not waiting.done()
        gate.set()
        assert await waiting


async def test_no_more_jobs_at_once_than_places() -> None:
    """Of six jobs on two places two work at a time."""
    lock, counts = threading.Lock(), [0, 0]

    def count(_: Archive) -> None:
        with lock:
            counts[0] += 1
            counts[1] = max(counts)
        gate.wait(0.02)
        with lock:
            counts[0] -= 1

    with room() as (threads, gate):
        await asyncio.gather(*(threads.run(count) for _ in range(6)))
    assert counts == [0, 2]


@pytest.mark.parametrize(("usual", "own"), [(0.05, None), (5.0, 0.05)])
async def test_a_job_has_its_time(usual: float, own: float | None) -> None:
    """The usual, unless it has its own."""
    with room(seconds=usual) as (threads, gate), pytest.raises(TimeoutError):
        await threads.run(lambda _: gate.wait(5), own)


async def test_an_overdue_job_holds_no_place() -> None:
    """A thread cannot be stopped; others work beside it."""
    with room(places=1) as (threads, gate):
        for _ in range(3):
            with pytest.raises(TimeoutError):
                await threads.run(lambda _: gate.wait(5), 0.02)
        assert await threads.run(lambda _: "done") == "done"


async def test_waiting_for_a_place_is_not_counted() -> None:
    """A question behind a long one has its full time."""
    with room(places=1) as (threads, gate):
        first = asyncio.ensure_future(threads.run(lambda _: gate.wait(5)))
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(0.3, gate.set)
        assert await threads.run(lambda _: "done", 0.2) == "done"
        assert await first


async def test_a_cancelled_job_holds_no_place() -> None:
    """Whoever asked does not want it any more."""
    with room(places=1) as (threads, gate):
        first = asyncio.ensure_future(threads.run(lambda _: gate.wait(5)))
        await asyncio.sleep(0)
        first.cancel()
        assert await threads.run(lambda _: "done") == "done"


async def test_closing_waits_for_nothing() -> None:
    """What computes is left to itself, what comes later is refused."""
    with room() as (threads, gate):
        first = asyncio.ensure_future(threads.run(lambda _: gate.wait(5)))
        await asyncio.sleep(0)
        threads.close()
        with pytest.raises(RuntimeError):
            await threads.run(lambda _: "done")
        gate.set()
        assert await first
