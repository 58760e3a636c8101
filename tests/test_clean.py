"""Cleaning as a whole: what a raw article becomes."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import clean
from index.errors import SourceError
from index.types import DroppedLine, RawArticle

if TYPE_CHECKING:
    from index.types import Article

NOW = datetime(2026, 3, 15, 10, 0, tzinfo=UTC)
ZONES = {"uk": "Europe/Kyiv"}

EXPORTED = """ date 2026-03-14 РЕКЛАМА

Мост через реку Сулу в Верхней Липовке открыли после девятнадцати месяцев ремонта, сообщили в субботу в районе.

Сколько это стоило

Работы обошлись в 412 миллионов гривен, подрядчик нанял двести человек из соседних сёл.

АРХИВ. Старый мост после наводнения Ivan Petrenko/Sputnik

Первым по мосту проехал школьный автобус."""

BYLINED = """Міст через Сулу відкрили після ремонту

Олена КовальСубота, 14 березня 2026, 09:15
Міст через Сулу вранці. Фото: Getty Images

Міст через річку Сула у Верхній Липівці відкрили у суботу після дев'ятнадцяти місяців ремонту.

Джерело: пресслужба громади

Деталі: Очікується, що ним щодня їздитимуть 3\u00a0800 автомобілів.

Передісторія:

  •  У серпні 2024 року старий міст пошкодила повінь."""

ENGLISH = """The bridge over the Sula reopens
By Jane Doe and John Roe, Kyiv
Published: 14 March 2026, 09:15 GMT

The bridge over the river Sula reopened on Saturday after 19 months of work, the district said.

Read also:
Harbour dredging starts in May

© 2026 The Harbour Post. All rights reserved."""


def _clean(text: str, **stated: str | None) -> Article:
    return clean(replace(RawArticle("a.txt", text), **stated), "a", NOW, ZONES)  # type: ignore[arg-type] # passed through


def test_an_exported_article_without_headline() -> None:
    """The export header gives the date, the first sentence the headline, and neither marker nor caption stays."""
    article = _clean(EXPORTED)
    assert article.published
    assert (article.published.iso(), article.language, article.title_derived) == ("2026-03-14", "ru", True)
    assert article.title.startswith("Мост через реку Сулу")
    assert article.title.endswith("…")
    assert "РЕКЛАМА" not in article.text
    assert "Sputnik" not in article.text
    assert article.text.splitlines()[1] == "Сколько это стоило"


def test_a_byline_glued_to_its_date() -> None:
    """Headline exact, author and Kyiv time read from the glued line; label, source and bullet stay."""
    article = _clean(BYLINED)
    assert article.published
    assert (article.title, article.title_derived) == ("Міст через Сулу відкрили після ремонту", False)
    assert (article.author, article.published.iso()) == ("Олена Коваль", "2026-03-14T09:15:00+02:00")
    assert article.text.splitlines()[1:] == [
        "Джерело: пресслужба громади",
        "Деталі: Очікується, що ним щодня їздитимуть 3 800 автомобілів.",
        "Передісторія:",
        "• У серпні 2024 року старий міст пошкодила повінь.",
    ]


def test_an_english_article() -> None:
    """Two authors, a date in GMT, an outlet from the copyright line."""
    article = _clean(ENGLISH)
    assert article.published
    assert (article.author, article.outlet) == ("Jane Doe and John Roe", "The Harbour Post")
    assert article.published.iso() == "2026-03-14T09:15:00+00:00"
    assert article.text == ENGLISH.splitlines()[4]


def test_what_left_is_countable() -> None:
    """Each line that went is recorded with its reason, after those that the loader dropped."""
    raw = RawArticle("a.html", ENGLISH, markup="html", dropped=(DroppedLine("Menu", "nav"),))
    reasons = [line.why for line in clean(raw, "a", NOW, ZONES).dropped]
    assert reasons == ["nav", "read-also", "read-also", "copyright", "headline", "byline", "byline"]


def test_metadata_wins() -> None:
    """What the source states goes before what the text says, and its title is not repeated in the text."""
    stated = {"title": "The bridge over the Sula reopens | Harbour Post", "outlet": "Harbour Post"}
    article = _clean(ENGLISH, author="Ann Smith", date="2026-03-13", url="https://www.harbourpost.example/1", **stated)
    assert article.published
    assert (article.title, article.title_derived) == ("The bridge over the Sula reopens", False)
    assert (article.author, article.outlet, article.published.iso()) == ("Ann Smith", "Harbour Post", "2026-03-13")
    assert article.text.startswith("The bridge over the river")


def test_the_finer_date_of_one_day_wins() -> None:
    """Metadata with a day only is completed by the byline's time on that day."""
    article = _clean(BYLINED, date="2026-03-14")
    assert article.published
    assert article.published.iso() == "2026-03-14T09:15:00+02:00"


def test_the_domain_stands_in_for_the_outlet() -> None:
    """Where nothing names the outlet, the domain of the address does."""
    assert _clean(EXPORTED, url="https://www.visnyk.example/news/1").outlet == "visnyk.example"


def test_a_key_value_header() -> None:
    """An export may state each field on a line of its own."""
    header = "title: Bridge reopens\nsource: The Harbour Post\ndate: 2026-03-14\nurl: https://harbourpost.example/1\n\n"
    article = _clean(header + ENGLISH.splitlines()[4])
    assert (article.title, article.outlet, article.url) == (
        "Bridge reopens",
        "The Harbour Post",
        "https://harbourpost.example/1",
    )
    assert article.text == ENGLISH.splitlines()[4]


def test_a_dateline_dates_and_stays() -> None:
    """An agency's dateline tells the day, and its words stay in the text."""
    text = "КИЕВ, 14 марта (Портовая газета) — Мост через Сулу открыли утром.\nДвижение восстановлено."
    article = _clean(text)
    assert article.published
    assert article.published.iso() == "2026-03-14"
    assert article.text == text


def test_dates_of_the_story_are_not_the_date_of_publication() -> None:
    """A date inside a sentence tells nothing about when the article appeared."""
    assert _clean("Мост откроют 14 марта 2026 года. Работы шли девятнадцать месяцев.").published is None


PROSE = "The bridge over the river Sula reopened on Saturday after 19 months of work, the district said."


@pytest.mark.parametrize(
    "first",
    [
        PROSE.replace("Saturday", "Sunday"),
        "• Tolls are waived until May",
        "Source: the district council",
        "The district council promised that the bridge over the river Sula would",
        "Overview:",
    ],
)
def test_what_is_no_headline(first: str) -> None:
    """Prose, a bullet, an attribution, half a sentence and a label stay in the text, and the headline is derived."""
    article = _clean(f"{first}\n{PROSE[0].lower() + PROSE[1:] if first.endswith('would') else PROSE}")
    assert article.title_derived
    assert article.text.startswith(first)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© «Портовая газета», 2026. Все права защищены.", "Портовая газета"),
        ("The Harbour Post. Registered office: 4 Quay Street. © 2026", "The Harbour Post"),
        ("Copyright 2026 Harbour Post Ltd. All rights reserved.", "Harbour Post"),
        ("© 2026. Усі права захищено", None),
    ],
)
def test_outlets_of_copyright_lines(line: str, outlet: str | None) -> None:
    """The owner is named before or after the sign, without its legal form; rights alone name nobody."""
    assert _clean(f"{PROSE}\n{line}").outlet == outlet


@pytest.mark.parametrize("text", ["", " \n\u200b\n", "РЕКЛАМА\nПоделиться"])
def test_nothing_left_is_an_error(text: str) -> None:
    """An article of furniture alone is refused, and the error names its source."""
    with pytest.raises(SourceError, match=r"a\.txt: no text after cleaning"):
        _clean(text)


@settings(deadline=None)  # the first foreign text loads the language classifier
@given(st.text(max_size=300))
def test_the_form_of_the_text(text: str) -> None:
    """Whatever comes in, the text is NFC, without control characters, empty lines or spaces at a line's ends."""
    try:
        article = _clean(text)
    except SourceError:
        return
    assert unicodedata.is_normalized("NFC", article.text)
    assert all(line and line == line.strip() for line in article.text.split("\n"))
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in article.text if sign != "\n")
    assert article.title


@settings(deadline=None)  # likewise
@given(st.lists(st.sampled_from(BYLINED.split("\n") + ENGLISH.split("\n") + EXPORTED.split("\n")), max_size=25))
def test_words_are_kept_or_recorded(lines: list[str]) -> None:
    """No word vanishes: each is in the text or among what was dropped, in any order of lines."""
    try:
        article = _clean("\n".join(lines))
    except SourceError:
        return
    left = (article.text + " " + " ".join(line.line for line in article.dropped)).split()
    assert sorted(left) == sorted("\n".join(lines).split())


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("Порт знову працює.", "ru", "ru"),
        ("Порт знову працює.", None, "uk"),
        ("Порт знову працює.", "klingon", "uk"),
        ("Порт знову працює, і перші судна вже стоять біля причалу під навантаженням.", "ru", "uk"),
    ],
)
def test_stated_language_decides_only_on_few_words(text: str, stated: str | None, expected: str) -> None:
    """A text long enough to tell its language is believed before the source; a handful of words is not."""
    assert _clean(text, language=stated).language == expected


def test_one_word_title_is_kept_unless_it_is_a_page_s() -> None:
    """A record's title of one word is its title; a page's is the name of its site or section."""
    text = "Порт знову працює, і перші судна вже стоять біля причалу під навантаженням."
    assert _clean(text, title="Порт").title == "Порт"
    assert _clean(text, title="Порт", markup="html").title_derived
