"""The whole bot against the emulator of the Bot API, over real HTTP: what end-to-end tests share."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from bot.telegram.examples import _examples
from bot.telegram.questions import find
from bot.telegram.service import Service
from bot.telegram.state import State
from bot.telegram.workroom import Threads
from index.config import Config, TelegramSettings
from index.types import AskerLanguage
from tests.fake_bot_api import FakeBotApi
from tests.telegram_parser import parse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path
    from typing import TypeVar

    from index.compose import Archive
    from tests.fake_bot_api import Call

    Result = TypeVar("Result")

USER = 1001
GROUP = -5001
BOT = "@news_test_bot"
_SECONDS = 30.0
"""Longest wait for anything; a busy machine is slow."""


@asynccontextmanager
async def serving(
    tg: FakeBotApi, archive: Archive, file: Path, *, workroom: Threads | None = None, **settings: Any
) -> AsyncIterator[State]:
    """The bot over an open archive, with its state in a file, polling a server that runs already; yields the state.

    ``settings`` are those of the section [telegram]; ``webhook`` is the address to be called at instead of polling.
    When all went well, Telegram's own parser reads what was sent.
    """
    webhook = settings.pop("webhook", None)
    telegram = TelegramSettings(base_url=tg.base_url, **settings)
    config = Config(store=archive.config.store, llm=archive.config.llm, telegram=telegram)
    state = State.open(file)
    room = workroom or Room(archive, config.telegram.answer_seconds)
    if isinstance(room, Room):
        await room.prepare()
    service = Service(config, tg.token, room, archive.engine.catalogue, state, webhook, probation=0)
    running = asyncio.get_running_loop().create_task(service.run())
    try:
        yield state
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        room.close()
        state.close()
    assert_formatted(tg)


@asynccontextmanager
async def talking(archive: Archive, file: Path, **settings: Any) -> AsyncIterator[FakeBotApi]:
    """A server without flood control, and the bot on it; yields the server."""
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, file, **settings):
        yield tg


class Room(Threads):
    """A workroom that remembers example questions from one bot to the next, which take half a second to find."""

    _remembered: ClassVar[dict[object, Any]] = {}

    def __init__(self, archive: Archive, seconds: float = _SECONDS) -> None:
        super().__init__(archive, 0, seconds)
        self._index = archive.engine.catalogue

    async def prepare(self) -> None:
        """Find the example questions: the first time, on a busy machine, it takes longer than a greeting waits."""
        today = datetime.now().astimezone().date()
        for language in get_args(AskerLanguage):
            await self.run(partial(_examples, language=language, today=today))

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result, found now or before."""
        if not _does(job, _examples):
            return await super().run(job, seconds)
        status = self._index.status()
        known = status.path, status.articles, str(job)
        if known not in self._remembered:
            self._remembered[known] = await super().run(job, seconds)
        found: Result = self._remembered[known]
        return found


class Held(Room):
    """A workroom that keeps every question waiting until ``gate`` opens."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.gate = asyncio.Event()

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result, in the end."""
        if _does(job, find):
            await self.gate.wait()
        return await super().run(job, seconds)


class Broken(Room):
    """A workroom in which every question fails, for a reason that nobody may be shown."""

    def __init__(self, archive: Archive, error: Exception) -> None:
        super().__init__(archive)
        self._error = error

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result of anything but a question."""
        if _does(job, find):
            raise self._error
        return await super().run(job, seconds)


def _does(job: object, function: object) -> bool:
    return getattr(job, "func", job) is function


def assert_formatted(tg: FakeBotApi) -> None:
    """Telegram's own parser takes every formatted text that was sent, and the emulator refused no message."""
    for call in tg.transcript():
        for html in _formatted(call):
            parse(html)
        assert not (call.method == "sendMessage" and call.status == 400 and not call.fault and not _moved(call)), call


async def until(tg: FakeBotApi, holds: Callable[[], object], seconds: float = _SECONDS) -> None:
    """Wait until something holds, looking again after each call of the bot."""
    async with asyncio.timeout(seconds):
        while not holds():
            await tg.wait_for(after=len(tg.calls), timeout=seconds)


async def said(tg: FakeBotApi, count: int = 1, chat: int = USER, seconds: float = _SECONDS) -> list[dict[str, Any]]:
    """The bot's messages that a chat shows, oldest first, once there are so many."""
    await until(tg, lambda: len(of_bot(tg, chat)) >= count, seconds)
    return of_bot(tg, chat)


async def ask(tg: FakeBotApi, text: str, user: int = USER, **message: Any) -> dict[str, Any]:
    """Write something to the bot, and wait for its next message in that chat."""
    chat = message.get("chat") or user
    before = len(of_bot(tg, chat))
    tg.send_message(text, user=user, **message)
    return (await said(tg, before + 1, chat))[-1]


async def press(tg: FakeBotApi, button: str, chat: int = USER, **pressed: Any) -> dict[str, Any]:
    """Press the newest button with this label or data, and wait for the bot's next message in that chat."""
    before = len(of_bot(tg, chat))
    tg.press(chat, button, **pressed)
    return (await said(tg, before + 1, chat))[-1]


async def forge(tg: FakeBotApi, data: str, user: int = USER) -> None:
    """Send back data that no button has, as a client that is not Telegram's may, and wait until it is acknowledged."""
    (message,) = of_bot(tg, user)[-1:]
    label = {"text": "forged", "callback_data": data}
    tg.messages[user][message["message_id"]]["reply_markup"] = {"inline_keyboard": [[label]]}
    query = tg.press(user, data)
    await answered_press(tg, query)


async def answered_press(tg: FakeBotApi, query: str) -> str:
    """What is shown above the chat in answer to a pressed button, once it is; usually nothing."""
    await until(tg, lambda: tg.callbacks[query]["answer"])
    return str(tg.callbacks[query]["answer"]["text"])


async def offered(tg: FakeBotApi, query: str, user: int = USER, **asked: Any) -> list[dict[str, Any]]:
    """What is offered inline for a query."""
    number = tg.inline_query(query, user, **asked)
    await until(tg, lambda: tg.inline[number]["answer"])
    results: list[dict[str, Any]] = tg.inline[number]["answer"]["results"]
    return results


def labels(message: dict[str, Any]) -> list[str]:
    """The labels of a message's buttons, in reading order."""
    return [button["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def links(message: dict[str, Any]) -> list[str]:
    """The targets of a message's links."""
    return [each["url"] for each in message.get("entities", []) if each["type"] == "text_link"]


def of_bot(tg: FakeBotApi, chat: int = USER) -> list[dict[str, Any]]:
    """The bot's messages that a chat shows now, oldest first."""
    return [message for message in tg.chat_log(chat) if message["from"]["is_bot"]]


def methods(tg: FakeBotApi, chat: int = USER) -> list[str]:
    """What was called for a chat, in order."""
    return [call.method for call in tg.transcript(chat=chat)]


def _formatted(call: Call) -> Iterator[str]:
    if call.params.get("parse_mode") == "HTML":
        yield call.params["text"]
    for result in call.params.get("results") or ():
        if result["input_message_content"].get("parse_mode") == "HTML":
            yield result["input_message_content"]["message_text"]


def _moved(call: Call) -> bool:
    return "upgraded to a supergroup" in call.error
