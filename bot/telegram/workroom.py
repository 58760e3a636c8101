"""Where the engine works: apart from the event loop, so much at once, each piece within its time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from index.compose import Archive

Result = TypeVar("Result")

_PLACES = 4
"""Jobs at once, unless the settings say otherwise: a slow one must not keep quick ones waiting."""
_SPARE = 64
"""Threads for jobs that are overdue: a thread cannot be stopped, but its place is given to others."""


def places(chosen: int) -> int:
    """Jobs of a kind at once; 0 leaves it to us."""
    return chosen or _PLACES


def threads(chosen: int) -> int:
    """Threads for all of them, and for those that are overdue."""
    return 2 * places(chosen) + _SPARE


class Places:
    """Where jobs wait until it is their turn: each kind has places of its own, so that none holds up another."""

    def __init__(self, chosen: int) -> None:
        self.usual, self.telling = (asyncio.Semaphore(places(chosen)) for _ in range(2))
        self.aside = asyncio.Semaphore(1)


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

    def __init__(self, archive: Archive, chosen: int, seconds: float) -> None:
        self._archive, self._places, self._seconds = archive, Places(chosen), seconds
        self._threads = ThreadPoolExecutor(threads(chosen), thread_name_prefix="work")

    @property
    def trouble(self) -> str:
        """Nothing can be wrong with it."""
        return ""

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result of a job, as the protocol says."""
        return await self._worked(self._places.usual, job, seconds or self._seconds)

    async def run_telling(
        self, job: Callable[[Archive, Callable[[Any], None]], Result], hear: Callable[[Any], None], seconds: float
    ) -> Result:
        """The result of a job that tells how far it is, as the protocol says."""
        tell = partial(_heard, asyncio.get_running_loop(), hear)
        return await self._worked(self._places.telling, job, seconds, tell)

    async def run_aside(self, job: Callable[[Archive], Result], seconds: float) -> Result:
        """The result of a job that is in no hurry, as the protocol says."""
        return await self._worked(self._places.aside, job, seconds)

    def close(self) -> None:
        """Take no more jobs; what runs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _worked(
        self, place: asyncio.Semaphore, job: Callable[..., Result], seconds: float, *told: Callable[[Any], None]
    ) -> Result:
        async with place:
            future = self._threads.submit(job, self._archive, *told)
            return await asyncio.wait_for(asyncio.wrap_future(future), seconds)


def _heard(loop: asyncio.AbstractEventLoop, hear: Callable[[Any], None], told: Any) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody hears it any more
        loop.call_soon_threadsafe(hear, told)
