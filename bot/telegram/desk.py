"""From something that came in to a reply that arrived: thought of once, sent once, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from bot.telegram import texts
from bot.telegram.logs import REQUEST, new_request
from bot.telegram.rich import chunks
from bot.telegram.types import ANSWER, Reply

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming
    from bot.telegram.metrics import Metrics
    from bot.telegram.outbox import Outbox
    from bot.telegram.presence import Presence
    from bot.telegram.state import State
    from bot.telegram.types import Chunk
    from index.types import AskerLanguage

_LOG = logging.getLogger(__name__)

_PAUSES = (1.0, 5.0, 0.0)
"""Seconds after each attempt that failed unforeseen."""


class Thinker(Protocol):
    """Knows what to say to something."""

    def language(self, incoming: Incoming) -> AskerLanguage:
        """The language to speak to whoever did this."""

    async def reply(self, incoming: Incoming) -> Reply | None:
        """What to say; None for nothing."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Works on one thing at a time in each lane; used from one event loop."""

    thinker: Thinker
    outbox: Outbox
    presence: Presence
    state: State
    metrics: Metrics
    _thinking: dict[int, tuple[Incoming, asyncio.Task[Reply | None]]] = field(default_factory=dict)

    async def work(self, incoming: Incoming) -> None:
        """Reply to it, or go on with the reply that was begun before a restart.

        What fails unforeseen is tried again; after that it stays written down for the next start.
        """
        REQUEST.set(new_request())
        try:
            for pause in _PAUSES:
                try:
                    return await self._see_to(incoming)
                except Exception as error:  # noqa: BLE001 - nothing may be lost by what nobody thought of
                    self._note(incoming, error)
                    await asyncio.sleep(pause)
        finally:
            if incoming.asks:
                self.presence.end(incoming.place)
            self.metrics.waiting(self.presence.waiting())

    def cancel(self, by: Incoming) -> bool:
        """Stop thinking about what the same person asked in the same place; False where there is no such thing."""
        asked, task = self._thinking.get(by.place.chat, (by, None))
        if task is None or (asked.user, asked.place) != (by.user, by.place):
            return False
        return task.cancel()

    async def _see_to(self, incoming: Incoming) -> None:
        under_way = self.state.deliveries.of(incoming.update)
        if under_way is not None:
            await self.outbox.deliver(under_way)
        elif (reply := await self._thought(incoming)) is not None and reply.chunks:
            await self._deliver(incoming, reply)
        else:
            self.state.inbox.finish(incoming.update)

    async def _deliver(self, incoming: Incoming, reply: Reply) -> None:
        """Write the reply down, so that no crash loses it or makes it come twice, and send it."""
        reply_to = incoming.message if reply.quoting else None
        with self.state.transaction():
            number = self.state.answers.keep(reply.answer) if reply.answer else None
            delivery = self.state.deliveries.begin(
                incoming.update, number, incoming.place, reply_to, _numbered(reply.chunks, number), reply.replaces
            )
        sent = await self.outbox.deliver(delivery)
        if reply.about is not None:
            for message in sent:
                self.state.answers.note_message(reply.about, incoming.place.chat, message)

    async def _thought(self, incoming: Incoming) -> Reply | None:
        """The reply, or an apology; None where it was cancelled by whoever asked."""
        task = asyncio.get_running_loop().create_task(self.thinker.reply(incoming))
        if incoming.asks:
            self._thinking[incoming.place.chat] = incoming, task
        try:
            return await task
        except asyncio.CancelledError:
            ours = asyncio.current_task()
            if ours and ours.cancelling():
                raise  # the bot stops; after the restart it is thought of anew
            return None
        except TimeoutError as error:
            self._note(incoming, error)
            return self._apology(incoming, "late")
        except Exception as error:  # noqa: BLE001 - people are told, and the next question is taken
            self._note(incoming, error)
            return self._apology(incoming, "failed")
        finally:
            if incoming.asks:
                self._thinking.pop(incoming.place.chat, None)

    def _note(self, incoming: Incoming, error: Exception) -> None:
        _LOG.error("failed", exc_info=error)
        self.state.faults.note(
            REQUEST.get(), incoming.command or incoming.kind, type(error).__name__, datetime.now(UTC)
        )

    def _apology(self, incoming: Incoming, outcome: Literal["late", "failed"]) -> Reply:
        language = self.thinker.language(incoming)
        self.metrics.question(language, outcome)
        said = texts.plain("tg_late" if outcome == "late" else "tg_apology", language, request=REQUEST.get())
        return Reply(tuple(chunks(said)), quoting=not incoming.private)


def _numbered(chunks: tuple[Chunk, ...], number: int | None) -> tuple[Chunk, ...]:
    """The chunks with the answer's number in what their buttons send back."""
    return tuple(
        replace(
            chunk,
            buttons=tuple(
                tuple(replace(each, data=each.data.replace(ANSWER, str(number))) for each in row)
                for row in chunk.buttons
            ),
        )
        for chunk in chunks
    )
