"""The message catalogues say the same things in the three languages."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.language import detect
from prompts import catalogue, message

if TYPE_CHECKING:
    from prompts import InterfaceLanguage

ROOT = Path(__file__).parent.parent
LANGUAGES: tuple[InterfaceLanguage, ...] = ("ru", "uk", "en")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_catalogues_have_the_same_messages() -> None:
    """Each message exists in each language, with the same placeholders."""
    english = {key: _placeholders(text) for key, text in catalogue("en").items()}
    for language in LANGUAGES:
        assert {key: _placeholders(text) for key, text in catalogue(language).items()} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_in_their_language(language: InterfaceLanguage) -> None:
    """Taken together, a catalogue's messages are in its language."""
    assert detect(" ".join(catalogue(language).values())) == language


def test_every_message_is_used() -> None:
    """No message is left that the code does not name."""
    code = "".join(path.read_text("utf-8") for folder in ("bot", "index") for path in (ROOT / folder).rglob("*.py"))
    computed = {f"indexed_{name}" for name in ("added", "updated", "unchanged", "removed")}
    unused = [key for key in catalogue("en") if key not in computed and not re.search(rf'"{key}"', code)]
    assert unused == []


def test_placeholders_are_filled() -> None:
    """A message's placeholders take the given values."""
    assert message("by_author", "uk", author="Іван") == "Автор: Іван"


def test_missing_value_is_an_error() -> None:
    """A placeholder without a value is the programmer's mistake and is not hidden."""
    with pytest.raises(KeyError, match="author"):
        message("by_author", "en")
