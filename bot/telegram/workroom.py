"""Where the engine works: apart from the event loop, so much at once, each piece within its time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from index.compose import Archive

Result = TypeVar("Result")

PLACES = 4
"""Jobs at once, unless the settings say otherwise: a slow one must not keep quick ones waiting."""
SPARE = 64
"""Threads for jobs that are overdue: a thread cannot be stopped, but its place is given to others."""


class Workroom(Protocol):
    """Runs jobs on an archive; used from one event loop."""

    @property
    def trouble(self) -> str:
        """What is wrong, for whoever watches over it; empty while nothing is. Safe from any thread."""

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result of a job: a function of a module, or a partial of one, with plain data.

        ``seconds`` are what it may take, without its wait for a place; None takes the usual time.

        Raises:
            TimeoutError: It took longer. It is left to itself.
            CitewireError: It could not be done.
        """

    async def run_telling(
        self, job: Callable[[Archive, Callable[[Any], None]], Result], hear: Callable[[Any], None], seconds: float
    ) -> Result:
        """The result of a job that tells, while it works, how far it is: what it tells is heard in the event loop.

        Such jobs wait more than they compute; their places are others than those of ``run``. Raises what ``run`` does.
        """

    async def run_aside(self, job: Callable[[Archive], Result], seconds: float) -> Result:
        """The result of a job that is in no hurry; one is done at a time, in a place of its own. Raises as ``run``."""


class Threads:
    """A workroom in this process, over an archive that is open."""

    def __init__(self, archive: Archive, places: int, seconds: float) -> None:
        self._archive, self._seconds = archive, seconds
        self._places, self._telling_places = (asyncio.Semaphore(places or PLACES) for _ in range(2))
        self._aside = asyncio.Semaphore(1)
        self._threads = ThreadPoolExecutor(2 * (places or PLACES) + SPARE, thread_name_prefix="work")

    @property
    def trouble(self) -> str:
        """Nothing can be wrong with it."""
        return ""

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result of a job, as the protocol says."""
        async with self._places:
            future = self._threads.submit(job, self._archive)
            return await asyncio.wait_for(asyncio.wrap_future(future), seconds or self._seconds)

    async def run_telling(
        self, job: Callable[[Archive, Callable[[Any], None]], Result], hear: Callable[[Any], None], seconds: float
    ) -> Result:
        """The result of a job that tells how far it is, as the protocol says."""
        loop = asyncio.get_running_loop()
        async with self._telling_places:
            future = self._threads.submit(job, self._archive, lambda told: _heard(loop, hear, told))
            return await asyncio.wait_for(asyncio.wrap_future(future), seconds)

    async def run_aside(self, job: Callable[[Archive], Result], seconds: float) -> Result:
        """The result of a job that is in no hurry, as the protocol says."""
        async with self._aside:
            return await asyncio.wait_for(asyncio.wrap_future(self._threads.submit(job, self._archive)), seconds)

    def close(self) -> None:
        """Take no more jobs; what runs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _heard(loop: asyncio.AbstractEventLoop, hear: Callable[[Any], None], told: Any) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody hears it any more
        loop.call_soon_threadsafe(hear, told)
