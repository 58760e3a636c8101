"""Inline mode, end to end: passages for a query, offered wherever somebody writes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.telegram_bot import USER, Room, offered, talking, until
from tests.telegram_parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from index.compose import Archive

    Result = TypeVar("Result")

QUERY = "капитан судна Aurelia"


async def test_passages_are_offered(archive: Archive, tmp_path: Path) -> None:
    """Each has its article's title and the first words; chosen, it is sent as a quotation under its source."""
    async with talking(archive, tmp_path / "state") as tg:
        results = await offered(tg, QUERY)
        linked = await offered(tg, "sponge Svitiaz")
    assert 3 <= len(results) <= 10
    assert results[0]["title"].startswith("«Аурелия» вышла из Черноморска.")
    assert results[0]["description"].startswith("Балкер Aurelia с 31 500 тоннами кукурузы")
    sent = parse(results[0]["input_message_content"]["message_text"])
    assert sent.text.startswith("«Аурелия» вышла из Черноморска. Это первое судно")
    assert "Капитан судна Никос Ставру" in " ".join(sent.styled("BlockQuote"))
    chosen = parse(linked[0]["input_message_content"]["message_text"])
    assert "https://lagoongazette.example/science/svitiaz-sponge" in chosen.links.values()


async def test_little_or_nothing_typed_offers_nothing(archive: Archive, tmp_path: Path) -> None:
    """While nothing much is typed, there is only the way to the private chat, in the user's language."""
    async with talking(archive, tmp_path / "state") as tg:
        assert [await offered(tg, text, language_code="uk") for text in ("", "ка", "   ")] == [[], [], []]
        calls = tg.transcript("answerInlineQuery")
    assert {call.params["button"]["text"] for call in calls} == {"Запитати мене в особистому чаті"}


async def test_strangers_are_offered_nothing(archive: Archive, tmp_path: Path) -> None:
    """Who may not ask finds nothing inline either, and others may."""
    async with talking(archive, tmp_path / "state", allowed_users=(USER,)) as tg:
        assert await offered(tg, QUERY, user=2) == []
        assert await offered(tg, QUERY) != []


async def test_trouble_offers_nothing(archive: Archive, tmp_path: Path) -> None:
    """Where the passages cannot be found in time, the query is answered all the same, with nothing."""

    class Late(Room):
        async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
            if seconds and seconds < 10:
                raise TimeoutError
            return await super().run(job, seconds)

    async with talking(archive, tmp_path / "state", workroom=Late(archive)) as tg:
        assert await offered(tg, QUERY) == []
        (call,) = tg.transcript("answerInlineQuery")
    assert int(call.params["cache_time"]) == 0  # nobody shall be told the same a minute later


class Gated(Room):
    """A workroom whose inline queries wait until ``gate`` opens; ``begun`` has one thing for each."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.gate, self.begun = asyncio.Event(), asyncio.Queue[None]()

    async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
        """The result, in the end."""
        if seconds and seconds < 10:
            self.begun.put_nowait(None)
            await self.gate.wait()
        return await super().run(job, seconds)

    async def begins(self, count: int = 1) -> None:
        """Wait until so many more are under way."""
        async with asyncio.timeout(30):
            for _ in range(count):
                await self.begun.get()


async def test_a_newer_query_takes_the_place_of_an_older_one(archive: Archive, tmp_path: Path) -> None:
    """While somebody types, only what they typed last is looked for; other people's queries go on."""
    room = Gated(archive)
    async with talking(archive, tmp_path / "state", workroom=room) as tg:
        queries = []
        for text, user in [("капитан", 2), ("капитан", 3), (QUERY, 2)]:
            queries.append(tg.inline_query(text, user))
            await room.begins()
        room.gate.set()
        await until(tg, lambda: all(tg.inline[each]["answer"] for each in queries[1:]))
        assert [bool(tg.inline[each]["answer"]) for each in queries] == [False, True, True]
        assert await offered(tg, QUERY, user=2) != []


async def test_only_so_many_queries_are_under_way(archive: Archive, tmp_path: Path) -> None:
    """The one too many is answered with nothing, for now."""
    room = Gated(archive)
    async with talking(archive, tmp_path / "state", workroom=room) as tg:
        for user in range(1, 21):
            tg.inline_query(QUERY, user)
        await room.begins(20)
        assert await offered(tg, QUERY, user=21) == []
        room.gate.set()
        await tg.wait_for("answerInlineQuery", 21, timeout=30)
        assert await offered(tg, QUERY, user=21) != []


async def test_what_shows_nothing_is_not_offered(archive: Archive, tmp_path: Path) -> None:
    """A passage of blanks is left out, the others are offered."""

    class Blank(Room):
        async def run(self, job: Callable[[Archive], Result], seconds: float | None = None) -> Result:
            found: Any = await super().run(job, seconds)
            if seconds and seconds < 10:
                found[0] = replace(found[0], passage=replace(found[0].passage, text="\u2800 \u3164"))
            result: Result = found
            return result

    async with talking(archive, tmp_path / "state") as tg:
        before = await offered(tg, QUERY)
    async with talking(archive, tmp_path / "state", workroom=Blank(archive)) as tg:
        assert await offered(tg, QUERY) == before[1:]
