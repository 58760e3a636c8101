"""What the bot says on Telegram: answers, refusals, passages, lists."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.telegram import texts, texts_admin, texts_tour
from bot.telegram.rich import Block, Run, chunks
from bot.telegram.state import Counts, Fault
from index.excerpt import excerpt
from index.types import Comparison, Corroboration, IndexStatus, Published, Story
from prompts import catalogue
from tests.samples import BRIDGE, SHIP, answered, citation, hit, refused
from tests.telegram_parser import parse
from tests.telegram_strain import assert_taken, strained_answer, strained_comparison

if TYPE_CHECKING:
    from index.types import AskerLanguage
    from tests.telegram_parser import Parsed

STATUS = IndexStatus(
    "/store", 21, 40, {"uk": 20, "en": 1}, {"Вісник": 3, "": 2, "Post": 5}, Published(date(2026, 3, 14))
)


def _shown(blocks: list[Block]) -> Parsed:
    (chunk,) = chunks(blocks)
    return parse(chunk.html)


def test_answer_quotes_then_lists_sources() -> None:
    """Each sentence is a quotation with its mark; below, a line an article, its title linked."""
    shown = _shown(texts.answer(answered(), None))
    assert shown.styled("BlockQuote")[0] == "Роботи коштували 412 мільйонів гривень. [1]"
    assert "Джерела\n[1] [2] У Верхній Липівці відкрили міст — Сульський вісник, 14.03.2026 09:15\n[3] " in shown.text
    assert shown.links == {BRIDGE.title: BRIDGE.url}


def test_answer_shows_what_was_understood() -> None:
    """Where the question was completed, or days were read off it, the answer begins with that."""
    day = date(2026, 3, 14)
    shown = _shown(texts.answer(replace(answered(), window=(day, day)), "Скільки коштував міст у Липівці?"))
    assert shown.text.startswith("Розумію запитання так: Скільки коштував міст у Липівці?\nСтатті за 14.03.2026\n\n")
    assert len(shown.styled("Italic")) == 2


def test_answer_names_others_who_say_so() -> None:
    """Corroborations, differences and copies are told as on the terminal."""
    company = (Corroboration("same", (1, 3)), Corroboration("differs", (1, 3), ("412", "31,500")))
    found = replace(answered(), corroborations=company, stories=(Story(BRIDGE, (replace(SHIP, outlet="Post"),)),))
    shown = _shown(texts.answer(found, None)).text
    assert "Про це однаково пишуть кілька статей: Сульський вісник [1]; «The Aurelia" in shown
    assert "Джерела розходяться: Сульський вісник — 412 [1];" in shown
    assert shown.endswith("Сульський вісник — той самий текст: Post")


def test_answer_in_new_words_is_no_quotation() -> None:
    """Sentences that are not an article's own words are not shown as a quotation."""
    shown = _shown(texts.answer(replace(answered(), mode="llm"), None))
    assert shown.styled("BlockQuote") == []
    assert "гривень. [1] Міст відкрили в суботу. [2] " in shown.text


def test_refusal_tells_what_may_help() -> None:
    """A refusal names its reason, the nearest days, each near article once, and what to change."""
    shown = _shown(texts.answer(replace(refused(), nearest_days=(date(2026, 3, 14),)), None))
    assert shown.text.startswith("The articles do not answer this.\n\nDays nearest to it with articles: 14 Mar 2026")
    assert shown.text.count("• У Верхній Липівці відкрили міст — Сульський вісник, 14 Mar 2026 09:15") == 1
    assert list(shown.links) == [BRIDGE.title]
    assert shown.text.endswith("/sources shows what I search.")


def test_comparison_has_its_sections() -> None:
    """What several say, where they differ and what one says alone stand under their headings, each with its source."""
    port = replace(SHIP, outlet="The Harbour Post")
    cited = tuple(citation(n, article, article.text) for n, article in enumerate((BRIDGE, port, port), start=1))
    together = (Corroboration("same", (1, 2)), Corroboration("differs", (1, 2), ("412", "31,500")))
    shown = _shown(texts.comparison(Comparison("?", "en", cited, together, alone=(3,)), None))
    headings = [text for text in shown.styled("Bold") if not text.startswith(" [")]
    assert headings == ["Told alike by several", "Where they differ", "Told by one only", "Sources"]
    assert shown.styled("Italic") == ["Сульський вісник", "The Harbour Post"] * 2 + ["The Harbour Post"]
    assert len(shown.styled("BlockQuote")) == 5


def test_one_source_is_not_compared() -> None:
    """Where only one source was found, that is told once."""
    shown = _shown(texts.comparison(Comparison("?", "uk", (citation(1, SHIP, SHIP.text),), alone=(1,)), None))
    assert shown.text.startswith("Про це каже лише одне зі знайдених джерел: «The Aurelia")
    assert "Про це каже лише одне джерело" not in shown.text


def test_excerpt_marks_the_sentence() -> None:
    """A passage stands as in its article, the cited sentence in bold, under its article's line."""
    cited = citation(2, BRIDGE, "Роботи коштували 412 мільйонів гривень.")
    shown = _shown(texts.excerpt(BRIDGE, excerpt(BRIDGE, cited.span), "uk", 2))
    assert shown.text.startswith("[2] У Верхній Липівці відкрили міст — Сульський вісник")
    assert shown.styled("BlockQuote") == [BRIDGE.text]
    assert shown.styled("Bold") == [BRIDGE.title, "Роботи коштували 412 мільйонів гривень."]


def test_quoted_words_are_a_quotation() -> None:
    """Words of an article that changed are shown as they were, a quotation a paragraph."""
    assert _shown(texts.quoted("Було.\n\nСтало.")).styled("BlockQuote") == ["Було.", "Стало."]


def test_more_passages_are_numbered_on() -> None:
    """Further passages go on with the numbers, and only the first ones have a heading."""
    found = [(each.passage, each.article) for each in (hit(BRIDGE), hit(SHIP))]
    assert _shown(texts.more(found, "en", 1)).text.startswith("Found as well\n\n1. У Верхній")
    assert "\n\n5. The Aurelia" in _shown(texts.more(found, "en", 4)).text


def test_sources_count_in_words() -> None:
    """Counts have their plural forms, outlets with most articles come first, unnamed ones not at all."""
    assert _shown(texts_tour.sources(STATUS, "ru")).text == (
        "Где я ищу\n21 статья, 2 издания\nДаты: 14.03.2026\nЯзыки: украинский 20, английский 1\n\n"
        "Издания\n• Post — 5\n• Вісник — 3"
    )


def test_many_outlets_are_counted() -> None:
    """Of many outlets some are named and the others counted; an empty index is called one."""
    many = replace(STATUS, outlets={f"Outlet {number}": 1 for number in range(41)})
    assert _shown(texts_tour.sources(many, "uk")).text.endswith("і ще 21 видання")
    assert _shown(texts_tour.sources(IndexStatus("/store", 0, 0), "en")).text.startswith("I have no articles yet.")


def test_latest_lists_articles() -> None:
    """The newest articles are listed under their topic, or it is said that there are none."""
    assert _shown(texts_tour.latest([BRIDGE], "uk", "мости")).links == {BRIDGE.title: BRIDGE.url}
    assert _shown(texts_tour.latest([SHIP], "ru")).text.startswith("Свежие статьи\n• The Aurelia")
    assert "/sources" in _shown(texts_tour.latest([], "ru", "мосты")).text
    assert "пока нет" in _shown(texts_tour.latest([], "ru")).text


def test_administrators_commands_are_their_secret() -> None:
    """Help names an administrator's commands to administrators only."""
    shown = [_shown(texts_tour.help_text("en", administrator=each, writes=False)).text for each in (False, True)]
    assert ["/stats" in text for text in shown] == [False, True]
    assert all("/compare — " in text for text in shown)


def test_greeting_fits_the_index() -> None:
    """The greeting leads to example questions, or says that there are no articles yet."""
    assert _shown(texts_tour.greeting("uk", examples=True, articles=True, writes=False)).text.endswith("запитань:")
    assert "немає" in _shown(texts_tour.greeting("uk", examples=False, articles=False, writes=False)).text
    assert "Citewire" in _shown(texts_tour.about("en", writes=False)).text


def test_inline_result_is_short_to_choose_and_whole_when_sent() -> None:
    """Title and description are short; what is sent is the whole passage with its source."""
    long = replace(BRIDGE, title="Дуже довгий заголовок " * 9, text="слово " * 100)
    found = texts_tour.inline(hit(long).passage, long, "uk")
    assert (len(found.title) <= 60, len(found.description) <= 160) == (True, True)
    assert _shown(list(found.blocks)).text.count("слово") == 100


@pytest.mark.parametrize("text", ["Це речення має п'ять слів. " * 200, "Рядок & рядок.\n" * 400, "без кінця " * 900])
def test_inline_result_is_one_message(text: str) -> None:
    """What is too long is cut where a sentence, or at least a word, ends, and that is shown."""
    (chunk,) = chunks(texts_tour.inline(replace(hit(BRIDGE).passage, text=text), BRIDGE, "uk").blocks)
    shown = parse(chunk.html).text
    assert 3900 < len(shown) <= 4096
    said = shown.split("\n", 1)[1]
    assert said.endswith((". …", "без …", "кінця …"))
    assert text.startswith(said.removesuffix(" …"))


def test_inline_result_without_a_visible_title_is_called_by_its_outlet() -> None:
    """Telegram takes no result whose title shows nothing."""
    found = texts_tour.inline(hit(BRIDGE).passage, replace(BRIDGE, title="\u2800"), "uk")
    assert found.title == "Сульський вісник, 14.03.2026 09:15"


def test_request_can_be_copied() -> None:
    """The code in an apology can be copied with a touch."""
    assert _shown(texts.plain("tg_apology", "en", request="7f3a-21")).styled("Code") == ["7f3a-21"]


def test_figures_and_faults() -> None:
    """Administrators see the figures, and each fault with its time, request and kind."""
    moment = datetime(2026, 3, 14, 9, 15, tzinfo=UTC)
    shown = _shown(texts_admin.stats(Counts(5, 4, 30, 7, 12, 3, 1, 2, 0.84), STATUS, moment, "ru")).text
    for part in (
        "Людей: 5, чатов: 4",
        "отказов: 7, за последние сутки: 12",
        "👍 3, 👎 1",
        "0.8 с",
        "14.03.2026 09:15 UTC",
    ):
        assert part in shown
    fault = _shown(texts_admin.errors([Fault("7f3a", "message", "OSError", moment)], "en"))
    assert fault.text == "Last errors\n14 Mar 2026 09:15 UTC 7f3a message: OSError"
    assert _shown(texts_admin.errors([], "en")).text == "No errors so far."


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_telegram_takes_every_message_of_the_catalogue(language: AskerLanguage) -> None:
    """Telegram takes each message as it is, and the texts of profile and menu are within its limits."""
    texts_of = {
        key: text for key, text in catalogue(language).items() if key.startswith("tg_") and isinstance(text, str)
    }
    for text in texts_of.values():
        blocks = [Block((Run(text),))]
        assert_taken(blocks, chunks(blocks))
    assert len(texts_of["tg_short_description"]) <= 120
    assert len(texts_of["tg_description"]) <= 512
    assert all(len(about) <= 256 for _, about in texts_tour.descriptions(texts_tour.COMMANDS, language))
    # What answers the press of a button.
    assert all(
        len(texts_of[key]) <= 200 for key in ("tg_answer_gone", "tg_rated_up", "tg_rated_down", "tg_rated_again")
    )


def test_ten_thousand_answers() -> None:
    """Telegram takes every message of 10,000 answers and comparisons of hostile articles, and nothing is lost."""
    chance = random.Random(4)  # noqa: S311 - a test's own dice
    for number in range(10_000):
        asked = "І скільки їх?" if number % 3 else None
        compared = number % 4 == 0
        blocks = (
            texts.comparison(strained_comparison(chance), asked)
            if compared
            else texts.answer(strained_answer(chance), asked)
        )
        assert_taken(blocks, chunks(blocks))
