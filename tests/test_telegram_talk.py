"""Talking to the bot, end to end: the greeting, the commands, and what is no question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import USER, Held, ask, labels, links, of_bot, press, said, serving, talking

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive

CAPTAIN = "Кто капитан судна Aurelia?"
GREETINGS = {"uk": "Вітаю!", "uk-UA": "Вітаю!", "ru": "Здравствуйте!", "en-GB": "Hello!", "de": "Hello!", "": "Hello!"}


async def test_start_greets_in_the_users_language(archive: Archive, tmp_path: Path) -> None:
    """The profile's language decides, English where it is none of ours or unknown; three questions are offered."""
    async with talking(archive, tmp_path / "state") as tg:
        for user, (language, word) in enumerate(GREETINGS.items(), 1):
            greeting = await ask(tg, "/start", user=user, language_code=language or None)
            assert greeting["text"].startswith(word)
            assert len(labels(greeting)) == 3


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
async def test_examples_are_answered(archive: Archive, tmp_path: Path, language: str) -> None:
    """An example's button is its question: pressed, the answer shows what was asked, with citations."""
    async with talking(archive, tmp_path / "state") as tg:
        for example in labels(await ask(tg, "/start", language_code=language)):
            answer = await press(tg, example)
            assert answer["text"].split("\n")[0].endswith(f": {example}")
            assert "[1]" in labels(answer)


async def test_an_example_follows_nothing(archive: Archive, tmp_path: Path) -> None:
    """An example pressed in the middle of a conversation is asked as it stands, and begins a new thread."""
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state") as state:
        greeting = await ask(tg, "/start", language_code="uk")
        await ask(tg, "Хто переміг на виборах міського голови Зорянського?")
        answer = await press(tg, labels(greeting)[0])
        kept = state.answers.get(2)
    assert answer["text"].startswith(f"Розумію запитання так: {labels(greeting)[0]}\n")
    assert kept
    assert kept.parent is None


async def test_help_names_the_commands(archive: Archive, tmp_path: Path) -> None:
    """Everybody is told how to ask and of nine commands; only an administrator of four more."""
    async with talking(archive, tmp_path / "state", administrators=(7,)) as tg:
        theirs, ours = [await ask(tg, "/help", user=user, language_code="ru") for user in (USER, 7)]
    assert theirs["text"].count("\n/") == 9
    assert [f"\n/{name} — " in ours["text"] for name in ("add", "remove", "stats", "errors")] == [True] * 4
    assert "дминистратор" not in theirs["text"]


async def test_language_is_chosen_and_remembered(archive: Archive, tmp_path: Path) -> None:
    """By a button or by its code; another code brings the buttons; it outlives the bot, and counts more than before."""
    async with FakeBotApi(flood=False) as tg:
        async with serving(tg, archive, tmp_path / "state"):
            offer = await ask(tg, "/language xx", language_code="en")
            assert labels(offer) == ["Українська", "Русский", "English"]
            assert "українською" in (await press(tg, "Українська"))["text"]
            assert "по-русски" in (await ask(tg, "/language RU", user=2, language_code="uk"))["text"]
        async with serving(tg, archive, tmp_path / "state"):
            assert (await ask(tg, "/start"))["text"].startswith("Вітаю")
            assert (await ask(tg, "/start", user=2))["text"].startswith("Здравствуйте")


async def test_sources_tells_what_is_indexed(archive: Archive, tmp_path: Path) -> None:
    """Counts, days, languages and outlets, in the user's language."""
    async with talking(archive, tmp_path / "state") as tg:
        text = (await ask(tg, "/sources", language_code="uk"))["text"]
    assert "72 статті, 37 видань" in text
    assert "Дати: 06.10.2025 – 21.05.2026" in text
    assert "англійська 24, російська 24, українська 24" in text
    assert "• Northgate Business Review — 2" in text


async def test_latest_lists_articles(archive: Archive, tmp_path: Path) -> None:
    """The newest of all, the newest on a topic linked where they have an address, or that there are none on it."""
    async with talking(archive, tmp_path / "state") as tg:
        everything = await ask(tg, "/latest", language_code="uk")
        cable = await ask(tg, "/latest Baltkabelis", language_code="uk")
        nothing = await ask(tg, "/latest пінгвіни", language_code="uk")
    assert everything["text"].startswith("Свіжі статті\n• Паромщики Керкиры")
    assert everything["text"].count("\n• ") == 7
    assert cable["text"].startswith("Свіжі статті на тему «Baltkabelis»\n• ")
    assert "https://birzha-kharkiv.example/2026/02/05/baltkabelis" in links(cable)
    assert nothing["text"] == "Статей на цю тему не знайшлося. Де я шукаю, покаже /sources."


async def test_compare_puts_sources_side_by_side(archive: Archive, tmp_path: Path) -> None:
    """With a question, what several say under their names; without one, how to use it."""
    async with talking(archive, tmp_path / "state") as tg:
        usage = await ask(tg, "/compare", language_code="en")
        compared = await ask(tg, "/compare Скільки коштував новий міст через Сулу?")
    assert "/compare What was said about the new bridge?" in usage["text"]
    assert compared["text"].startswith("Про це кажуть кілька")
    assert {"Будівництво коштувало 412 млн гривень. [1]", "The project cost 412 million hryvnias. [3]"} < set(
        compared["text"].split("\n")
    )
    assert "[1]" in labels(compared)


async def test_new_forgets_the_conversation(archive: Archive, tmp_path: Path) -> None:
    """After /new a short question is taken as it stands, and old buttons still work."""
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, CAPTAIN)
        assert (await ask(tg, "А сколько ему лет?"))["text"].startswith("Понимаю вопрос так:")
        assert "не помню" in (await ask(tg, "/new", language_code="ru"))["text"]
        assert not (await ask(tg, "А сколько ему лет?"))["text"].startswith("Понимаю вопрос так:")
        assert (await press(tg, "[1]", message_id=of_bot(tg)[0]["message_id"]))["text"].startswith("[1] «Аурелия»")


async def test_nothing_to_cancel(archive: Archive, tmp_path: Path) -> None:
    """/cancel with no question waiting says so."""
    async with talking(archive, tmp_path / "state") as tg:
        assert "Немає чого" in (await ask(tg, "/cancel", language_code="uk"))["text"]


async def test_cancel_drops_what_waits(archive: Archive, tmp_path: Path) -> None:
    """The question that is thought about and the one behind it get no answer; the next one does."""
    held = Held(archive)
    async with talking(archive, tmp_path / "state", workroom=held) as tg:
        tg.send_message(CAPTAIN, language_code="ru")
        tg.send_message("Кто выиграл выборы мэра Зорянского?")
        await tg.wait_for("sendChatAction")
        assert (await ask(tg, "/cancel"))["text"] == "Хорошо, на этот вопрос отвечать не буду."
        held.gate.set()
        assert "412" in (await ask(tg, "Сколько стоил мост через Сулу?"))["text"]
        assert len(of_bot(tg)) == 2


async def test_about_and_unknown_commands(archive: Archive, tmp_path: Path) -> None:
    """/about tells version and licence; of other commands it is said that they are unknown."""
    async with talking(archive, tmp_path / "state") as tg:
        about = await ask(tg, "/about", language_code="en")
        unknown = await ask(tg, "/nonsense at all")
    assert about["text"].startswith("Citewire 0.")
    assert "Apache 2.0" in about["text"]
    assert unknown["text"] == "I don't know this command. /help shows those I know."


@pytest.mark.parametrize(
    "attached",
    [{"extra": {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                            "is_animated": False, "is_video": False}}},
     {"extra": {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}},
     {"document": {"file_name": "list.txt", "content": b"One. Two."}}],
)  # fmt: skip
async def test_what_is_no_text_is_declined(archive: Archive, tmp_path: Path, attached: dict[str, Any]) -> None:
    """A sticker, a photo or a file without words brings a request for words."""
    async with talking(archive, tmp_path / "state") as tg:
        declined = await ask(tg, "", language_code="uk", **attached)
    assert declined["text"] == "Я розумію лише текст. Напишіть, будь ласка, запитання словами."


async def test_an_album_is_declined_once(archive: Archive, tmp_path: Path) -> None:
    """Several pictures sent together are one thing that is said; what is written under one of them is read."""
    picture = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
    async with talking(archive, tmp_path / "state") as tg:
        for album, captions in (("1", ("", "", "")), ("2", (CAPTAIN, ""))):
            for caption in captions:
                tg.send_message(extra=picture | {"media_group_id": album, "caption": caption}, language_code="en")
        tg.send_message("/about")
        declined, answer, about = await said(tg, 3)
    assert about["text"].startswith("Citewire")
    assert declined["text"].startswith("I can read text only.")
    assert "[1]" in labels(answer)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Привіт!", "Вітаю! Я Citewire"),
        ("who are you?", "Hello! I am Citewire."),
        ("Спасибо большое :)", "Пожалуйста!"),
        ("ок", "Гаразд!"),
        ("What’s new?", "Newest articles\n• "),
        ("Доброго дня! Ти бот чи людина?", "Я програма, а не людина"),
        ("Нарисуй, пожалуйста, кота", "С картинками я не работаю"),
        ("Hello Kitty", "The articles do not answer this."),
    ],
)
async def test_courtesies_are_no_questions(archive: Archive, tmp_path: Path, text: str, reply: str) -> None:
    """Greetings and thanks are returned in their language, without a search, and whoever asks for news gets them."""
    async with talking(archive, tmp_path / "state") as tg:
        assert (await ask(tg, text, language_code="uk"))["text"].startswith(reply)
