"""Names of written sentences: other spellings, adjectives and shortened forms are known, other bearers are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.answer.checking.names import misplaced, unsupported_name
from index.answer.checking.names.acronyms import stands_for, written_out
from index.answer.checking.names.institutions import is_other
from index.answer.checking.names.nameless import in_small_letters, is_code, is_no_name
from index.answer.checking.names.spellings import alike, derived, same_consonants, sounded, written_alike
from tests.checking_samples import cite, language_of, told

if TYPE_CHECKING:
    from index.types import Language

KNOWN = [
    # Who is of a place, or of the region around it.
    ("Білградська мерія мовчить.", "Мэрия Белграда молчит."),
    ("Дороги Донеччини ремонтують.", "У Донецькій області ремонтують дороги."),
    ("The Transnistrian region is cold.", "В Приднестровье холодно."),
    ("Кишинёвский рынок закрыт.", "Рынок в Кишиневе закрыт."),
    ("The dancers from San Marino won.", "Перемогли танцюристи із Сан-Маріно."),
    # An acronym or a clipped compound for its words, and these for it.
    ("ФБР нашло машину.", "Федеральное бюро расследований нашло машину."),
    ("Федеральное бюро расследований нашло машину.", "ФБР нашло машину."),
    ("Нацбанк знизив ставку.", "Національний банк знизив ставку."),
    ("Минфин США ввёл санкции.", "The U.S. Treasury imposed sanctions."),
    ("The BLS counts jobs.", "The Bureau of Labor Statistics counts jobs."),
    # Romanisations of several languages.
    ("Mayor Ceban spoke.", "Выступил мэр Чебан."),
    ("Виступає Сешнс.", "Senator Sessions spoke."),
    ("Выступил Эрнандес.", "Mr Hernandez spoke."),
    ("Minister Chicu spoke.", "Выступил министр Кику."),
    ("Выступила Нита Лоуи.", "Nita Lowey spoke."),
    # Acronyms of two languages, first names that the source leaves out, nouns of its adjectives.
    ("Звіт подали до ЦВК.", "Поданий до ЦИК звіт оприлюднили."),
    ("She asked Fanny Delmore about it.", "She asked Delmore about it."),
    ("Обсудили безопасность Олимпиады.", "Безопасность Олимпийских игр обсудили."),
    ("Viorel Tentiu was arrested.", "Арестовали Виорела Центиу."),
    # A capital that is its government, and the country of those for whom a text was written.
    ("Варшава закрыла границу.", "Власти Польши закрыли границу."),
    ("Сенат США отклонил законопроект.", "The Senate rejected the bill."),
]
OTHERS = [
    ("Khamenei took power.", "Khomeini took power."),
    ("Австралийские трамваи прибыли.", "Трамваи из Австрии прибыли."),
    ("Про це пише «Вашингтон пост».", "The New York Times wrote about it."),
    ("Виборці Арізони голосують.", "The voters of Georgia go to the polls."),
    ("The concert took place in Warsaw.", "The concert took place in Lublin, Poland."),
    ("She asked Fanny Delmore about it.", "She asked Rita Delmore about it."),
    ("Границу закрыли в Варшаве.", "Границу закрыла полиция Польши."),
]
INSTITUTIONS = [
    ("Его поддержали коммунисты.", "Его поддержала Партия социалистов.", True),
    ("Міністерство освіти підготувало звіт.", "У МОЗ підготували звіт.", True),
    ("The Supreme Court heard it.", "The Court of Appeal heard it.", True),
    ("За проголосував Сенат.", "The House voted for it.", True),
    ("Верхня палата проголосувала.", "The Senate voted.", False),
    ("The Health Ministry wrote a report.", "У МОЗ підготували звіт.", False),
    ("The Supreme Court heard it.", "Judges heard it.", False),
]


@pytest.mark.parametrize(("sentence", "source"), KNOWN)
def test_names_in_another_form(sentence: str, source: str) -> None:
    """A name may be derived, shortened or spelt in another script."""
    assert not unsupported_name(sentence, language_of(sentence), cite(source))


@pytest.mark.parametrize(("sentence", "source"), OTHERS)
def test_names_that_are_almost_the_same(sentence: str, source: str) -> None:
    """What sounds, begins or belongs alike may still be another."""
    assert unsupported_name(sentence, language_of(sentence), cite(source))


def test_first_names_from_elsewhere_in_the_article() -> None:
    """A first name that the article tells outside the passage is known beside the family name."""
    source = cite("Lahutyn opened the bridge.", whole="Ihor Lahutyn is the mayor. Lahutyn opened the bridge.")
    assert not unsupported_name("Ihor Lahutyn opened the bridge.", "en", source)
    assert unsupported_name("Petro Lahutyn opened the bridge.", "en", source)


@pytest.mark.parametrize(("sentence", "source", "other"), INSTITUTIONS)
def test_institutions(sentence: str, source: str, *, other: bool) -> None:
    """One that goes by another name is the same; another of its family is not, if the source has any of it."""
    assert is_other(sentence, source) is other


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
    source = told("The first fair was held in Oslo on 3 May. The second was in Riga on 9 June.")
    assert misplaced("The second fair was held in Oslo on 9 June.", "en", source)
    assert not misplaced("The second fair was held in Riga on 9 June.", "en", source)
    assert not misplaced("On 9 June the second fair was held.", "en", source)


@pytest.mark.parametrize("written", ["UAH", "BC", "ВВП", "GDP's"])
def test_codes_name_nobody(written: str) -> None:
    """Money, eras and terms of trade may be a writer's own."""
    assert is_code(written)


@pytest.mark.parametrize(("word", "language"), [("Дня", "uk"), ("Праздника", "ru")])
def test_a_frequent_noun_with_a_capital_is_no_name(word: str, language: Language) -> None:
    """Holidays are written so."""
    assert is_no_name(word, language)


@pytest.mark.parametrize(("word", "language"), [("Тернополя", "uk"), ("Лозанны", "ru"), ("Fox", "en")])
def test_places_and_english_words_stay_names(word: str, language: Language) -> None:
    """English writes a capital only where a name is meant."""
    assert not is_no_name(word, language)


def test_a_name_is_known_by_its_adjective_in_small_letters() -> None:
    """A school called "чалтырская" is of Чалтырь."""
    assert in_small_letters("Чалтыря", "ru", {"чалтырская", "школа"}, shared=True)
    assert not in_small_letters("Чалтыря", "ru", {"школа", "чаща"}, shared=True)


def test_a_word_of_another_script_is_known_by_its_sound() -> None:
    """What Russian writes small English may write with a capital, not within one language."""
    assert in_small_letters("Securitate", "en", {"секуритате"}, shared=False)
    assert not in_small_letters("Securitate", "en", {"секуритате"}, shared=True)


def test_short_first_names_differ_by_vowels_in_two_scripts() -> None:
    """Пэт is Pat."""
    assert same_consonants("xnpet", "xnpat")
    assert not same_consonants("xnpet", "xnpal")


def test_a_short_name_keeps_its_letters_in_each_case() -> None:
    """Ион, с Ионом; Иван is another."""
    assert written_alike("ионом", "ион")
    assert not written_alike("ионом", "иван")


def test_a_soft_c_is_heard_before_e() -> None:
    """Ceausescu is Чаушеску."""
    assert "cheausescu" in sounded("Ceausescu")
