"""The bot among many people, end to end: when it speaks, to whom, and what it goes on from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import BOT, GROUP, USER, Held, ask, labels, of_bot, press, said, serving, talking, until

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

MAYOR = "Кто выиграл выборы мэра Зорянского?"
VOTES = "А сколько голосов он получил?"
CAPTAIN = "Кто капитан судна Aurelia?"


def _topic(number: int) -> dict[str, Any]:
    return {"message_thread_id": number, "is_topic_message": True}


def _shown_first(message: dict[str, Any]) -> str:
    return str(message["text"]).split("\n")[0]


async def test_only_what_is_meant_for_the_bot_is_answered(archive: Archive, tmp_path: Path) -> None:
    """Ordinary talk, other bots' commands, unknown ones, pictures, replies to people: passed over in silence."""
    async with FakeBotApi(flood=False, privacy_mode=False) as tg, serving(tg, archive, tmp_path / "state"):
        talk = tg.send_message("Кто капитан?", chat=GROUP)
        tg.send_message("Не знаю", user=2, chat=GROUP, reply_to=talk["message_id"])
        tg.send_message("/help@other_news_bot", chat=GROUP)
        tg.send_message("/roll dice", chat=GROUP)
        tg.send_message(
            "", chat=GROUP, extra={"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
        )
        assert (await ask(tg, f"/about{BOT}", chat=GROUP))["text"].startswith("Citewire")
        assert len(of_bot(tg, GROUP)) == 1
        assert tg.transcript("sendChatAction") == []


async def test_command_mention_and_reply_are_answered(archive: Archive, tmp_path: Path) -> None:
    """Each answer quotes the question it answers; a mention is no part of the question."""
    async with talking(archive, tmp_path / "state") as tg:
        command = await ask(tg, "/compare Скільки коштував новий міст через Сулу?", chat=GROUP)
        mention = await ask(tg, f"{BOT}, {MAYOR}", user=2, chat=GROUP)
        reply = await ask(tg, VOTES, user=3, chat=GROUP, reply_to=mention["message_id"])
    assert [each["reply_to_message"]["from"]["id"] for each in (command, mention, reply)] == [USER, 2, 3]
    assert "52,3%" in mention["text"]
    assert "Понимаю" not in mention["text"]
    assert "Лысенко" in _shown_first(reply)


async def test_passages_are_shown_under_their_answer(archive: Archive, tmp_path: Path) -> None:
    """What a button opens quotes the message that has the button; anybody may press."""
    async with talking(archive, tmp_path / "state") as tg:
        answer = await ask(tg, f"{BOT} {CAPTAIN}", chat=GROUP)
        passage = await press(tg, "[1]", GROUP, user=5)
    assert passage["reply_to_message"]["message_id"] == answer["message_id"]


async def test_contexts_are_kept_apart(archive: Archive, tmp_path: Path) -> None:
    """A conversation in a chat, a topic or in private does not go on in another; what is said there stays there."""
    places: list[dict[str, Any]] = [
        {"chat": GROUP},
        {},
        {"chat": GROUP - 1, "extra": _topic(7)},
        {"chat": GROUP - 1, "extra": _topic(8)},
    ]
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, f"{BOT} {MAYOR}", **places[2])
        for place in places[:2] + places[3:]:
            assert "Понимаю" not in (await ask(tg, f"{BOT} {VOTES}", **place))["text"]
        assert "Лысенко" in _shown_first(await ask(tg, f"{BOT} {VOTES}", **places[2]))
        sent = tg.transcript("sendMessage", GROUP - 1)
    assert [call.params["message_thread_id"] for call in sent] == [7, 8, 7]


async def test_an_edit_may_bring_the_bot_in(archive: Archive, tmp_path: Path) -> None:
    """A message that was not for the bot is answered once it is edited to mention it."""
    async with talking(archive, tmp_path / "state") as tg:
        talk = tg.send_message(CAPTAIN, chat=GROUP)
        tg.edit_message(GROUP, talk["message_id"], f"{BOT} {CAPTAIN}")
        (answer,) = await said(tg, chat=GROUP)
    assert answer["reply_to_message"]["message_id"] == talk["message_id"]
    assert "[1]" in labels(answer)


async def test_a_group_that_moves_takes_its_conversation_along(archive: Archive, tmp_path: Path) -> None:
    """What was asked before is answered in the supergroup, once, and short questions go on there."""
    held = Held(archive)
    async with talking(archive, tmp_path / "state", workroom=held) as tg:
        tg.send_message(f"{BOT} {MAYOR}", chat=GROUP, chat_type="group")
        await tg.wait_for("sendChatAction", chat=GROUP)
        new = tg.migrate(GROUP)
        held.gate.set()
        (mayor,) = await said(tg, chat=new)
        assert "52,3%" in mayor["text"]
        assert "Лысенко" in _shown_first(await ask(tg, f"{BOT} {VOTES}", chat=new))
        assert (len(of_bot(tg, GROUP)), len(of_bot(tg, new))) == (0, 2)


async def test_buttons_from_before_the_move_work(archive: Archive, tmp_path: Path) -> None:
    """A button of the old group's last answers is pressed in the old chat, and answered in the new one."""
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, f"{BOT} {CAPTAIN}", chat=GROUP, chat_type="group")
        new = tg.migrate(GROUP)
        tg.press(GROUP, "[1]")
        await until(tg, lambda: of_bot(tg, new))
        assert of_bot(tg, new)[0]["text"].startswith("[1] «Аурелия»")
