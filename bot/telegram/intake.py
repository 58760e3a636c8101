"""Updates from Telegram, written down before Telegram forgets them, acknowledged at once, and put in their lane."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.telegram.incoming import read
from bot.telegram.notices import Notices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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

_MOST_ASKED_IN_A_CHAT = 50
"""Questions of one chat that may wait: nobody fills the queue alone."""
_MOST_IN_A_CHAT = 100
"""Anything that may wait in one chat; what comes beyond it is a flood."""


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
    admits: Callable[[int], bool]
    notices: Notices = field(default_factory=lambda: Notices(each_seconds=60.0, burst=1))
    strangers: Notices = field(default_factory=lambda: Notices(each_seconds=20.0, burst=5))

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
        if not self.admits(incoming.user):
            incoming = replace(incoming, stranger=True)
        self.metrics.update(incoming.kind)
        if incoming.kind == "inline":
            self.background.start(self.inline.answer(incoming))
        elif self.ratings.takes(incoming):
            self.background.start(self.ratings.rate(incoming))
        elif self.state.inbox.accept(update, incoming.place.chat, json.dumps(raw)):
            self._admit(incoming)

    def _admit(self, incoming: Incoming) -> None:
        """Put it in its lane, unless more waits already than can be answered soon: that is said, once in a while."""
        chat = incoming.place.chat
        if incoming.stranger and not (incoming.private and self.strangers.may(chat)):
            self.state.inbox.finish(incoming.update)
        elif incoming.asks and self._is_full(chat):
            self.state.inbox.finish(incoming.update)
            if self.notices.may(chat):
                self.lanes.put((chat, "aside"), replace(incoming, surplus=True))
        elif self.lanes.waiting(chat) + self.lanes.waiting((chat, "aside")) >= _MOST_IN_A_CHAT:
            self.state.inbox.finish(incoming.update)
        else:
            self._enqueue(incoming)

    def _is_full(self, chat: int) -> bool:
        return self.presence.waiting() >= self.most_waiting or self.presence.waiting(chat) >= _MOST_ASKED_IN_A_CHAT

    def resume(self) -> int:
        """Take up what was accepted before a restart and has no reply yet; returns how much that is."""
        for chat, message in self.state.deliveries.newest_messages():
            self.ids.note(chat, message)
        unfinished = self.state.inbox.unfinished()
        for number, payload in unfinished:
            try:
                _, incoming = self._read(json.loads(payload))
            except Exception:  # noqa: BLE001 - written down by another version, it must not stop every start
                _LOG.exception("accepted update not understood")
                incoming = None
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
        if incoming.kind == "press":
            self.background.start(self.courier.answer_press(incoming.query))
        if incoming.asks:
            self.presence.begin(incoming.place)
        aside = not incoming.asks and (incoming.kind == "press" or incoming.command == "cancel")
        self.lanes.put((chat, "aside") if aside else chat, incoming)
        self.metrics.waiting(self.presence.waiting())

    def _cancel(self, by: Incoming) -> bool:
        """Drop what the same person asked in the same place and has no answer to yet; whether there was anything."""
        dropped = self._drop(by.place.chat, lambda each: each.asks and (each.user, each.place) == (by.user, by.place))
        return self.desk.cancel(by) or dropped

    def _drop(self, chat: int, unwanted: Callable[[Incoming], bool]) -> bool:
        """Take out of a chat's lane what waits there and is not wanted any more; whether there was anything."""
        dropped = self.lanes.take_out(chat, unwanted)
        for each in dropped:
            if each.asks:
                self.presence.end(each.place)
            if delivery := self.state.deliveries.of(each.update):
                self.state.deliveries.drop(delivery.number)
            self.state.inbox.finish(each.update)
        return bool(dropped)

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
            self._drop(changed.chat.id, lambda _: True)
            self.state.people.forget(changed.chat.id)
