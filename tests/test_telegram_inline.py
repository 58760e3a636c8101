"""Inline mode, end to end: passages for a query, offered wherever somebody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram_bot import USER, Room, offered, talking
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
