"""How far each answer has come on its way to a chat, so that after a crash it is neither lost nor sent twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.telegram.state.inbox import REMEMBERED
from bot.telegram.state.rows import chunks_text, packed, read_delivery, stamp
from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.telegram.state.answers import Answers
    from bot.telegram.state.database import Database
    from bot.telegram.state.inbox import Inbox
    from bot.telegram.types import Chunk, Delivery, Place


_INSERT = """
    INSERT OR IGNORE INTO deliveries (update_number, answer, chat, topic, reply_to, chunks, sent, replaces)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


class Deliveries:
    """One delivery at most for each update. Once over, its chunks are blank and as many as its messages."""

    def __init__(self, database: Database, inbox: Inbox, answers: Answers) -> None:
        self._database = database
        self._inbox = inbox
        self._answers = answers

    def begin(  # noqa: PLR0913, PLR0917 - the parts of a delivery
        self,
        update: int,
        answer: int | None,
        place: Place,
        reply_to: int | None,
        chunks: Sequence[Chunk],
        replaces: Sequence[int] = (),
    ) -> Delivery:
        """Write down what is to be sent for an update; the delivery that it has already is returned unchanged."""
        with self._database.transaction():
            self._database.run(
                _INSERT,
                update,
                answer,
                place.chat,
                place.topic or 0,
                reply_to,
                chunks_text(chunks),
                packed([]),
                packed(list(replaces)),
            )
            self._prune()
            delivery = self.of(update)
            assert delivery
            if not delivery.chunks:
                self._close(delivery)
        return delivery

    def of(self, update: int) -> Delivery | None:
        """The delivery of an update."""
        row = self._database.row("SELECT * FROM deliveries WHERE update_number = ?", update)
        return read_delivery(row) if row else None

    def sending(self, number: int, floor: int) -> None:
        """The next chunk is about to be sent; ``floor`` is the highest message id known, its own will be greater."""
        self._database.run("UPDATE deliveries SET floor = ? WHERE number = ? AND finished IS NULL", floor, number)

    def unsent(self, number: int) -> None:
        """The chunk that was being sent is known not to have arrived."""
        self._database.run("UPDATE deliveries SET floor = NULL WHERE number = ?", number)

    def sent(self, number: int, message_id: int) -> Delivery:
        """A chunk arrived as this message, which from now on shows the delivery's answer; after the last all is over.

        The delivery that is returned still has its chunks; those stored are erased after the last. Telling of the same
        message twice counts once.
        """
        with self._database.transaction():
            delivery = self._get(number)
            arrived = delivery.sent if message_id in delivery.sent else (*delivery.sent, message_id)
            delivery = replace(delivery, sent=arrived, floor=None)
            self._database.run("UPDATE deliveries SET sent = ?, floor = NULL WHERE number = ?", packed(arrived), number)
            if delivery.answer is not None:
                self._answers.carried(delivery.answer, delivery.place.chat, message_id)
            if len(arrived) >= len(delivery.chunks):
                self._close(delivery)
        return delivery

    def drop(self, number: int) -> None:
        """Give the rest of a delivery up, because nobody can be written to there; its update is finished."""
        with self._database.transaction():
            self._close(self._get(number))

    def newest_messages(self) -> list[tuple[int, int]]:
        """For each chat, the greatest id known of a message of the bot: every reply of the last days, older answers."""
        query = """
            SELECT chat, max(message) AS message FROM (
                SELECT chat, value AS message FROM deliveries, json_each(sent)
                UNION ALL SELECT chat, message FROM messages
            ) GROUP BY chat
        """
        return [(row["chat"], row["message"]) for row in self._database.rows(query)]

    def _get(self, number: int) -> Delivery:
        row = self._database.row("SELECT * FROM deliveries WHERE number = ?", number)
        if row is None:
            raise StoreError(f"the bot's state has no delivery {number}; it was over {REMEMBERED.days} days ago")
        return read_delivery(row)

    def _close(self, delivery: Delivery) -> None:
        self._database.run(
            "UPDATE deliveries SET chunks = NULL, floor = NULL, finished = ? WHERE number = ? AND finished IS NULL",
            stamp(self._database.now()),
            delivery.number,
        )
        self._inbox.finish(delivery.update)

    def _prune(self) -> None:
        """Forget two old deliveries for each new one."""
        self._database.run(
            "DELETE FROM deliveries WHERE number IN "
            "(SELECT number FROM deliveries WHERE finished < ? ORDER BY finished LIMIT 2)",
            stamp(self._database.now() - REMEMBERED),
        )
