"""Answers as they were given, with the messages that show them and the conversations they belong to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.telegram.state.rows import INSERT_ANSWER, answer_row, read_answer, stamp

if TYPE_CHECKING:
    from bot.telegram.state.database import Database, Value
    from bot.telegram.types import KeptAnswer, Place

KEPT = timedelta(days=90)
"""How long an answer that nobody rated is kept."""


_NOTE = """
    INSERT INTO messages (chat, message, answer, carries) SELECT ?, ?, number, ? FROM answers WHERE number = ?
    ON CONFLICT (chat, message) DO UPDATE SET
        answer = excluded.answer, carries = excluded.carries OR (carries AND answer = excluded.answer)
"""
"""Selects from ``answers``, because the answer may have been forgotten while its message was on the way."""


class Answers:
    """Answers by number, by message, by question, and the newest of each conversation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, answer: KeptAnswer) -> int:
        """Store an answer as the newest of its place's conversation; returns the number that it gets."""
        with self._database.transaction():
            self._prune()
            number = self._database.insert(INSERT_ANSWER, *answer_row(answer))
            self._database.run(
                "INSERT OR REPLACE INTO conversations (chat, topic, answer) VALUES (?, ?, ?)",
                answer.place.chat,
                answer.place.topic or 0,
                number,
            )
        return number

    def get(self, number: int) -> KeptAnswer | None:
        """The answer with this number; None where it is no longer kept."""
        return self._found("SELECT * FROM answers WHERE number = ?", number)

    def of_message(self, chat: int, message_id: int) -> KeptAnswer | None:
        """The answer that a message of the bot shows or belongs to: the one it was last given."""
        query = "SELECT answers.* FROM messages JOIN answers ON number = answer WHERE messages.chat = ? AND message = ?"
        return self._found(query, chat, message_id)

    def of_question(self, chat: int, message_id: int) -> KeptAnswer | None:
        """The newest answer to a message of somebody who asked."""
        query = "SELECT * FROM answers WHERE chat = ? AND question_message = ? ORDER BY number DESC LIMIT 1"
        return self._found(query, chat, message_id)

    def last(self, place: Place) -> KeptAnswer | None:
        """The newest answer of the conversation that is running in this place."""
        query = (
            "SELECT answers.* FROM conversations JOIN answers ON number = answer "
            "WHERE conversations.chat = ? AND conversations.topic = ?"
        )
        return self._found(query, place.chat, place.topic or 0)

    def thread(self, number: int, limit: int) -> list[KeptAnswer]:
        """An answer and those it follows, the oldest first; at most ``limit`` of the newest."""
        found: list[KeptAnswer] = []
        following: int | None = number
        while following is not None and len(found) < limit and (answer := self.get(following)):
            found.append(answer)
            following = answer.parent
        return found[::-1]

    def messages(self, number: int) -> tuple[int, ...]:
        """Ids of the messages in the answer's chat that carry its text, in order."""
        query = """
            SELECT message FROM messages JOIN answers ON number = answer AND answers.chat = messages.chat
            WHERE answer = ? AND carries ORDER BY message
        """
        return tuple(row["message"] for row in self._database.rows(query, number))

    def carried(self, number: int, chat: int, message_id: int) -> None:
        """A message of the bot carries the text of this answer, or a part of it."""
        self._note(number, chat, message_id, carries=True)

    def note_message(self, number: int, chat: int, message_id: int) -> None:
        """A message of the bot belongs to this answer without carrying it, such as a passage that it cites."""
        self._note(number, chat, message_id, carries=False)

    def forget(self, place: Place) -> None:
        """End the conversation of a place; its answers stay, for their buttons and ratings."""
        self._database.run("DELETE FROM conversations WHERE chat = ? AND topic = ?", place.chat, place.topic or 0)

    def _found(self, query: str, *values: Value) -> KeptAnswer | None:
        row = self._database.row(query, *values)
        return read_answer(row) if row else None

    def _note(self, number: int, chat: int, message_id: int, *, carries: bool) -> None:
        self._database.run(
            _NOTE,
            chat,
            message_id,
            carries,
            number,
        )

    def _prune(self) -> None:
        """Forget two old answers for each new one."""
        self._database.run(
            "DELETE FROM answers WHERE number IN "
            "(SELECT number FROM answers WHERE rated = 0 AND asked < ? ORDER BY asked LIMIT 2)",
            stamp(self._database.now() - KEPT),
        )
