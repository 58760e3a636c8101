"""True paraphrases that checking must let pass, and the errors beside them that it must not."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from index.answer.checking.binding import _units
from index.answer.checking.cells import cells_of, told_cells
from index.answer.checking.cited import Cited, statements
from index.answer.checking.days import unsupported_date
from index.answer.checking.incontext import is_hour
from index.answer.checking.naming import unsupported_name
from index.answer.checking.numbers import unsupported_number
from index.answer.checking.speakers import _speakers
from index.answer.checking.spoken_of import masked
from index.answer.checking.swapping import _exchanges
from index.answer.checking.times import When
from index.answer.checking.vouching import are_ends, unvouched
from index.types import Article, Published

if TYPE_CHECKING:
    from index.types import Language


def _cited(text: str, language: Language, day: date | None = None) -> tuple[Cited, ...]:
    published = Published(day) if day else None
    return (Cited(Article("1", "1", text, language, "", published=published), text),)


@pytest.mark.parametrize(
    ("before", "written", "after", "hour"),
    [("в ", "10.00", ".", True), ("о ", "3.01", " і триватиме", True), ("at ", "2.50", " euros", False)],
)
def test_a_number_with_a_point_may_be_a_time_of_day(before: str, written: str, after: str, *, hour: bool) -> None:
    """Only where no unit follows it."""
    assert is_hour(before, written, after) is hour


def test_the_ends_of_a_change_are_of_one_thing() -> None:
    """They share their words, so neither can be a stranger there."""
    first, second, third = cells_of("Rent rose from 120 to 150 euros, wages by 7 percent.", "en")
    assert are_ends(first, second)
    assert not are_ends(second, third)


def test_numbers_told_together_vouch_for_each_other() -> None:
    """A rival from a sentence that has none of the written sentence's numbers is no rival."""
    told = statements(_cited("Sales fell by 25% to 134 million. Purchases fell by 70% to 300 million.", "en"))
    _, right, _, rival = told_cells(told)
    share, cell = cells_of("Exports dropped 25% to 134 million.", "en")
    rows = [(share, (told_cells(told)[0],), ()), (cell, (right,), (rival,))]
    assert unvouched(cell, (right,), (rival,), rows) == ()
    alone = [rows[1]]
    assert unvouched(cell, (right,), (rival,), alone) == (rival,)


@pytest.mark.parametrize(
    ("source", "sentence", "wrong"),
    [
        ("Закон приняли 2/3 голосов.", "Закон приняли двумя третями голосов.", False),
        ("Закон приняли 2/3 голосов.", "Закон приняли четвертью голосов.", True),
    ],
)
def test_a_share_may_be_told_in_figures(source: str, sentence: str, *, wrong: bool) -> None:
    """2/3 is two thirds."""
    assert unsupported_number(sentence, "ru", statements(_cited(source, "ru"))) is wrong


@pytest.mark.parametrize(("points", "wrong"), [(25, False), (35, True)])
def test_a_quarter_point_is_25_basis_points(points: int, *, wrong: bool) -> None:
    """Rates are told in parts of a point."""
    told = statements(_cited("The bank cut its rate by a quarter-point.", "en"))
    assert unsupported_number(f"The bank cut its rate by {points} basis points.", "en", told) is wrong


@pytest.mark.parametrize(("day", "wrong"), [("October 1", False), ("September 24", False), ("October 2", True)])
def test_a_weekday_may_be_that_of_the_next_day(day: str, *, wrong: bool) -> None:
    """A report dated Monday may tell of "early Tuesday": papers appear in other time zones."""
    told = statements(_cited("Congress adjourned early Tuesday.", "en", date(2013, 9, 30)))
    assert unsupported_date(f"Congress adjourned on {day}, 2013.", "en", told) is wrong


def test_a_date_is_read_with_the_sentence_before_it() -> None:
    """What "they" are, the sentence before tells."""
    told = statements(_cited("There will be 60 districts. They will be formed by 22 April.", "en", date(2014, 4, 11)))
    assert any(re.match("There will", unit.text) for unit in _units(When(month=4, day=22), told))


@pytest.mark.parametrize(
    ("source", "language", "sentence", "wrong"),
    [
        ("Поданий до ЦИК звіт оприлюднили.", "ru", "Звіт подали до ЦВК.", False),
        ("She asked Delmore about it.", "en", "She asked Fanny Delmore about it.", False),
        ("She asked Rita Delmore about it.", "en", "She asked Fanny Delmore about it.", True),
        ("Безопасность Олимпийских игр обсудили.", "ru", "Обсудили безопасность Олимпиады.", False),
        ("Арестовали Виорела Центиу.", "ru", "Viorel Tentiu was arrested.", False),
    ],
)
def test_names_of_other_form_are_known(source: str, language: Language, sentence: str, *, wrong: bool) -> None:
    """Acronyms of two languages, first names that the source leaves out, nouns of its adjectives, other letters."""
    asked: Language = "en" if sentence.isascii() else "uk" if "Звіт" in sentence else "ru"
    assert unsupported_name(sentence, asked, _cited(source, language)) is wrong


def test_a_paper_that_is_told_something_does_not_say_it() -> None:
    """In an interview with DW, the guest speaks; a title is no name."""
    assert _speakers("Посол при ЕС Иван Дубко рассказал в интервью DW, что переговоры идут.", "ru") == _speakers(
        "Иван Дубко рассказал, что переговоры идут.", "ru"
    )
    assert _speakers('"All is well here today," said Lt. Col. Nina Harrow.', "en") == _speakers(
        "Nina Harrow said all is well.", "en"
    )


def test_a_complement_is_no_subject() -> None:
    """The strike of Ryanair's pilots began, not Ryanair; and "he" is nobody named in the clause."""
    assert not masked("Страйк пілотів Ryanair почався вночі", "uk").subjects
    assert not masked("he wore ears to play a Vulcan commander", "en").subjects


def test_who_passes_news_on_is_not_exchanged() -> None:
    """Behind "according to" stands no actor."""
    told = statements(_cited("Пишет Ласка. Дубко встретил Орлова, когда ехал в город.", "ru"))
    assert not any(
        each.startswith("По данным Дубко") for each in _exchanges("По данным Ласка, Дубко приехал.", "ru", told)
    )
