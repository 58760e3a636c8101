"""Questions to the bot, end to end: answers, citations, passages, ratings, refusals."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from index.types import Answer
from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import (
    USER,
    Held,
    Room,
    answered_press,
    ask,
    forge,
    labels,
    links,
    methods,
    of_bot,
    press,
    said,
    serving,
    talking,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from index.compose import Archive

    Result = TypeVar("Result")

CAPTAIN = "Кто капитан судна Aurelia?"
BRIDGE = "Скільки коштував новий міст через Сулу?"
SPONGE = "Where was the new species of sponge found?"
LONG = CAPTAIN.replace("Кто", "Кто же")
COMPARE = "/compare Скільки коштував новий міст через Сулу?"


class Wordy(Room):
    """A workroom whose answers to one question are very long."""

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result, each sentence many times."""
        found: Any = await super().run(job, seconds)
        if isinstance(found, Answer) and found.question == LONG:
            found = replace(found, sentences=found.sentences * 20)
        result: Result = found
        return result


async def test_typing_is_shown_until_the_answer(archive: Archive, tmp_path: Path) -> None:
    """The typing sign comes at once, while the answer is still being looked for; a command needs none."""
    held = Held(archive)
    async with talking(archive, tmp_path / "state", workroom=held) as tg:
        tg.send_message(CAPTAIN)
        await tg.wait_for("sendChatAction", chat=USER)
        assert of_bot(tg) == []
        held.gate.set()
        await said(tg)
        await ask(tg, "/about", user=2)
    assert methods(tg) == ["sendChatAction", "sendMessage"]
    assert methods(tg, 2) == ["sendMessage"]


async def test_answers_are_in_the_language_of_the_question(archive: Archive, tmp_path: Path) -> None:
    """Whatever the profile says, the bot's own words are in the question's language."""
    asked = {"ru": (CAPTAIN, "Источники"), "uk": (BRIDGE, "Джерела"), "en": (SPONGE, "Sources")}
    async with talking(archive, tmp_path / "state") as tg:
        for user, (question, heading) in enumerate(asked.values(), 1):
            for profile in ("uk", "en"):
                assert f"\n\n{heading}\n[1]" in (await ask(tg, question, user=user, language_code=profile))["text"]


async def test_sources_are_numbered_and_linked(archive: Archive, tmp_path: Path) -> None:
    """Each sentence has its number, the number's article stands below with outlet and day, linked by its title."""
    async with talking(archive, tmp_path / "state") as tg:
        answer = await ask(tg, SPONGE)
        plain = await ask(tg, CAPTAIN, user=2)
    said, sources = answer["text"].split("\n\nSources\n")
    assert "Spongilla svitiazensis" in said
    assert [said.count(mark) for mark in labels(answer) if mark[0] == "["] == [1] * (len(labels(answer)) - 3)
    assert " — The Lagoon Gazette, 20 Nov 2025 11:30" in sources
    assert "https://lagoongazette.example/science/svitiaz-sponge" in links(answer)
    assert links(plain) == []


async def test_a_citation_opens_its_passage(archive: Archive, tmp_path: Path) -> None:
    """The button of a citation shows the passage it stands in, with the cited sentence in bold and others around it."""
    async with talking(archive, tmp_path / "state") as tg:
        answer = await ask(tg, CAPTAIN)
        passage = await press(tg, "[1]")
    marked = [each for each in passage["entities"] if each["type"] == "bold"][-1]
    shown = passage["text"][marked["offset"] : marked["offset"] + marked["length"]]
    assert f"{shown} [1]" in answer["text"]
    assert len(passage["text"]) > 2 * len(shown)


async def test_every_citation_has_its_button(archive: Archive, tmp_path: Path) -> None:
    """Where there are more citations than fit in a row, none is lost, and each opens."""
    async with talking(archive, tmp_path / "state") as tg:
        compared = await ask(tg, COMPARE)
        numbers = [label for label in labels(compared) if label.startswith("[")]
        assert len(numbers) > 8
        assert all(number in compared["text"] for number in numbers)
        for user_sees in ("[1]", "[9]"):
            assert (await press(tg, user_sees))["text"].startswith(user_sees)


async def test_more_passages_until_the_end(archive: Archive, tmp_path: Path) -> None:
    """The button for more shows the next best passages, numbered on, until none is left: then there is no button."""
    async with talking(archive, tmp_path / "state") as tg:
        await ask(tg, CAPTAIN)
        for last in (3, 6, 9):
            tg.press(USER, "Ещё отрывки")
            await until(tg, partial(_numbered, tg, last))
        assert "Ещё отрывки" not in labels(of_bot(tg)[-1])
        for count, place in enumerate((9, 10**30), 5):
            await forge(tg, f"more:1:{place}")
            assert (await said(tg, count))[-1]["text"] == "Это всё, что нашлось."


async def test_votes_are_kept(archive: Archive, tmp_path: Path) -> None:
    """A vote is thanked for, may be changed, counts once, and is exported with its question and passages."""
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state") as state:
        await ask(tg, CAPTAIN, language_code="ru")
        thanks = [await answered_press(tg, tg.press(USER, label)) for label in ("👍", "👎", "👎")]
        (vote,) = state.ratings.export()
    assert [each.split()[0] for each in thanks] == ["Спасибо!", "Спасибо.", "Вы"]
    assert (vote.vote, vote.question, vote.understood) == (-1, CAPTAIN, CAPTAIN)
    assert vote.citations
    assert vote.passages
    assert vote.version


async def test_forged_buttons_are_harmless(archive: Archive, tmp_path: Path) -> None:
    """Data that no button has is acknowledged, shows nothing of another chat, counts nothing, and breaks nothing."""
    garbage = ["cite", "cite:", "cite:1:99", "cite:x:y", "more:1:²", "rate:1:5", "ask:0:1:2", "speak:xx", "{answer}"]
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state") as state:
        await ask(tg, CAPTAIN, user=2)
        await ask(tg, "/about", language_code="en")
        for data in ["cite:1:1", "more:1:0", "rate:1:1", *garbage]:
            await forge(tg, data)
        last = await ask(tg, "/cancel")
        assert list(state.ratings.export()) == []
        assert state.faults.last(9) == []
    texts = {message["text"] for message in of_bot(tg)[1:]} - {last["text"]}
    assert {text.split(".")[0] for text in texts} <= {"This answer is too old, its buttons no longer work", "forged"}


async def test_nothing_found_is_admitted(archive: Archive, tmp_path: Path) -> None:
    """A refusal names the articles that come nearest, with their days, and tells what to change; nothing is cited."""
    async with talking(archive, tmp_path / "state") as tg:
        refusal = await ask(tg, "Where will the lunar base be built?")
    assert refusal["text"].startswith("The articles do not answer this.\n\nWhat comes nearest:\n• ")
    assert refusal["text"].count("\n• ") == 3
    assert " — The Lagoon Gazette, 20 Nov 2025" in refusal["text"]
    assert "Try naming people and places" in refusal["text"]
    assert labels(refusal) == ["More passages", "👍", "👎"]


async def test_days_without_articles_name_the_nearest(archive: Archive, tmp_path: Path) -> None:
    """Asked about a day of which there is nothing, the bot says which days were searched, and which ones have some."""
    async with talking(archive, tmp_path / "state") as tg:
        refusal = await ask(tg, "Що сталося 3 січня 2025 року в Одесі?")
    assert refusal["text"].startswith("Статті за 03.01.2025\n")
    assert "Найближчі дні, за які статті є: 06.10.2025" in refusal["text"]


async def test_two_quick_messages_in_order(archive: Archive, tmp_path: Path) -> None:
    """Two questions sent at once are answered one after the other."""
    async with talking(archive, tmp_path / "state") as tg:
        tg.send_message(COMPARE)
        tg.send_message(SPONGE)
        first, second = await said(tg, 2)
    assert first["text"].startswith("Про це кажуть кілька")
    assert "Lake Svitiaz" in second["text"]


async def test_an_answer_may_take_several_messages(archive: Archive, tmp_path: Path) -> None:
    """Only the last has buttons; edited, the question's answer becomes shorter and longer again in its own place."""
    async with talking(archive, tmp_path / "state", workroom=Wordy(archive)) as tg:
        question = tg.send_message(LONG)["message_id"]
        await until(tg, lambda: labels(of_bot(tg)[-1] if of_bot(tg) else {}))
        long = of_bot(tg)
        tg.edit_message(USER, question, BRIDGE)
        await tg.wait_for("deleteMessage", len(long) - 1, timeout=30)
        (short,) = of_bot(tg)
        tg.edit_message(USER, question, LONG)
        again = await said(tg, len(long))
    assert len(long) > 1
    assert [bool(labels(each)) for each in long] == [False] * (len(long) - 1) + [True]
    assert short["message_id"] == again[0]["message_id"] == long[0]["message_id"]
    assert [each["text"] for each in again] == [each["text"] for each in long]


def _numbered(tg: FakeBotApi, last: int) -> bool:
    """Whether so many further passages have been shown so far, under their numbers."""
    lines = [line for message in of_bot(tg) for line in message["text"].split("\n")]
    numbers = [int(line.split(".")[0]) for line in lines if " — " in line and line[0].isdigit()]
    return numbers == list(range(1, last + 1))
