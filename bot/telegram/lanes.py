"""Work in lanes: one thing after another in each, all lanes at once."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

_LOG = logging.getLogger(__name__)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Lanes(Generic[Item]):
    """Hands items to ``work``, in order within a lane; used from one event loop.

    An error that ``work`` lets out is logged and stops nothing.
    """

    work: Callable[[Item], Awaitable[None]]
    _queues: dict[Hashable, deque[Item]] = field(default_factory=dict)
    _tasks: dict[Hashable, asyncio.Task[None]] = field(default_factory=dict)

    def put(self, lane: Hashable, item: Item) -> None:
        """Add an item at the end of a lane."""
        if lane in self._queues:
            self._queues[lane].append(item)
            return
        self._queues[lane] = deque([item])
        self._tasks[lane] = asyncio.get_running_loop().create_task(self._run(lane))

    def take_out(self, lane: Hashable, unwanted: Callable[[Item], bool]) -> list[Item]:
        """Remove items that wait in a lane, not the one that is worked on; returns them."""
        waiting = self._queues.get(lane, deque())
        taken = [item for item in waiting if unwanted(item)]
        for item in taken:
            waiting.remove(item)
        return taken

    def waiting(self, lane: Hashable) -> int:
        """How many items wait in a lane behind the one that is worked on."""
        return len(self._queues.get(lane, ()))

    async def finish(self, seconds: float) -> None:
        """Let what is being worked on end within so many seconds, then stop it; what waits is left."""
        for queue in self._queues.values():
            queue.clear()
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, lane: Hashable) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                try:
                    await self.work(queue.popleft())
                except Exception:  # noqa: BLE001 - one item must not stop those behind it
                    _LOG.exception("work failed")
        finally:
            del self._queues[lane], self._tasks[lane]
