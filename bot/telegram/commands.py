"""The commands that everybody has, apart from those that ask something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast, get_args

from bot.asking import asker_language, readable
from bot.telegram import keyboards, texts, texts_tour
from bot.telegram.rich import chunks
from bot.telegram.types import Reply
from index.small_talk import message_key
from index.types import AskerLanguage, Query

if TYPE_CHECKING:
    from bot.telegram.access import Access
    from bot.telegram.examples import Examples
    from bot.telegram.incoming import Incoming
    from bot.telegram.rich import Block
    from bot.telegram.state import State
    from bot.telegram.workroom import Workroom
    from index.compose import Archive
    from index.ports import Catalogue
    from index.small_talk import Talk
    from index.types import Article, IndexStatus

Handler = Callable[["Incoming", AskerLanguage], Awaitable[Reply | None]]

_LATEST = 7
"""Articles that /latest names."""
_GREETED = ("hello", "about_me")
"""Small talk that is answered with who speaks here, and with questions to begin with."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Answers commands; used from one event loop. ``writes`` is whether a language model writes answers."""

    catalogue: Catalogue
    workroom: Workroom
    state: State
    access: Access
    examples: Examples
    writes: bool

    def known(self, command: str) -> Handler | None:
        """What answers a command; None where it is unknown."""
        table: dict[str, Handler] = {
            "start": self._start,
            "help": self._help,
            "language": self._language,
            "mode": self._mode,
            "sources": self._sources,
            "latest": self._latest,
            "new": self._new,
            "cancel": self._cancel,
            "about": self._about,
        }
        return table.get(command)

    @staticmethod
    def repeatable(command: str) -> bool:
        """Whether a command that was edited afterwards is carried out again."""
        return command in ("latest", "language", "mode")

    async def welcome(self, speaks: AskerLanguage) -> Reply:
        """The greeting of somebody who has just been admitted."""
        return await self._greeting(texts.plain("tg_admitted", speaks), speaks)

    def choose_language(self, incoming: Incoming, code: str) -> Reply | None:
        """Remember the language that somebody chose, and answer in it."""
        if code not in get_args(AskerLanguage):
            return None
        language = cast("AskerLanguage", code)
        self.state.people.set_language(incoming.user, language)
        return Reply(tuple(chunks(texts.plain("tg_language_set", language))))

    def choose_mode(self, incoming: Incoming, mode: str, speaks: AskerLanguage) -> Reply | None:
        """Remember whether somebody wants answers to be written or quoted; None where it is neither."""
        if not self.writes or mode not in keyboards.MODES:
            return None
        self.state.people.set_quotes(incoming.user, wanted=mode == "quotes")
        return _reply(texts.plain(f"tg_mode_now_{mode}", speaks))

    async def talk(self, said: Talk) -> Reply:
        """What is said to a greeting, to whoever asks what is new, and to other small talk."""
        if said.kind in _GREETED:
            return await self._greeting([], said.language)
        if said.kind == "news":
            return await self._newest_on("", said.language)
        return _reply(texts.plain(message_key(said), said.language))

    async def _start(self, _: Incoming, speaks: AskerLanguage) -> Reply:
        return await self._greeting([], speaks)

    async def _greeting(self, before: list[Block], speaks: AskerLanguage) -> Reply:
        questions = await self.examples.questions(speaks)
        articles = self.catalogue.passage_count() > 0
        *others, last = chunks(
            [*before, *texts_tour.greeting(speaks, examples=bool(questions), articles=articles, writes=self.writes)]
        )
        return Reply((*others, replace(last, buttons=keyboards.examples(questions))))

    async def _help(self, incoming: Incoming, speaks: AskerLanguage) -> Reply:
        return _reply(texts_tour.help_text(speaks, administrator=self.access.administers(incoming), writes=self.writes))

    async def _language(self, incoming: Incoming, speaks: AskerLanguage) -> Reply:
        if chosen := self.choose_language(incoming, incoming.text.lower()):
            return chosen
        *others, last = chunks(texts.plain("tg_choose_language", speaks))
        return Reply((*others, replace(last, buttons=keyboards.languages())))

    async def _mode(self, incoming: Incoming, speaks: AskerLanguage) -> Reply:
        if not self.writes:
            return _reply(texts.plain("tg_mode_none", speaks))
        if chosen := self.choose_mode(incoming, incoming.text.lower(), speaks):
            return chosen
        *others, last = chunks(texts.plain("tg_choose_mode", speaks))
        return Reply((*others, replace(last, buttons=keyboards.modes(speaks))))

    async def _sources(self, _: Incoming, speaks: AskerLanguage) -> Reply:
        return _reply(texts_tour.sources(await self.workroom.run(_status), speaks))

    async def _latest(self, asked: Incoming, speaks: AskerLanguage) -> Reply:
        return await self._newest_on(readable(asked.text), speaks)

    async def _newest_on(self, topic: str, speaks: AskerLanguage) -> Reply:
        found, language = await self.workroom.run(partial(_newest, topic=topic, speaks=speaks))
        return _reply(texts_tour.latest(found, language, topic))

    async def _new(self, incoming: Incoming, speaks: AskerLanguage) -> Reply:
        self.state.answers.forget(incoming.place)
        return _reply(texts.plain("tg_conversation_forgotten", speaks))

    async def _cancel(self, incoming: Incoming, speaks: AskerLanguage) -> Reply:
        return _reply(texts.plain("tg_cancelled" if incoming.data else "tg_nothing_to_cancel", speaks))

    async def _about(self, _: Incoming, speaks: AskerLanguage) -> Reply:
        return _reply(texts_tour.about(speaks, writes=self.writes))


def _status(archive: Archive) -> IndexStatus:
    return archive.engine.catalogue.status()


def _newest(archive: Archive, *, topic: str, speaks: AskerLanguage) -> tuple[list[Article], AskerLanguage]:
    """The newest articles, and the language to name them in: the topic's, unless that may be but a Latin name."""
    spoken = asker_language(topic, speaks) if topic else speaks
    language = speaks if spoken == "en" else spoken
    query = Query(topic, language) if topic else None
    return archive.engine.guide.newest(query, datetime.now().astimezone().date(), _LATEST), language


def _reply(blocks: list[Block]) -> Reply:
    return Reply(tuple(chunks(blocks)))
