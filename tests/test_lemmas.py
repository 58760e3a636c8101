"""Lemmas: inflected forms meet, function words go, numbers stay."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import lemmas

if TYPE_CHECKING:
    from index.types import Language


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", "президент президента президентом ПРЕЗИДЕНТЫ"),
        ("ru", "Украина Украине Украину"),
        ("ru", "Путин Путина Путиным"),
        ("ru", "ребёнок дети ребенка"),
        ("ru", "елка ёлки"),
        ("uk", "президент президента президентом"),
        ("uk", "Україна України Україною"),
        ("uk", "людина люди людей людиною"),
        ("uk", "рада ради раду раді Радою"),
        ("uk", "стати стала стали став"),
        ("uk", "новий нова нового нове"),
        ("uk", "Ґалаґан Галаган"),
        ("uk", "об'єкт об’єкта обʼєктом"),
        ("en", "election elections Elections"),
        ("en", "child children children's"),
        ("en", "go went goes"),
        ("en", "Russian Russians russians"),
        ("en", "US U.S. US"),
    ],
)
def test_forms_of_a_word_share_a_lemma(language: Language, forms: str) -> None:
    """Case, number, tense, capitals and the sort of apostrophe make no difference."""
    assert len({tuple(lemmas(form, language)) for form in forms.split()}) == 1
    assert lemmas(forms, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Сколько человек было на выставке?", ["человек", "выставка"]),
        ("uk", "Хто очолює уряд України?", ["очолювати", "уряд", "україна"]),
        ("en", "Who was the president of the country?", ["president", "country"]),
        ("en", "What did the WHO say about it?", ["who", "say"]),
        ("ru", "Что сказал the New York Times?", ["сказать", "new", "york", "time"]),
        ("other", "Уряд України", ["уряд", "україна"]),
        ("en", "Київ is big", ["київ", "big"]),
        ("ru", "", []),
    ],
)
def test_only_content_words_are_kept_in_order(language: Language, text: str, expected: list[str]) -> None:
    """Question words, pronouns and prepositions go; words of another script are read as their own language."""
    assert lemmas(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 000", ["15000"]),
        ("15\u00a0000\u202f000", ["15000000"]),
        ("15,000", ["15000"]),
        ("3,5", ["3d5"]),
        ("3.5%", ["3d5"]),
        ("3.5.", ["3d5"]),
        ("13.08.2025", ["13", "08", "2025"]),
        ("18:30", ["18", "30"]),
        ("2022 300", ["2022", "300"]),
        ("F-16", ["f", "16"]),
        ("0", ["0"]),
    ],
)
def test_a_number_is_one_token_in_any_writing(text: str, expected: list[str]) -> None:
    """Digit groups are joined, the decimal mark becomes a letter, dates and times come as their parts."""
    assert all(lemmas(text, language) == expected for language in ("ru", "uk", "en"))


def test_spelling_is_evened_out() -> None:
    """Hyphens divide; stress marks, soft hyphens, apostrophes and stray Latin lookalikes vanish."""
    assert lemmas("северо-западный", "ru") == lemmas("северо западный", "ru")
    assert lemmas("Ки́ев", "ru") == lemmas("Ки\u00adев", "ru") == lemmas("Киев", "ru")
    assert lemmas("комiсiя", "uk") == lemmas("комісія", "uk")
    assert lemmas("O'Neill", "en") == ["oneill"]


@given(st.text(max_size=60), st.sampled_from(["ru", "uk", "en", "other"]))
def test_lemmas_are_letters_and_digits_only(text: str, language: Language) -> None:
    """Whatever the text, a lemma can stand in a full-text query unquoted."""
    assert all(lemma.isalnum() and lemma == lemma.casefold() for lemma in lemmas(text, language))


@given(st.integers(0, 10**12))
def test_numbers_are_never_dropped(number: int) -> None:
    """Plain and grouped writing give the same token."""
    assert lemmas(str(number), "en") == lemmas(f"{number:,}", "en") == [str(number)]


def test_a_russian_question_loads_no_other_dictionary() -> None:
    """The start of the first answer is not spent on dictionaries it does not need."""
    script = """
import sys
from index.language import lemmas
lemmas("Кто победил на выборах?", "ru")
print(sys.modules["index.language.lemmas"]._load_analyzer.cache_info().currsize, "simplemma" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "False"]
