"""Many people at once, and everything that may go wrong on the way: each question is answered once, in order."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import said, serving

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

QUESTIONS = (
    ("Кто капитан судна Aurelia?", "Ставру"),
    ("When does the Palanca-2 crossing open?", "1 September"),
    ("Хто переміг на виборах мера Зорянського?", "Зорян"),
)
FAULTS: tuple[str | int, ...] = ("reset", "garbled", "lost", "slow", 429, 502, 500, 400, 403, 401, 409, 404)


def _asked(users: int, each: int, seed: int) -> dict[int, list[int]]:
    """For each user the numbers of the questions they ask."""
    rolled = random.Random(seed)  # noqa: S311 - a test that can be repeated
    return {user: [rolled.randrange(len(QUESTIONS)) for _ in range(each)] for user in range(1, users + 1)}


def _write(tg: FakeBotApi, asked: dict[int, list[int]]) -> None:
    """Everybody asks everything at once."""
    for place in range(len(asked[1])):
        for user, numbers in asked.items():
            tg.send_message(QUESTIONS[numbers[place]][0], user=user)


async def _answered(tg: FakeBotApi, asked: dict[int, list[int]]) -> dict[int, list[int]]:
    """For each user the numbers of the questions that the bot's messages answer, once there are so many messages."""
    logs = await asyncio.gather(*(said(tg, len(numbers), user, seconds=120) for user, numbers in asked.items()))
    return {
        user: [next(n for n, (_, words) in enumerate(QUESTIONS) if words in each["text"]) for each in log]
        for user, log in zip(asked, logs, strict=True)
    }


async def test_a_crowd_is_answered_in_order_and_no_message_is_refused(archive: Archive, tmp_path: Path) -> None:
    """Twelve people ask four questions each at once: all are answered, in order, within Telegram's limits."""
    asked = _asked(users=12, each=4, seed=1)
    async with FakeBotApi() as tg, serving(tg, archive, tmp_path / "state.sqlite3"):
        _write(tg, asked)
        assert await _answered(tg, asked) == asked
        assert [call.error for call in tg.transcript() if call.status != 200] == []


async def test_with_faults_all_over_each_question_is_answered_once(archive: Archive, tmp_path: Path) -> None:
    """Whatever fault meets whichever call, nothing is lost and nothing comes twice."""
    asked, rolled = _asked(users=5, each=4, seed=2), random.Random(3)  # noqa: S311 - a test that can be repeated
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state.sqlite3"):
        await tg.wait_for("setMyDescription", 4, timeout=30)
        for fault in rolled.sample(FAULTS, len(FAULTS)):
            tg.inject(rolled.choice(["sendMessage", "editMessageText", "getUpdates", "*"]), fault, delay=0.1)
        _write(tg, asked)
        await _answered(tg, asked)
        tg.clear_faults()
        assert await _answered(tg, asked) == asked
