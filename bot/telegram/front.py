"""What to say to what comes in: the way from a command, a question or a pressed button to whoever knows the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.days import wait_text
from bot.telegram import keyboards, texts
from bot.telegram.albums import Albums
from bot.telegram.rich import chunks
from bot.telegram.types import Reply
from index.small_talk import small_talk

if TYPE_CHECKING:
    from bot.telegram.access import Access
    from bot.telegram.administration import Administration
    from bot.telegram.commands import Commands
    from bot.telegram.incoming import Incoming
    from bot.telegram.metrics import Metrics
    from bot.telegram.passages import Passages
    from bot.telegram.questions import Questions
    from bot.telegram.speech import Speech
    from index.types import AskerLanguage

FROM_INLINE = "inline"
"""What /start brings along from the button above inline results."""


@dataclass(frozen=True, slots=True)
class Front:
    """Sends each thing that comes in to where it is answered; used from one event loop."""

    access: Access
    speech: Speech
    questions: Questions
    commands: Commands
    passages: Passages
    administration: Administration
    metrics: Metrics
    albums: Albums = field(default_factory=Albums)

    def language(self, incoming: Incoming) -> AskerLanguage:
        """The language to speak to whoever did this."""
        return self.speech.language(incoming)

    async def reply(self, incoming: Incoming) -> Reply | None:
        """What to say; None for nothing. Among many people it is seen to whom it is said."""
        reply = await self._reply(incoming, self.speech.language(incoming))
        return replace(reply, quoting=not incoming.private) if reply else None

    async def _reply(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        if self._goes_on(incoming):
            return None
        if not self.access.admits(incoming.user):
            return await self._at_the_door(incoming, speaks)
        if incoming.kind == "edit" and not self._asks_anew(incoming, speaks):
            return None
        return await self._admitted(incoming, speaks)

    async def _admitted(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        if incoming.surplus:
            self.metrics.question(speaks, "busy")
            return said("tg_busy", speaks)
        if self._is_administrative(incoming):
            return await self.administration.reply(incoming, speaks)
        if incoming.kind == "press" and not incoming.words:
            return self._pressed(incoming, speaks)
        if incoming.command and incoming.command != "compare":
            return await self._command(incoming, speaks)
        return await self._question(incoming, speaks)

    def _is_administrative(self, incoming: Incoming) -> bool:
        return self.access.administers(incoming) and self.administration.concerns(incoming)

    def _goes_on(self, incoming: Incoming) -> bool:
        """Whether it is a further picture of an album, with nothing said about it; the first one has its reply."""
        return self.albums.goes_on(incoming) and not incoming.text and not self._is_administrative(incoming)

    def _asks_anew(self, edited: Incoming, speaks: AskerLanguage) -> bool:
        """Whether an edited message is a question now, and one that has no answer yet."""
        if edited.command and edited.command != "compare":
            return self.commands.repeatable(edited.command)
        chatting = not edited.command and small_talk(edited.words, speaks) is not None
        return bool(edited.words) and not chatting and not self.questions.answered(edited)

    async def _at_the_door(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        """Strangers may give the invitation code; in groups they are not spoken to."""
        if not incoming.private:
            return None
        if self.access.invites(incoming):
            return await self.commands.welcome(speaks)
        self.metrics.question(speaks, "not_admitted")
        if not self.access.settings.invitation_code:
            return said("tg_not_admitted", speaks, user=incoming.user)
        tried = incoming.command == "start" and incoming.text not in ("", FROM_INLINE)
        return said("tg_code_wrong" if tried else "tg_code_wanted", speaks)

    def _pressed(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        word, _, value = incoming.data.partition(":")
        if word == keyboards.CITE:
            return self.passages.cited(incoming, speaks)
        if word == keyboards.MORE:
            return self.passages.further(incoming, speaks)
        if word == keyboards.MODE:
            return self.commands.choose_mode(incoming, value, speaks)
        return self.commands.choose_language(incoming, value) if word == keyboards.SPEAK else None

    async def _command(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        searches = incoming.command == "latest" and incoming.text
        if searches and (refusal := self._over_quota(incoming, speaks)):
            return refusal
        if known := self.commands.known(incoming.command):
            return await known(incoming, speaks)
        # In a group it may be meant for another bot.
        return said("tg_unknown_command", speaks) if incoming.private else None

    async def _question(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        if not incoming.words:
            return said("tg_compare_usage" if incoming.command == "compare" else "tg_only_text", speaks)
        if not incoming.command and (talk := small_talk(incoming.words, speaks)):
            return await self.commands.talk(talk)
        return self._over_quota(incoming, speaks) or await self.questions.answer(incoming, speaks)

    def _over_quota(self, asked: Incoming, speaks: AskerLanguage) -> Reply | None:
        """What is said where a quota is used up; None where the question is allowed, which counts it."""
        used_up = self.access.spend(asked)
        if used_up is None:
            return None
        self.metrics.question(speaks, "over_quota")
        shared = used_up.whose == "chat" and not asked.private
        wait = wait_text(used_up.until - datetime.now(UTC), speaks)
        return said("tg_quota_chat" if shared else "tg_quota_user", speaks, when=wait)


def said(key: str, language: AskerLanguage, **values: object) -> Reply:
    """A message of the catalogue as a reply."""
    return Reply(tuple(chunks(texts.plain(key, language, **values))))
