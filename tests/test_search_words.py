"""What full text is compared by: lemmas within a language, name keys across all three."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language import lemmas, name_keys, search_words

if TYPE_CHECKING:
    from index.types import Language

SENTENCES: list[tuple[Language, str]] = [
    ("en", "Engineers told reporters that Kravets had signed the contract."),
    ("ru", "Инженеры рассказали журналистам, что Кравец подписал договор."),
    ("uk", "Інженери розповіли журналістам, що Кравець підписав угоду."),
]


def test_one_name_is_found_from_three_languages() -> None:
    """Of one report in three languages, the name is what the words have in common."""
    common = set.intersection(*(set(search_words(text, language)) for language, text in SENTENCES))
    assert common
    assert common == set.intersection(*(set(name_keys(text, language)) for language, text in SENTENCES))


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("en", "Bridges were repaired.", "bridge"),
        ("ru", "Починили мосты.", "мостов"),
        ("uk", "Мости лагодять.", "мостів"),
    ],
)
def test_forms_of_a_word_meet(language: Language, said: str, asked: str) -> None:
    """An inflected word in a question is among the words of a text that has it in another form."""
    assert set(search_words(asked, language)) <= set(search_words(said, language))


@settings(deadline=None)  # the first word loads a dictionary
@given(st.text(max_size=60), st.sampled_from(["ru", "uk", "en", "other"]))
def test_lemmas_come_before_names(text: str, language: Language) -> None:
    """Whatever the text: its lemmas, then its name keys, none empty, none with a space inside."""
    words = search_words(text, language)
    assert words == [*lemmas(text, language), *name_keys(text, language)]
    assert all(len(word.split()) == 1 for word in words)
