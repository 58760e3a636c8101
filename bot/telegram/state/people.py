"""Those who use the bot: how they are answered, their admission; and what follows when they leave or a chat moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.telegram.state.rows import stamp

if TYPE_CHECKING:
    from bot.telegram.state.database import Database
    from index.types import AskerLanguage

_FORGET = (
    "DELETE FROM people WHERE user = :user",
    "DELETE FROM conversations WHERE chat = :user",
    "DELETE FROM answers WHERE chat = :user AND rated = 0",
    "UPDATE updates SET lane = NULL, payload = NULL, finished = :now WHERE lane = :user AND finished IS NULL",
    "UPDATE deliveries SET chunks = NULL, floor = NULL, finished = :now WHERE chat = :user AND finished IS NULL",
)
"""The id of a private chat is that of the person. Updates keep their ids, by which repetitions are known."""

_MIGRATE = (
    "UPDATE updates SET lane = :new WHERE lane = :old AND finished IS NULL",
    """UPDATE deliveries SET chat = :new, reply_to = NULL, replaces = '[]', floor = CASE WHEN floor NOTNULL THEN 0 END
       WHERE chat = :old AND finished IS NULL""",
    "UPDATE answers SET chat = :new, question_message = NULL WHERE chat = :old",
    "UPDATE OR IGNORE conversations SET chat = :new WHERE chat = :old",
    "DELETE FROM conversations WHERE chat = :old",
    "UPDATE spends SET chat = :new WHERE chat = :old",
)
"""A supergroup numbers its messages anew, so ids of the old group's messages must not be looked for in the new chat.
Those in ``messages`` stay true: they name the old chat, in which old buttons are still pressed."""


class People:
    """People by their ids."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def language(self, user: int) -> AskerLanguage | None:
        """The language that somebody chose; None where they never did."""
        row = self._database.row("SELECT language FROM people WHERE user = ?", user)
        return cast("AskerLanguage | None", row and row["language"])

    def set_language(self, user: int, language: AskerLanguage) -> None:
        """Remember the language that somebody chose."""
        self._database.run(
            "INSERT INTO people (user, language) VALUES (?, ?) "
            "ON CONFLICT (user) DO UPDATE SET language = excluded.language",
            user,
            language,
        )

    def wants_quotes(self, user: int) -> bool:
        """Whether somebody wants quotes even where a language model could write."""
        return self._database.row("SELECT 1 FROM people WHERE user = ? AND quotes", user) is not None

    def set_quotes(self, user: int, *, wanted: bool) -> None:
        """Remember whether somebody wants quotes."""
        self._database.run(
            "INSERT INTO people (user, quotes) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET quotes = excluded.quotes",
            user,
            int(wanted),
        )

    def admitted(self, user: int) -> bool:
        """Whether somebody gave the invitation code once."""
        return self._database.row("SELECT 1 FROM people WHERE user = ? AND admitted", user) is not None

    def admit(self, user: int) -> None:
        """Somebody gave the invitation code."""
        self._database.run(
            "INSERT INTO people (user, admitted) VALUES (?, 1) ON CONFLICT (user) DO UPDATE SET admitted = 1", user
        )

    def forget(self, user: int) -> None:
        """Somebody blocked the bot: forget them, their private chat, and what was still to be done there.

        Answers that they rated stay, for the ratings' sake.
        """
        with self._database.transaction():
            self._database.run_all(_FORGET, user=user, now=stamp(self._database.now()))

    def migrate(self, old_chat: int, new_chat: int) -> None:
        """A group became a supergroup with another id: what is remembered of it, and what is under way, follows."""
        with self._database.transaction():
            self._database.run_all(_MIGRATE, old=old_chat, new=new_chat)
