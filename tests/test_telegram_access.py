"""Who may ask and how much, end to end."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.telegram.access import Access
from bot.telegram.incoming import Incoming
from bot.telegram.state import State
from bot.telegram.types import Place
from index.config import TelegramSettings
from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import (
    BOT,
    GROUP,
    USER,
    Broken,
    Held,
    answered_press,
    ask,
    labels,
    of_bot,
    press,
    said,
    serving,
    talking,
)

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

QUESTION = "Сколько стоил мост через Сулу?"
CODE = "липа-412"


async def test_a_list_keeps_strangers_out(archive: Archive, tmp_path: Path) -> None:
    """Those on it and administrators may ask; others learn the ID by which the owner can let them in."""
    async with talking(archive, tmp_path / "state", allowed_users=(2,), administrators=(3,)) as tg:
        for user in (2, 3):
            assert "412" in (await ask(tg, QUESTION, user=user))["text"]
        for text in (QUESTION, "/start", "/help", "/stats", "/start 412"):
            refusal = await ask(tg, text, language_code="ru")
            assert refusal["text"].startswith("Этот бот отвечает только тем, кого впустил его владелец.")
            assert str(USER) in refusal["text"]


async def test_strangers_in_groups_are_not_spoken_to(archive: Archive, tmp_path: Path) -> None:
    """In a group only those admitted are answered, and only they may press the buttons; no code is taken there."""
    async with talking(archive, tmp_path / "state", allowed_users=(2,), invitation_code=CODE) as tg:
        tg.send_message(f"{BOT} {QUESTION}", chat=GROUP)
        tg.send_message(f"/start{BOT} {CODE}", chat=GROUP)
        tg.send_message(f"{BOT} {QUESTION}", chat=GROUP)
        answer = await ask(tg, f"{BOT} {QUESTION}", user=2, chat=GROUP)
        tg.press(GROUP, "[1]", user=USER)
        await press(tg, "[2]", GROUP, user=2)
        shown = of_bot(tg, GROUP)
    assert answer["reply_to_message"]["from"]["id"] == 2
    assert [each["text"][:3] for each in shown[1:]] == ["[2]"]


async def test_an_invitation_code_lets_in(archive: Archive, tmp_path: Path) -> None:
    """After /start, as in a link, or alone; those let in are greeted, may ask, and still may after a restart."""
    async with FakeBotApi(flood=False) as tg:
        async with serving(tg, archive, tmp_path / "state", invitation_code=CODE):
            assert "код приглашения" in (await ask(tg, QUESTION, language_code="ru"))["text"]
            welcome = await ask(tg, f"/start {CODE}")
            assert welcome["text"].startswith("Добро пожаловать! Теперь можно спрашивать.\n\nЗдравствуйте!")
            assert len(labels(welcome)) == 3
            assert (await ask(tg, CODE, user=2, language_code="uk"))["text"].startswith("Ласкаво просимо!")
        async with serving(tg, archive, tmp_path / "state", invitation_code=CODE):
            for user in (USER, 2):
                assert "412" in (await ask(tg, QUESTION, user=user))["text"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start липа-413", "This code doesn't work."),
        ("/start", "This bot is for invited people only."),
        ("/start inline", "This bot is for invited people only."),
        ("липа", "This bot is for invited people only."),
        ("/help", "This bot is for invited people only."),
    ],
)
async def test_a_wrong_code_lets_nobody_in(archive: Archive, tmp_path: Path, text: str, said: str) -> None:
    """A wrong code after /start is called so; whoever sends none is asked for it."""
    async with talking(archive, tmp_path / "state", invitation_code=CODE) as tg:
        assert (await ask(tg, text, language_code="en"))["text"].startswith(said)


async def test_a_quota_of_each_person(archive: Archive, tmp_path: Path) -> None:
    """Whoever asked their share is told when to come back; commands are free, administrators and others go on."""
    async with talking(archive, tmp_path / "state", questions_per_user=1, quota_minutes=90, administrators=(3,)) as tg:
        await ask(tg, QUESTION, language_code="ru")
        over = await ask(tg, "Кто капитан судна Aurelia?")
        assert over["text"] == "Лимит вопросов исчерпан. Следующий вопрос можно задать через 90 минут."
        assert "Citewire" in (await ask(tg, "/about"))["text"]
        for user in (2, 3, 3):
            assert "412" in (await ask(tg, QUESTION, user=user))["text"]


async def test_a_quota_of_each_chat(archive: Archive, tmp_path: Path) -> None:
    """A group's questions are counted together, whoever asks; its members may still ask in private."""
    async with talking(archive, tmp_path / "state", questions_per_chat=1, quota_minutes=30) as tg:
        await ask(tg, f"{BOT} {QUESTION}", chat=GROUP)
        over = await ask(tg, f"{BOT} {QUESTION}", user=2, chat=GROUP, language_code="uk")
        assert (
            over["text"] == "Ліміт запитань цього чату вичерпано. Наступне запитання можна поставити через 30 хвилин."
        )
        assert over["reply_to_message"]["from"]["id"] == 2
        assert "412" in (await ask(tg, QUESTION, user=2))["text"]


async def test_in_a_group_everybody_is_told_of_the_quota_that_holds_them_up(archive: Archive, tmp_path: Path) -> None:
    """Their own where that is used up, although the chat's has room; others may go on there."""
    async with talking(archive, tmp_path / "state", questions_per_user=1, questions_per_chat=5) as tg:
        await ask(tg, f"{BOT} {QUESTION}", chat=GROUP, language_code="en")
        over = await ask(tg, f"{BOT} {QUESTION}", chat=GROUP)
        other = await ask(tg, f"{BOT} {QUESTION}", user=2, chat=GROUP)
    assert over["text"].startswith("You have used up your questions for now.")
    assert "412" in other["text"]


async def test_a_search_for_articles_counts_as_a_question(archive: Archive, tmp_path: Path) -> None:
    """/latest with a topic looks for it; the newest of all are free."""
    async with talking(archive, tmp_path / "state", questions_per_user=1) as tg:
        for free in ("/latest", "What's new?"):
            assert (await ask(tg, free, language_code="en"))["text"].startswith("Newest articles\n")
        assert "Baltkabelis" in (await ask(tg, "/latest Baltkabelis"))["text"]
        for text in ("/latest Baltkabelis", QUESTION):
            assert (await ask(tg, text))["text"].startswith("You have used up your questions for now.")
        assert (await ask(tg, "/latest"))["text"].startswith("Newest articles\n")


def test_codes_cannot_be_tried_through(tmp_path: Path) -> None:
    """After five wrong ones even the right one is not taken for a while, from that person; talk is no try."""
    with closing(State.open(tmp_path / "state")) as state:
        access = Access(TelegramSettings(invitation_code=CODE), state)

        def given(text: str, user: int = USER) -> Incoming:
            return Incoming(1, "message", Place(user), user, "uk", private=True, message=1, text=text)

        assert not any(
            access.invites(given(text)) for text in ["Що це за бот?"] * 9 + [f"липа-00{n}" for n in range(5)]
        )
        assert [access.invites(given(CODE, user)) for user in (USER, 2)] == [False, True]
        assert [access.admits(user) for user in (USER, 2)] == [False, True]


async def test_strangers_do_not_vote(archive: Archive, tmp_path: Path) -> None:
    """In a group everybody sees the buttons; only those who may ask are counted."""
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state", allowed_users=(2,)) as state:
        await ask(tg, f"{BOT} {QUESTION}", user=2, chat=GROUP, language_code="en")
        told = [await answered_press(tg, tg.press(GROUP, "👎", user=user)) for user in (USER, 2)]
        votes = [each.vote for each in state.ratings.export()]
    assert (votes, told[0], told[1][:9]) == ([-1], "", "Thank you")


async def test_too_many_questions_at_once(archive: Archive, tmp_path: Path) -> None:
    """Beyond the queue people are asked to come back, at once; commands are served; what waits is answered."""
    held = Held(archive)
    async with talking(archive, tmp_path / "state", workroom=held, queue=1) as tg:
        tg.send_message(QUESTION)
        await tg.wait_for("sendChatAction")
        busy = [
            await ask(tg, text, user=user, language_code="en") for user, text in ((2, QUESTION), (3, "/latest мост"))
        ]
        assert {each["text"] for each in busy} == {
            "I'm getting a lot of questions just now. Please ask again in a minute."
        }
        assert "Citewire" in (await ask(tg, "/about", user=4))["text"]
        held.gate.set()
        assert "412" in (await said(tg))[0]["text"]


@pytest.mark.parametrize(
    ("error", "word"), [(RuntimeError("disk on fire"), "сломалось"), (TimeoutError(), "затянулся")]
)
async def test_failures_are_apologised_for(archive: Archive, tmp_path: Path, error: Exception, word: str) -> None:
    """The apology carries a number to be reported, and nothing of what went wrong; the next message is served."""
    async with talking(archive, tmp_path / "state", workroom=Broken(archive, error)) as tg:
        apology = await ask(tg, QUESTION, language_code="ru")
        assert "Citewire" in (await ask(tg, "/about"))["text"]
    (number,) = [each for each in apology["entities"] if each["type"] == "code"]
    assert number["length"] >= 6
    assert word in apology["text"]
    assert "fire" not in apology["text"]
    assert "Error" not in apology["text"]
