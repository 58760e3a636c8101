"""What to say to what comes in: the way from a command, a question or a pressed button to whoever knows the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.days import wait_text
from bot.telegram import keyboards, texts
from bot.telegram.courtesy import courtesy
from bot.telegram.rich import chunks
from bot.telegram.types import Reply

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

    def language(self, incoming: Incoming) -> AskerLanguage:
        """The language to speak to whoever did this."""
        return self.speech.language(incoming)

    async def reply(self, incoming: Incoming) -> Reply | None:
        """What to say; None for nothing. Among many people it is seen to whom it is said."""
        reply = await self._reply(incoming, self.speech.language(incoming))
        return replace(reply, quoting=not incoming.private) if reply else None

    async def _reply(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        if not self.access.admits(incoming.user):
            return await self._at_the_door(incoming, speaks)
        if incoming.surplus:
            self.metrics.question(speaks, "busy")
            return said("tg_busy", speaks)
        if self.access.administers(incoming) and self.administration.concerns(incoming):
            return await self.administration.reply(incoming, speaks)
        if incoming.kind == "press" and not incoming.words:
            return self._pressed(incoming, speaks)
        if incoming.command and incoming.command != "compare":
            return await self._command(incoming, speaks)
        return await self._question(incoming, speaks)

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
        return self.commands.choose_language(incoming, value) if word == keyboards.SPEAK else None

    async def _command(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        known = self.commands.known(incoming.command)
        if incoming.kind == "edit" and not self.commands.repeatable(incoming.command):
            return None
        if known:
            return await known(incoming, speaks)
        # In a group it may be meant for another bot.
        return said("tg_unknown_command", speaks) if incoming.private else None

    async def _question(self, incoming: Incoming, speaks: AskerLanguage) -> Reply | None:
        if not incoming.words:
            return said("tg_compare_usage" if incoming.command == "compare" else "tg_only_text", speaks)
        if not incoming.command and (met := courtesy(incoming.words, speaks)):
            return await self.commands.return_courtesy(*met)
        if until := self.access.spend(incoming):
            self.metrics.question(speaks, "over_quota")
            shared = not incoming.private and self.access.settings.questions_per_chat
            return said(
                "tg_quota_chat" if shared else "tg_quota_user",
                speaks,
                when=wait_text(until - datetime.now(UTC), speaks),
            )
        return await self.questions.answer(incoming, speaks)


def said(key: str, language: AskerLanguage, **values: object) -> Reply:
    """A message of the catalogue as a reply."""
    return Reply(tuple(chunks(texts.plain(key, language, **values))))
