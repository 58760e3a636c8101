"""Updates from Telegram, written down before Telegram forgets them, acknowledged at once, and put in their lane."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.telegram.incoming import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot, ChatMemberUpdated, Update

    from bot.telegram.background import Background
    from bot.telegram.courier import Courier
    from bot.telegram.desk import Desk
    from bot.telegram.incoming import Incoming
    from bot.telegram.inline import Inline
    from bot.telegram.lanes import Lanes
    from bot.telegram.message_ids import MessageIds
    from bot.telegram.metrics import Metrics
    from bot.telegram.presence import Presence
    from bot.telegram.ratings import Ratings
    from bot.telegram.state import State

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes updates in; used from one event loop."""

    bot: Bot
    courier: Courier
    desk: Desk
    lanes: Lanes[Incoming]
    inline: Inline
    ratings: Ratings
    presence: Presence
    background: Background
    ids: MessageIds
    state: State
    metrics: Metrics
    most_waiting: int

    def take(self, raw: Mapping[str, Any]) -> None:
        """Accept an update. When this returns, no crash can lose it; what cannot be understood is left out.

        Raises:
            StoreError: It could not be written down; Telegram shall send it again.
        """
        try:
            update, incoming = self._read(raw)
        except Exception:  # noqa: BLE001 - one odd update must not hold up those behind it
            _LOG.exception("update not understood")
            return
        if incoming is None or not incoming.addressed:
            return
        self.metrics.update(incoming.kind)
        if incoming.kind == "inline":
            self.background.start(self.inline.answer(incoming))
        elif self.ratings.takes(incoming):
            self.background.start(self.ratings.rate(incoming))
        elif self.state.inbox.accept(update, incoming.place.chat, json.dumps(raw)):
            self._enqueue(incoming)
            self.metrics.waiting(self.state.inbox.waiting())

    def resume(self) -> int:
        """Take up what was accepted before a restart and has no reply yet; returns how much that is."""
        for chat, message in self.state.deliveries.newest_messages():
            self.ids.note(chat, message)
        unfinished = self.state.inbox.unfinished()
        for number, payload in unfinished:
            _, incoming = self._read(json.loads(payload))
            if incoming is None:
                self.state.inbox.finish(number)
            else:
                self._enqueue(incoming)
        return len(unfinished)

    def _read(self, raw: Mapping[str, Any]) -> tuple[int, Incoming | None]:
        """The update's id and what it tells that somebody did; what else it tells is noted."""
        from telegram import Update

        update = Update.de_json(dict(raw), self.bot)
        self._note(update)
        return update.update_id, read(update, self.bot.bot)

    def _enqueue(self, incoming: Incoming) -> None:
        """Acknowledge it and put it in its lane: a chat has one for what is written, one for what need not wait."""
        chat = incoming.place.chat
        if incoming.command == "cancel":
            incoming = replace(incoming, data="cancelled" if self._cancel(incoming) else "")
        elif incoming.asks and self.state.inbox.waiting() > self.most_waiting:
            incoming = replace(incoming, surplus=True)
        if incoming.kind == "press":
            self.background.start(self.courier.answer_press(incoming.query))
        if incoming.asks:
            self.presence.begin(incoming.place)
        aside = not incoming.asks and (incoming.kind == "press" or incoming.command == "cancel" or incoming.surplus)
        self.lanes.put((chat, "aside") if aside else chat, incoming)

    def _cancel(self, by: Incoming) -> bool:
        """Drop what the same person asked in the same place and has no answer to yet; whether there was anything."""
        waiting = self.lanes.take_out(
            by.place.chat, lambda each: each.asks and (each.user, each.place) == (by.user, by.place)
        )
        for each in waiting:
            self.presence.end(each.place)
            self.state.inbox.finish(each.update)
        return self.desk.cancel(by) or bool(waiting)

    def _note(self, update: Update) -> None:
        """What an update tells beside what somebody did: ids of messages, chats that moved, bots that were blocked."""
        message = update.message or update.edited_message
        if message is not None:
            self.ids.note(message.chat.id, message.message_id)
            if message.migrate_to_chat_id:
                self.state.people.migrate(message.chat.id, message.migrate_to_chat_id)
                self.ids.begin(message.migrate_to_chat_id)
        if update.my_chat_member:
            self._note_membership(update.my_chat_member)

    def _note_membership(self, changed: ChatMemberUpdated) -> None:
        if changed.chat.type == "private" and changed.new_chat_member.status in ("kicked", "left"):
            self.state.people.forget(changed.chat.id)
