"""What a failed call to Telegram means: each error as the library makes it of what the emulator answers."""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.connection import connected
from bot.telegram.failures import Failure, read_failure
from bot.telegram.http import AiohttpRequest
from tests.fake_bot_api import FakeBotApi

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
USER = 7


async def failing(tg: FakeBotApi, call: Callable[[Bot], Awaitable[object]]) -> Failure:
    """What it means that this call failed."""
    async with connected(tg.token, tg.base_url) as line:
        bot = line.bot
        with pytest.raises(TelegramError) as caught:
            await call(bot)
    return read_failure(caught.value)


def greeting(chat: int = USER) -> Callable[[Bot], Awaitable[object]]:
    """A message."""
    return lambda bot: bot.send_message(chat, "!")


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        *((429, "wait"), (500, "in_doubt"), (502, "in_doubt"), (403, "refused"), (400, "refused"), (409, "not_done")),
        *((401, "not_done"), (404, "not_done"), ("reset", "in_doubt"), ("timeout", "in_doubt"), ("lost", "in_doubt")),
        ("garbled", "in_doubt"),
    ],
)
async def test_every_fault_of_the_emulator(fault: str | int, meaning: str) -> None:
    """What may have been carried out is in doubt; what was surely not is told apart."""
    async with FakeBotApi() as tg:
        tg.add_chat(USER)
        tg.inject("sendMessage", fault, delay=0.05)
        assert (await failing(tg, greeting())).meaning == meaning


async def test_an_answer_without_an_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than any file that bots may fetch is not read to its end."""
    monkeypatch.setattr("bot.telegram.http._MOST_BYTES", 5)
    async with FakeBotApi() as tg, AiohttpRequest(1, 5, 5) as request:
        tg.add_chat(USER)
        with pytest.raises(NetworkError) as caught:
            await Bot(tg.token, tg.base_url, request=request).send_message(USER, "!")
    assert read_failure(caught.value).meaning == "in_doubt"


async def test_flood_control_tells_how_long_to_wait() -> None:
    """To the second."""
    async with FakeBotApi() as tg:
        tg.add_chat(USER)
        tg.inject("sendMessage", 429, retry_after=209)
        assert await failing(tg, greeting()) == Failure("wait", seconds=209)


def test_the_wait_may_be_a_time_span(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the library tells it in its next form."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert read_failure(RetryAfter(timedelta(seconds=3))) == Failure("wait", seconds=3)


async def test_a_group_that_moved() -> None:
    """The failure knows its new id."""
    async with FakeBotApi() as tg:
        tg.add_chat(-55, "group")
        new = tg.migrate(-55)
        assert await failing(tg, greeting(-55)) == Failure("moved", chat=new)
    assert read_failure(ChatMigrated(new)).meaning == "moved"


async def test_somebody_who_blocked_the_bot_is_gone() -> None:
    """So is a chat that nobody knows, and a person who never wrote."""
    async with FakeBotApi() as tg:
        tg.block(USER)
        tg._user(8)
        found = [await failing(tg, greeting(chat)) for chat in (USER, 8, 9)]
    assert [each.meaning for each in found] == ["gone"] * 3


@pytest.mark.parametrize(
    "words",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: the group chat was deleted",
    ],
)
def test_nobody_can_be_written_to_there(words: str) -> None:
    """Each way in which Telegram says so."""
    assert read_failure(Forbidden(words)).meaning == "gone"


async def test_edits_that_change_nothing_or_find_nothing() -> None:
    """An edit tells whether the message is there: the same text again, somebody else's message, no such message."""
    async with FakeBotApi() as tg:
        theirs = tg.send_message("?", user=USER)["message_id"]
        ours = tg._store_message(tg.chats[USER], tg.me, {"text": "!"})["message_id"]
        found = [
            await failing(tg, lambda bot, number=number: bot.edit_message_text("!", USER, number))  # type: ignore[misc] # a default binds the number
            for number in (ours, theirs, 99)
        ]
    assert [each.meaning for each in found] == ["unchanged", "missing", "missing"]


async def test_a_server_that_is_not_there_has_done_nothing() -> None:
    """A call that never reached it may be made again without doubt."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    async with AiohttpRequest(1, 5, 5) as request:
        with pytest.raises(NetworkError) as caught:
            await Bot("1:A", f"http://127.0.0.1:{port}/bot", request=request).send_message(USER, "!")
    assert read_failure(caught.value).meaning == "not_done"


def test_a_time_out_without_a_cause_is_in_doubt() -> None:
    """Whatever is not known to have failed may have been carried out."""
    assert [read_failure(each).meaning for each in (TimedOut(), NetworkError("?"), TelegramError("?"))] == [
        "in_doubt"
    ] * 3


def test_other_refusals_are_final() -> None:
    """Telegram saw the message and will not have it."""
    assert read_failure(BadRequest("Can't parse entities: unexpected end tag")).meaning == "refused"
