"""What people see on the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from bot import render
from index.types import AnswerSentence, Article, Corroboration, IndexStatus, IngestReport, Published, Skipped
from tests.samples import BRIDGE, SHIP, answered, citation, hit, refused

if TYPE_CHECKING:
    from rich.console import RenderableType


def _drawn(renderable: RenderableType, width: int = 80) -> str:
    screen = io.StringIO()
    Console(file=screen, width=width).print(renderable)
    return screen.getvalue()


def test_answer_shows_quotes_then_sources() -> None:
    """Quotes come with their numbers, then each source with title, outlet, date and link, once an article."""
    shown = _drawn(render.answer(answered()))
    assert "Роботи коштували 412 мільйонів гривень. [1]" in shown
    assert "Джерела" in shown
    assert "[1] [2] У Верхній Липівці відкрили міст — Сульський вісник, 14.03.2026 09:15" in " ".join(shown.split())
    assert "[3] The Aurelia left Chornomorsk on Monday — видання невідоме, без дати" in shown
    assert shown.count(BRIDGE.title) == 1
    assert "https://visnyk.example/mist" in shown


def test_written_answer_is_one_paragraph() -> None:
    """Sentences in new words run on, each with its numbers, and bear no mark of a quote."""
    written = (AnswerSentence("Міст відкрили.", (2,)), AnswerSentence("Він коштував 412 мільйонів.", (1, 3)))
    shown = _drawn(render.answer(replace(answered(), mode="llm", sentences=written)))
    assert "Міст відкрили. [2] Він коштував 412 мільйонів. [1] [3]\n" in shown
    assert "▎" not in shown


def test_note_says_why_an_answer_quotes() -> None:
    """Where a model was asked in vain, one line says so in the asker's language."""
    shown = " ".join(_drawn(render.answer(replace(answered(), note="llm_unavailable"))).split())
    assert "Запитати мовну модель не вдалося" in shown


def test_company_of_an_answer_is_named() -> None:
    """Who else reports it, or says otherwise, stands below the quotes in the asker's language."""
    port = replace(SHIP, outlet="The Harbour Post")
    cited = (citation(1, BRIDGE, "Роботи коштували 412 мільйонів гривень."), citation(2, port, "31,500 tonnes"))
    together = (Corroboration("same", (1, 2)), Corroboration("differs", (1, 2), ("412 мільйонів", "31,500")))
    shown = " ".join(_drawn(render.answer(replace(answered(), citations=cited, corroborations=together))).split())
    assert "Про це незалежно повідомляють: Сульський вісник [1]; The Harbour Post [2]." in shown
    assert "Джерела розходяться: Сульський вісник — 412 мільйонів [1]; The Harbour Post — 31,500 [2]." in shown


def test_unknown_outlets_are_not_called_independent() -> None:
    """Where an outlet is unknown, its article's headline is named, and independence is not claimed."""
    found = replace(answered(), corroborations=(Corroboration("same", (1, 3)),))
    shown = " ".join(_drawn(render.answer(found)).split())
    assert (
        "Про це однаково пишуть кілька статей: Сульський вісник [1]; «The Aurelia left Chornomorsk on Monday» [3]."
        in shown
    )
    assert "незалежно" not in shown


def test_refusal_names_what_comes_nearest_once() -> None:
    """A refusal shows its reason and each near article once, and no quote."""
    shown = _drawn(render.answer(refused()))
    assert "The articles do not answer this." in shown
    assert shown.count(BRIDGE.title) == 1
    assert "412" not in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_is_wider_than_the_screen(width: int) -> None:
    """Lines wrap at the terminal's width."""
    shown = _drawn(render.hits([hit(BRIDGE), hit(SHIP)], "en"), width)
    assert max(len(line) for line in shown.splitlines()) <= width


def test_markup_in_articles_is_only_text() -> None:
    """Square brackets in an article are shown, not obeyed."""
    assert "[bold]" in _drawn(render.hits([hit(Article("x", "/x", "A [bold] claim [/bold].", "en", "T"))], "en"))


def test_article_shows_text_and_dropped_lines() -> None:
    """An article is shown with its paragraphs, its author and what was left out."""
    shown = _drawn(render.article(BRIDGE, "uk"))
    for part in ("Рух дозволили о дев'ятій.", "Автор: Олена Марчук", "Прибрано службових рядків: 1", "РЕКЛАМА"):
        assert part in shown


def test_derived_title_is_marked() -> None:
    """A headline made from the first sentence is marked as such."""
    assert "(from the first sentence)" in _drawn(render.article(SHIP, "en"))


def test_report_lists_what_was_skipped() -> None:
    """The report counts what changed and names every skipped source with its reason."""
    shown = _drawn(render.report(IngestReport(added=2, removed=1, skipped=(Skipped("/a.txt", "empty"),)), "en"))
    assert "Added 2, removed 1." in shown
    assert "/a.txt: empty" in shown


def test_empty_report_says_so() -> None:
    """Where nothing was indexed, the report says it."""
    assert "Nothing was indexed." in _drawn(render.report(IngestReport(), "en"))


def test_status_lists_counts() -> None:
    """The status names languages and outlets with their counts, and leaves out what is unknown."""
    shown = _drawn(render.status(IndexStatus("/store", 2, 3, {"uk": 1, "en": 1}, {"Вісник": 1}), "en"))
    assert "uk 1, en 1" in shown
    assert "Dates" not in shown


def test_status_spans_days() -> None:
    """The span of dates is told in days, and a single day once."""
    day = date(2026, 3, 14)
    status = IndexStatus("/store", 2, 3, earliest=Published(day), latest=Published(day, time(9, 15)))
    assert _drawn(render.status(status, "uk")).count("14.03.2026") == 1
