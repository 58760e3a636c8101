"""What is taken in: written down first, once, and whatever cannot be understood stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import USER, Held, said, serving, talking, until

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

QUESTION = "Кто капитан судна Aurelia?"


@pytest.mark.parametrize("odd", [{}, {"message_id": "seven"}, {"chat": None, "date": []}])
async def test_an_update_that_cannot_be_understood_stops_nothing(
    odd: dict[str, object], archive: Archive, tmp_path: Path
) -> None:
    """Behind a message that has nothing of a message, a question is answered."""
    async with talking(archive, tmp_path / "state.sqlite3") as tg:
        tg._push("message", odd)
        tg.send_message(QUESTION)
        assert "Ставру" in (await said(tg))[0]["text"]


async def test_what_waited_at_the_end_is_answered_after_the_start(archive: Archive, tmp_path: Path) -> None:
    """Questions accepted by a bot that is stopped are answered by the next one, in order and once."""
    file, held = tmp_path / "state.sqlite3", Held(archive)
    async with FakeBotApi(flood=False) as tg:
        async with serving(tg, archive, file, workroom=held, shutdown_seconds=1) as state:
            tg.send_message(QUESTION)
            tg.send_message("When does the Palanca-2 crossing open?")
            await until(tg, lambda: state.inbox.waiting() == 2)
        async with serving(tg, archive, file):
            first, second = await said(tg, 2)
    assert "Ставру" in first["text"]
    assert "1 September" in second["text"]


async def test_the_same_update_is_taken_once(archive: Archive, tmp_path: Path) -> None:
    """An update that Telegram sends again, because it never heard that it arrived, gets no second answer."""
    async with talking(archive, tmp_path / "state.sqlite3") as tg:
        tg.send_message(QUESTION)
        repeated = dict(tg.updates[-1])
        await said(tg)
        tg.updates.append(repeated)
        tg.send_message("/about", user=USER)
        assert len(await said(tg, 2)) == 2


async def test_strangers_fill_no_queue(archive: Archive, tmp_path: Path) -> None:
    """Whoever may not ask is told so a few times, whatever they send, and keeps nobody waiting."""
    async with talking(archive, tmp_path / "state.sqlite3", allowed_users=(1,), queue=5) as tg:
        for _ in range(60):
            tg.send_message(QUESTION, user=9)
        tg.send_message(QUESTION, user=1)
        assert "Ставру" in (await said(tg, 1, chat=1))[0]["text"]
        assert len(await said(tg, 1, chat=9)) <= 5


async def test_one_chat_does_not_fill_the_queue(archive: Archive, tmp_path: Path) -> None:
    """Beyond so many questions of one chat the others are turned away, with one word about it."""
    held = Held(archive)
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state.sqlite3", workroom=held) as state:
        for _ in range(70):
            tg.send_message(QUESTION)
        await said(tg)
        assert state.inbox.waiting() <= 51
        assert len(await said(tg)) == 1
        held.gate.set()


async def test_accepted_questions_are_answered_though_the_queue_is_full(archive: Archive, tmp_path: Path) -> None:
    """After a restart nobody who had been accepted is turned away."""
    file, held = tmp_path / "state.sqlite3", Held(archive)
    async with FakeBotApi(flood=False) as tg:
        async with serving(tg, archive, file, workroom=held, queue=3, shutdown_seconds=1) as state:
            for user in range(1, 4):
                tg.send_message(QUESTION, user=user)
            await until(tg, lambda: state.inbox.waiting() == 3)
        async with serving(tg, archive, file, queue=1):
            for user in range(1, 4):
                assert "Ставру" in (await said(tg, 1, chat=user))[0]["text"]
