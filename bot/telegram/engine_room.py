"""The workroom as a process of its own: whatever the engine computes, the event loop stays quick.

Python runs one thread at a time, so an engine in threads would keep every acknowledgement waiting. Apart, it may also
crash: it is started again, and what it was working on is begun anew.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import multiprocessing
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from bot.telegram.engine_process import Order, Told, work
from bot.telegram.logs import REQUEST
from bot.telegram.workroom import Places
from index.errors import CitewireError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from bot.telegram.engine_process import Done
    from index.compose import Archive
    from index.config import Config

_LOG = logging.getLogger(__name__)

Result = TypeVar("Result")

_ATTEMPTS = 2
"""Times that a job is begun: one during which the process dies twice is what kills it."""
_MOST_OVERDUE = 16
"""Jobs out of their time, since the process was started, after which it is ended: each keeps a thread."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An order that has no answer yet, and who hears what its job tells."""

    result: asyncio.Future[Any]
    hear: Callable[[Any], None] | None = None


@dataclass(slots=True)
class _Running:
    """A process and the way to it; ``orders`` are the jobs it has not answered yet."""

    process: BaseProcess
    line: Connection
    orders: dict[int, _Open]


class EngineRoom:
    """Runs jobs in a process that opened the index; used from one event loop."""

    def __init__(self, config: Config) -> None:
        settings = config.telegram
        self._config, self._seconds = config, float(settings.answer_seconds)
        self._places = Places(settings.workers)
        self._speaking = asyncio.Lock()
        self._numbers = itertools.count(1)
        self._running: _Running | None = None
        self._starting: asyncio.Task[_Running] | None = None
        self._overdue = 0

    @property
    def trouble(self) -> str:
        """What is wrong, for whoever watches over it; empty while nothing is. Safe from any thread."""
        return "" if self._running else "the engine is being started"

    async def start(self) -> None:
        """Start the process and wait until the index is open. Raises what ``open_archive`` raises, as CitewireError."""
        if self._running is not None:
            return
        if self._starting is None:
            self._starting = asyncio.ensure_future(self._started())
            self._starting.add_done_callback(self._settled)
        # Whoever waits may lose patience: the start goes on for those behind.
        await asyncio.shield(self._starting)

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result of a job, as the workroom's protocol says."""
        async with self._places.usual:
            return await self._insisted(job, seconds or self._seconds)

    async def run_telling(
        self, job: Callable[[Archive, Callable[[Any], None]], Result], hear: Callable[[Any], None], seconds: float
    ) -> Result:
        """The result of a job that tells how far it is, as the workroom's protocol says."""
        async with self._places.telling:
            return await self._insisted(job, seconds, hear)

    async def run_aside(self, job: Callable[[Archive], Result], seconds: float) -> Result:
        """The result of a job that is in no hurry, as the workroom's protocol says."""
        async with self._places.aside:
            return await self._insisted(job, seconds)

    async def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        running, self._running = self._running, None
        if running is not None:
            running.process.kill()
            running.process.join()

    async def _insisted(
        self, job: Callable[..., Result], seconds: float, hear: Callable[[Any], None] | None = None
    ) -> Result:
        """The result; where the process dies meanwhile, the job is begun anew."""
        for _ in range(_ATTEMPTS):
            try:
                return await asyncio.wait_for(self._ordered(job, hear), seconds)
            except EOFError:
                continue
            except TimeoutError:
                self._count_overdue()
                raise
        raise CitewireError("the engine's process died twice on this")

    def _settled(self, started: asyncio.Task[_Running]) -> None:
        self._starting, self._overdue = None, 0
        if not started.cancelled() and not started.exception():
            self._running = started.result()

    def _count_overdue(self) -> None:
        """Jobs that are overdue keep their threads; when there are many, only a new process helps."""
        self._overdue += 1
        if self._overdue >= _MOST_OVERDUE and self._running:
            _LOG.error("many jobs are overdue; the engine is started anew")
            self._running.process.kill()

    async def _ordered(self, job: Callable[..., Result], hear: Callable[[Any], None] | None) -> Result:
        """The result. Raises EOFError where the process dies meanwhile."""
        await self.start()
        running = self._running
        if running is None:
            raise EOFError
        number, future = next(self._numbers), asyncio.get_running_loop().create_future()
        running.orders[number] = _Open(future, hear)
        try:
            async with self._speaking:  # in a thread: a document is large, and the process may be slow to read
                await asyncio.to_thread(running.line.send, Order(number, REQUEST.get(), job, hear is not None))
            result: Result = await future
        except OSError:
            raise EOFError from None
        else:
            return result
        finally:
            running.orders.pop(number, None)

    async def _started(self) -> _Running:
        loop = asyncio.get_running_loop()
        line, theirs = (context := multiprocessing.get_context("spawn")).Pipe()
        process = context.Process(target=work, args=(theirs, self._config), name="engine", daemon=True)
        process.start()
        theirs.close()
        running = _Running(process, line, {})
        opened: asyncio.Future[None] = loop.create_future()
        running.orders[0] = _Open(opened)
        threading.Thread(target=self._listen, args=(running, loop), name="engine line", daemon=True).start()
        try:
            await opened
        except BaseException as error:
            process.kill()
            process.join()
            if isinstance(error, EOFError):
                raise CitewireError("the engine's process ended before the index was open") from None
            raise
        return running

    def _listen(self, running: _Running, loop: asyncio.AbstractEventLoop) -> None:
        """Hand on what the process sends, in a thread, until its line ends."""
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            try:
                while True:
                    words = running.line.recv()
                    loop.call_soon_threadsafe(_hear if isinstance(words, Told) else _settle, running, words)
            except (EOFError, OSError):
                loop.call_soon_threadsafe(self._ended, running)

    def _ended(self, running: _Running) -> None:
        if self._running is running:
            self._running = None
            _LOG.error("the engine's process ended")
            self._starting = asyncio.ensure_future(self._started())
            self._starting.add_done_callback(self._settled)
        for order in running.orders.values():
            if not order.result.done():
                order.result.set_exception(EOFError())


def _hear(running: _Running, told: Told) -> None:
    order = running.orders.get(told.number)
    if order is not None and order.hear is not None:
        order.hear(told.value)


def _settle(running: _Running, done: Done) -> None:
    order = running.orders.get(done.number)
    future = order.result if order else None
    if future is None or future.done():
        return  # nobody waits for it any more
    if done.error is not None:
        future.set_exception(done.error)
    else:
        future.set_result(done.result)
