"""Messages that are edited afterwards, end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.telegram_bot import USER, ask, labels, methods, of_bot, press, said, talking

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

CAPTAIN = "Кто капитан судна Aurelia?"
BRIDGE = "Скільки коштував новий міст через Сулу?"
COMPARE = f"/compare {BRIDGE}"


async def test_an_edited_question_is_answered_in_place(archive: Archive, tmp_path: Path) -> None:
    """The new answer takes the place of the old one, text and buttons; no message is added."""
    async with talking(archive, tmp_path / "state") as tg:
        old = await ask(tg, CAPTAIN)
        tg.edit_message(USER, old["message_id"] - 1, COMPARE)
        await tg.wait_for("editMessageText", timeout=30)
        (longer,) = of_bot(tg)
        tg.edit_message(USER, old["message_id"] - 1, BRIDGE)
        await tg.wait_for("editMessageText", 2, timeout=30)
        (shorter,) = of_bot(tg)
    assert old["message_id"] == longer["message_id"] == shorter["message_id"]
    assert longer["text"].startswith("Про це кажуть кілька")
    assert len(labels(longer)) > len(labels(shorter)) == 6


async def test_an_edit_that_changes_no_word_is_ignored(archive: Archive, tmp_path: Path) -> None:
    """Telegram also tells of edits that only add a link's picture; they cost no question and change no answer."""
    async with talking(archive, tmp_path / "state", questions_per_user=2) as tg:
        answer = await ask(tg, CAPTAIN)
        tg.edit_message(USER, answer["message_id"] - 1, f" {CAPTAIN}")
        assert "412" in (await ask(tg, BRIDGE))["text"]
    assert len(of_bot(tg)) == 2
    assert "editMessageText" not in methods(tg)


@pytest.mark.parametrize("edited", ["Привіт!", "/about", "/compare", "/add https://visnyk.example/mist"])
async def test_an_edit_that_asks_nothing_is_passed_over(archive: Archive, tmp_path: Path, edited: str) -> None:
    """A greeting or a command is not carried out for being edited, not even an administrator's; a question is."""
    async with talking(archive, tmp_path / "state", administrators=(USER,)) as tg:
        greeting = tg.send_message("Вітаю", language_code="uk")["message_id"]
        await said(tg)
        for text in (edited, BRIDGE):
            tg.edit_message(USER, greeting, text)
        _, answer = await said(tg, 2)
    assert "412" in answer["text"]


async def test_an_edit_may_ask_for_a_comparison(archive: Archive, tmp_path: Path) -> None:
    """The same words after another command are another question."""
    async with talking(archive, tmp_path / "state") as tg:
        answer = await ask(tg, BRIDGE)
        tg.edit_message(USER, answer["message_id"] - 1, COMPARE)
        await tg.wait_for("editMessageText", timeout=30)
        assert of_bot(tg)[0]["text"].startswith("Про це кажуть кілька")


async def test_an_edited_question_keeps_passages_that_were_opened(archive: Archive, tmp_path: Path) -> None:
    """Only the answer changes; the passage opened from it stays as it is, and later messages, too."""
    async with talking(archive, tmp_path / "state") as tg:
        old = await ask(tg, CAPTAIN)
        passage, later = await press(tg, "[1]"), await ask(tg, "/about")
        tg.edit_message(USER, old["message_id"] - 1, BRIDGE)
        await ask(tg, "/help")
        assert of_bot(tg)[1:3] == [passage, later]
        assert "412" in of_bot(tg)[0]["text"]
