"""The message catalogues say the same things in the three languages."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from bot.telegram.keyboards import MODES
from bot.telegram.texts_tour import ADMINISTRATORS_COMMANDS, COMMANDS
from index.language import detect
from index.small_talk import Kind
from index.types import ProblemKind
from prompts import CATALOGUES, catalogue, message, plural, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompts import InterfaceLanguage

ROOT = Path(__file__).parent.parent
LANGUAGES: tuple[InterfaceLanguage, ...] = ("ru", "uk", "en")
CATEGORIES = {"en": {"one", "other"}, "ru": {"one", "few", "many"}, "uk": {"one", "few", "many"}}
FOREIGN_LETTERS = {"uk": "ыэёъ", "ru": "іїєґ", "en": "абвгдежзиіїйклмнопрстуфхцчшщьыъэєюя"}
COMPUTED = {
    *(f"indexed_{name}" for name in ("added", "updated", "unchanged", "removed")),
    *(f"talk_{kind}" for kind in get_args(Kind) if kind != "wordless"),
    *(f"check_{kind}" for kind in get_args(ProblemKind)),
    *(f"tg_language_{code}" for code in (*LANGUAGES, "other")),
    *(f"tg_mode_{said}_{mode}" for said in ("now", "button") for mode in MODES),
    *(f"tg_cmd_{name}" for name in (*COMMANDS, *ADMINISTRATORS_COMMANDS)),
    *("tg_apology", "tg_late", "tg_added", "tg_updated", "tg_unchanged"),
}
"""Messages that the code names by putting their names together."""


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _forms(found: str | dict[str, str]) -> Iterable[str]:
    return found.values() if isinstance(found, dict) else [found]


def _all_text(language: InterfaceLanguage) -> str:
    return " ".join(text for found in catalogue(language).values() for text in _forms(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_have_the_same_messages(language: InterfaceLanguage) -> None:
    """Each message exists in each language, in every form with the same placeholders."""
    english = {key: _placeholders(next(iter(_forms(found)))) for key, found in catalogue("en").items()}
    assert catalogue(language).keys() == english.keys()
    for key, found in catalogue(language).items():
        assert [(key, _placeholders(text)) for text in _forms(found)] == [(key, english[key]) for _ in _forms(found)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_complete(language: InterfaceLanguage) -> None:
    """A message with forms has all that its language has, whole numbers in mind, and counts something."""
    counted = {key: found for key, found in catalogue(language).items() if isinstance(found, dict)}
    assert counted
    for key, forms in counted.items():
        assert (key, set(forms)) == (key, CATEGORIES[language])
        assert all("count" in _placeholders(text) for text in forms.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_stands_in_two_files(language: InterfaceLanguage) -> None:
    """The catalogue's files do not hide each other's messages."""
    assert sum(len(read(name, language)) for name in CATALOGUES) == len(catalogue(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_in_their_language(language: InterfaceLanguage) -> None:
    """Taken together, a catalogue's messages are in its language, and none has another language's letters."""
    assert detect(_all_text(language)) == language
    words = re.findall(r"\w+", _all_text(language))
    assert [word for word in words if set(word.lower()) & set(FOREIGN_LETTERS[language])] == []


def test_every_message_is_used() -> None:
    """No message is left that the code does not name."""
    code = "".join(path.read_text("utf-8") for folder in ("bot", "index") for path in (ROOT / folder).rglob("*.py"))
    assert [key for key in catalogue("en") if key not in COMPUTED and not re.search(rf'"{key}"', code)] == []


def test_every_message_named_exists() -> None:
    """The code names no message that the catalogue lacks."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    named = set(re.findall(r'(?:message|plain|_heading)\(\s*"(\w+)"', code)) | set(re.findall(r'"(tg_\w+)"', code))
    assert named - set(catalogue("en")) == set()


def test_placeholders_are_filled() -> None:
    """A message's placeholders take the given values."""
    assert message("by_author", "uk", author="Іван") == "Автор: Іван"


def test_missing_value_is_an_error() -> None:
    """A placeholder without a value is the programmer's mistake and is not hidden, nor is a missing count."""
    with pytest.raises(KeyError, match="author"):
        message("by_author", "en")
    with pytest.raises(KeyError, match="count"):
        message("tg_articles", "en")


@pytest.mark.parametrize(
    ("count", "russian", "ukrainian", "english"),
    [
        (0, "0 статей", "0 статей", "0 articles"),
        (1, "1 статья", "1 стаття", "1 article"),
        (2, "2 статьи", "2 статті", "2 articles"),
        (5, "5 статей", "5 статей", "5 articles"),
        (11, "11 статей", "11 статей", "11 articles"),
        (14, "14 статей", "14 статей", "14 articles"),
        (21, "21 статья", "21 стаття", "21 articles"),
        (22, "22 статьи", "22 статті", "22 articles"),
        (25, "25 статей", "25 статей", "25 articles"),
        (111, "111 статей", "111 статей", "111 articles"),
        (1_001, "1001 статья", "1001 стаття", "1001 articles"),
    ],
)
def test_counts_have_their_form(count: int, russian: str, ukrainian: str, english: str) -> None:
    """Every count takes the form that a native speaker gives it."""
    told = [message("tg_articles", language, count=count) for language in LANGUAGES]
    assert told == [russian, ukrainian, english]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_a_form(language: InterfaceLanguage) -> None:
    """Whatever the whole number, its category is one that the language has."""
    assert {plural(count, language) for count in range(-5, 500)} == CATEGORIES[language]
