"""Conversations with the bot, end to end: what a short question goes on from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram_bot import ask, press, talking

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

MAYOR = "Кто выиграл выборы мэра Зорянского?"
CAPTAIN = "Кто капитан судна Aurelia?"
VOTES = "А сколько голосов он получил?"


async def test_a_short_question_uses_the_one_before(archive: Archive, tmp_path: Path) -> None:
    """What was understood is shown above the answer, in the question's language."""
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, MAYOR)
        votes = await ask(tg, VOTES)
        await ask(tg, "Скільки людей працює на верфі в Галаці?", user=2)
        elsewhere = await ask(tg, "а в Харкові?", user=2)
    assert votes["text"].startswith("Понимаю вопрос так: ")
    assert "Лысенко" in votes["text"].split("\n")[0]
    assert "52,3%" in votes["text"]
    assert elsewhere["text"].split("\n")[0] == "Розумію запитання так: Скільки людей працює на верфі в Харкові?"


async def test_a_full_question_is_taken_as_it_stands(archive: Archive, tmp_path: Path) -> None:
    """The first question, and a later one that needs nothing from before, are not repeated."""
    async with talking(archive, tmp_path / "state") as tg:
        for question in (MAYOR, CAPTAIN, "Когда откроется пункт пропуска «Паланка-2»?"):
            assert "Понимаю вопрос" not in (await ask(tg, question))["text"]


async def test_a_reply_continues_that_thread(archive: Archive, tmp_path: Path) -> None:
    """A reply to an older answer, or to a passage opened from it, goes on from there and not from the last answer."""
    async with talking(archive, tmp_path / "state") as tg:
        mayor = await ask(tg, MAYOR)
        passage = await press(tg, "[1]")
        for replied in (mayor, passage):
            await ask(tg, CAPTAIN)
            votes = await ask(tg, VOTES, reply_to=replied["message_id"])
            assert "Лысенко" in votes["text"].split("\n")[0]
        assert "Лысенко" not in (await ask(tg, CAPTAIN))["text"]
        assert "Лысенко" not in (await ask(tg, VOTES))["text"].split("\n")[0]


async def test_a_follow_up_edited_keeps_its_thread(archive: Archive, tmp_path: Path) -> None:
    """Edited after other questions, it still goes on from the answer that it followed."""
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, MAYOR)
        votes = await ask(tg, VOTES)
        await ask(tg, CAPTAIN)
        tg.edit_message(1001, votes["message_id"] - 1, "А когда он принесёт присягу?")
        await tg.wait_for("editMessageText", timeout=30)
        (edited,) = [each for each in tg.chat_log(1001) if each["message_id"] == votes["message_id"]]
    assert "Aurelia" not in edited["text"]
    assert "присягу" in edited["text"].split("\n")[0]


async def test_who_said_that(archive: Archive, tmp_path: Path) -> None:
    """A question about the answer itself is asked together with the one before."""
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, "Who won the runoff in Zorianske?")
        told = await ask(tg, "who said that?")
    assert told["text"].startswith("I took the question as: Who won the runoff in Zorianske")
