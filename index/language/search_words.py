"""What full-text search compares: a text's lemmas, and its names under keys that all three languages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.language.lemmas import lemmas
from index.language.names import name_keys

if TYPE_CHECKING:
    from index.types import Language


def search_words(text: str, language: Language) -> list[str]:
    """Lemmas, then name keys: words meet within a language, names across languages as well."""
    return [*lemmas(text, language), *name_keys(text, language)]
