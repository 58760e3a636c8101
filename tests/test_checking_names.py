"""Names of written sentences: other spellings, adjectives and shortened forms are known, other bearers are not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from index.answer.checking import Cited
from index.answer.checking.acronyms import stands_for, written_out
from index.answer.checking.cited import statements
from index.answer.checking.institutions import is_other
from index.answer.checking.naming import unsupported_name
from index.answer.checking.placing import misplaced
from index.answer.checking.spellings import alike, derived, written_alike
from index.types import Article, Published

if TYPE_CHECKING:
    from index.types import AskerLanguage, Language


def cite(text: str, language: Language = "en", whole: str = "", title: str = "") -> list[Cited]:
    """A passage of an article of Thursday, 5 March 2026; ``whole`` is the article's text where it is longer."""
    article = Article("a", "a", whole or text, language, title, published=Published(date(2026, 3, 5)))
    return [Cited(article, text)]


@pytest.mark.parametrize(
    ("sentence", "asked", "source", "language"),
    [
        ("Білградська мерія мовчить.", "uk", "Мэрия Белграда молчит.", "ru"),
        ("Дороги Донеччини ремонтують.", "uk", "У Донецькій області ремонтують дороги.", "uk"),
        ("The Transnistrian region is cold.", "en", "В Приднестровье холодно.", "ru"),
        ("Кишинёвский рынок закрыт.", "ru", "Рынок в Кишиневе закрыт.", "ru"),
        ("The dancers from San Marino won.", "en", "Перемогли танцюристи із Сан-Маріно.", "uk"),
    ],
)
def test_adjectives_and_regions_are_their_places(
    sentence: str, asked: AskerLanguage, source: str, language: Language
) -> None:
    """Who is of a place, or of the region around it, is known where the source names the place."""
    assert not unsupported_name(sentence, asked, cite(source, language))


@pytest.mark.parametrize(
    ("sentence", "asked", "source", "language"),
    [
        ("ФБР нашло машину.", "ru", "Федеральное бюро расследований нашло машину.", "ru"),
        ("Федеральное бюро расследований нашло машину.", "ru", "ФБР нашло машину.", "ru"),
        ("Нацбанк знизив ставку.", "uk", "Національний банк знизив ставку.", "uk"),
        ("Минфин США ввёл санкции.", "ru", "The U.S. Treasury imposed sanctions.", "en"),
        ("The BLS counts jobs.", "en", "The Bureau of Labor Statistics counts jobs.", "en"),
    ],
)
def test_shortened_names(sentence: str, asked: AskerLanguage, source: str, language: Language) -> None:
    """An acronym or a clipped compound stands for its words, and these for it."""
    assert not unsupported_name(sentence, asked, cite(source, language))


@pytest.mark.parametrize(
    ("sentence", "asked", "source", "language"),
    [
        ("Mayor Ceban spoke.", "en", "Выступил мэр Чебан.", "ru"),
        ("Виступив Сешнс.", "uk", "Senator Sessions spoke.", "en"),
        ("Выступил Эрнандес.", "ru", "Mr Hernandez spoke.", "en"),
        ("Minister Chicu spoke.", "en", "Выступил министр Кику.", "ru"),
        ("Выступила Нита Лоуи.", "ru", "Nita Lowey spoke.", "en"),
    ],
)
def test_names_in_another_script(sentence: str, asked: AskerLanguage, source: str, language: Language) -> None:
    """Romanisations of several languages are read."""
    assert not unsupported_name(sentence, asked, cite(source, language))


@pytest.mark.parametrize(
    ("sentence", "asked", "source", "language"),
    [
        ("Khamenei took power.", "en", "Khomeini took power.", "en"),
        ("Австралийские трамваи прибыли.", "ru", "Трамваи из Австрии прибыли.", "ru"),
        ("Про це пише «Вашингтон пост».", "uk", "The New York Times wrote about it.", "en"),
        ("Виборці Арізони голосують.", "uk", "The voters of Georgia go to the polls.", "en"),
        ("The concert took place in Warsaw.", "en", "The concert took place in Lublin, Poland.", "en"),
    ],
)
def test_names_that_are_almost_the_same(sentence: str, asked: AskerLanguage, source: str, language: Language) -> None:
    """What sounds, begins or belongs alike may still be another."""
    assert unsupported_name(sentence, asked, cite(source, language))


def test_a_capital_speaks_for_its_state() -> None:
    """A capital is the government unless something takes place there."""
    source = cite("Власти Польши закрыли границу.", "ru")
    assert not unsupported_name("Варшава закрыла границу.", "ru", source)
    assert unsupported_name("Границу закрыли в Варшаве.", "ru", cite("Границу закрыла полиция Польши.", "ru"))


def test_readers_know_their_own_country() -> None:
    """A country need not be named in a text written for those who live there."""
    assert not unsupported_name("Сенат США отклонил законопроект.", "ru", cite("The Senate rejected the bill."))


def test_first_names_from_elsewhere_in_the_article() -> None:
    """A first name that the article tells outside the passage is known beside the family name."""
    source = cite("Lahutyn opened the bridge.", whole="Ihor Lahutyn is the mayor. Lahutyn opened the bridge.")
    assert not unsupported_name("Ihor Lahutyn opened the bridge.", "en", source)
    assert unsupported_name("Petro Lahutyn opened the bridge.", "en", source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Его поддержали коммунисты.", "Его поддержала Партия социалистов."),
        ("Міністерство освіти підготувало звіт.", "У МОЗ підготували звіт."),
        ("The Supreme Court heard it.", "The Court of Appeal heard it."),
        ("За проголосував Сенат.", "The House voted for it."),
    ],
)
def test_other_institutions_of_a_family(sentence: str, source: str) -> None:
    """Where a source names a party, a ministry or a court, another one is not what it says."""
    assert is_other(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Верхня палата проголосувала.", "The Senate voted."),
        ("The Health Ministry wrote a report.", "У МОЗ підготували звіт."),
        ("The Supreme Court heard it.", "Judges heard it."),
    ],
)
def test_the_same_institution_in_other_words(sentence: str, source: str) -> None:
    """An institution goes by several names, and where a source has none of its family, words decide nothing."""
    assert not is_other(sentence, source)


def test_acronyms_skip_small_words() -> None:
    """Of, and, для count for no letter of an acronym; every other word does."""
    assert stands_for("OSCE", "the Organization for Security and Co Europe")
    assert not stands_for("FBI", "the Federal Board of Trade")
    assert written_out("Спустя год Федеральное бюро расследований", 10, "ФБР")


def test_kindred_words() -> None:
    """Forms and adjectives begin alike; sounds allow what romanisations do."""
    assert written_alike("лагутина", "лагутин")
    assert not written_alike("khamenei", "khomeini")
    assert alike("xnsaxns", "xnsasans")
    assert "xtbudapest" in derived("будапештского", "ru")


def test_an_event_in_another_place() -> None:
    """The day tells which of two events is meant, and the source where it was."""
    told = statements(cite("The first fair was held in Oslo on 3 May. The second was in Riga on 9 June."))
    assert misplaced("The second fair was held in Oslo on 9 June.", "en", told)
    assert not misplaced("The second fair was held in Riga on 9 June.", "en", told)
    assert not misplaced("On 9 June the second fair was held.", "en", told)
