"""Everything that is sent goes through here: in order in each chat, paced, and once.

How far a delivery has come is written down before and after each send, so that what was under way when the process died
is settled afterwards in the same way as a send whose answer was lost: by ``Search``.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from bot.telegram.courier import SIMPLEST
from bot.telegram.logs import REQUEST
from bot.telegram.message_ids import UNKNOWN

if TYPE_CHECKING:
    from bot.telegram.courier import Courier
    from bot.telegram.failures import Failure
    from bot.telegram.message_ids import MessageIds
    from bot.telegram.pacing import Pace
    from bot.telegram.search import Search
    from bot.telegram.state import State
    from bot.telegram.types import Delivery

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_DOUBT_SECONDS = 1.0
"""Given to a message in doubt to arrive, and to other news that narrow down where to look for it."""
_MOST_REFUSALS = 6
_PATIENT_REFUSALS = 2
"""Refusals that may have to do with something else than the message, before it is made simpler."""


class GoneError(Exception):
    """Nothing can be sent to this chat, now or later."""


class RefusedError(Exception):
    """Telegram will not have this message in any form."""


class MovedError(Exception):
    """The group became a supergroup; the state knows its new id."""


@dataclass(slots=True)
class _Trying:
    """How it goes with one chunk: its form, refusals and pauses so far, and since which message id it is in doubt."""

    doubt: int | None
    form: int = 0
    refusals: int = 0
    pause: float = _FIRST_PAUSE


@dataclass(frozen=True, slots=True)
class Outbox:
    """Delivers chunks to chats; used from one event loop."""

    courier: Courier
    search: Search
    pace: Pace
    ids: MessageIds
    state: State
    _locks: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def deliver(self, delivery: Delivery) -> tuple[int, ...]:
        """Send what is left of a delivery; returns the ids of its messages, fewer of them if the chat is gone."""
        while True:
            lock = self._locks.setdefault(delivery.place.chat, asyncio.Lock())
            async with lock:
                try:
                    return await self._deliver(delivery)
                except MovedError:
                    delivery = self.state.deliveries.of(delivery.update) or delivery
                except (GoneError, RefusedError) as error:
                    self._give_up(delivery, forget=isinstance(error, GoneError))
                    return delivery.sent

    async def _deliver(self, delivery: Delivery) -> tuple[int, ...]:
        for surplus in delivery.replaces[len(delivery.chunks) :]:
            await self.search.withdraw(delivery.place.chat, surplus)
        while len(delivery.sent) < len(delivery.chunks):
            delivery = self.state.deliveries.sent(delivery.number, await self._arrive(delivery))
        return delivery.sent

    async def _arrive(self, delivery: Delivery) -> int:
        """Bring the next chunk to its chat; returns its message's id."""
        place, chat = len(delivery.sent), delivery.place.chat
        if place < len(delivery.replaces):
            async with self.pace.turn(chat):
                put = await self.search.put(chat, delivery.replaces[place], delivery.chunks[place])
            if put:
                return delivery.replaces[place]
        return await self._send(delivery)

    async def _send(self, delivery: Delivery) -> int:
        """Send the next chunk until it has arrived; where that is in doubt, look for it before sending it again."""
        chat, chunk = delivery.place.chat, delivery.chunks[len(delivery.sent)]
        trying = _Trying(delivery.floor)
        while True:
            if trying.doubt == UNKNOWN:  # it could not be told from older messages of ours
                raise RefusedError
            if trying.doubt is not None:
                found = await self.search.find(chat, trying.doubt, chunk)
                if found is not None:
                    return found
            reply_to = None if delivery.sent else delivery.reply_to
            async with self.pace.turn(chat):
                floor = self.ids.highest(chat) if trying.doubt is None else trying.doubt
                self.state.deliveries.sending(delivery.number, floor)
                outcome = await self.courier.send(delivery.place, chunk, reply_to, trying.form)
            if isinstance(outcome, int):
                await self._settle(chat, outcome, delivery, trying)
                return outcome
            await self._heed(outcome, delivery, trying, floor)

    async def _settle(self, chat: int, message: int, delivery: Delivery, trying: _Trying) -> None:
        """It arrived; what was in doubt before it may have come after all, late, and is taken back."""
        self.ids.note(chat, message)
        if trying.doubt is None:
            return
        double = await self.search.find(chat, trying.doubt, delivery.chunks[len(delivery.sent)], below=message)
        if double is not None:
            await self.search.withdraw(chat, double)

    async def _heed(self, failure: Failure, delivery: Delivery, trying: _Trying, floor: int) -> None:
        """Do what a failed send calls for, so that it may be tried again.

        Raises GoneError, RefusedError and MovedError where it may not.
        """
        if failure.meaning == "in_doubt":
            trying.doubt = floor
            await asyncio.sleep(_DOUBT_SECONDS)
            return
        if trying.doubt is None:
            self.state.deliveries.unsent(delivery.number)
        chat = delivery.place.chat
        if failure.meaning == "wait":
            self.pace.hold(chat, failure.seconds)
        elif failure.meaning == "moved":
            self.state.people.migrate(chat, failure.chat)
            self.ids.begin(failure.chat)
            raise MovedError
        elif failure.meaning == "gone":
            raise GoneError
        elif failure.meaning == "not_done":
            await asyncio.sleep(trying.pause)
            trying.pause = min(trying.pause * 2, _LONGEST_PAUSE)
        else:
            self._simplify(failure, trying)
            await asyncio.sleep(_FIRST_PAUSE)

    def _simplify(self, failure: Failure, trying: _Trying) -> None:
        """After a refusal, try a simpler form, at once where Telegram names what it does not like; at last, give up."""
        trying.refusals += 1
        if failure.form or trying.refusals > _PATIENT_REFUSALS:
            trying.form = min(max(trying.form + 1, failure.form), SIMPLEST)
        _LOG.warning("message refused", extra={"fields": {"refusals": trying.refusals, "form": trying.form}})
        if trying.refusals >= _MOST_REFUSALS:
            self.state.faults.note(REQUEST.get(), "sendMessage", "refused", datetime.now(UTC))
            raise RefusedError

    def _give_up(self, delivery: Delivery, *, forget: bool) -> None:
        """The delivery is over; whoever cannot be written to any more is forgotten."""
        self.state.deliveries.drop(delivery.number)
        if forget and delivery.place.chat > 0:
            self.state.people.forget(delivery.place.chat)
