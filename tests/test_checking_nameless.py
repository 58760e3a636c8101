"""Words with a capital that name nobody, and names that the source writes small or in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.answer.checking.nameless import in_small_letters, is_code, is_no_name
from index.answer.checking.spellings import same_consonants, sounded, written_alike

if TYPE_CHECKING:
    from index.types import Language


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
