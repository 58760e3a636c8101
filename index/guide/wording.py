"""The words of example questions: names with the preposition and in the case that a question needs."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from index.guide.inflection import has_case, in_case, is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import AskerLanguage

LONGEST = 60  # characters: a question becomes a button
_RUSSIAN_VO = re.compile(r"[вф][^аеёиоуыэюя]|льв", re.IGNORECASE)
_UKRAINIAN_U = re.compile(r"[вф]|льв|[сзтх]в", re.IGNORECASE)
_RUSSIAN_OB = re.compile("[аиоуэaiou]", re.IGNORECASE)
_IN = {"en": re.compile(r"\b[Ii]n $"), "ru": re.compile(r"\b[Вв]о? $"), "uk": re.compile(r"\b[ВвУу] $")}
_NEXT_WORD = re.compile(r" ([^\W\d_]{4,})")


def question(kind: str, language: AskerLanguage, name: str | None) -> str | None:
    """The question of a kind about a name as ``place`` or ``spoken_of`` give it; None without one, or if too long."""
    text = str(table("questions")[kind][language]).format(name=name) if name else ""
    return text if 0 < len(text) <= LONGEST else None


def place(name: str, language: AskerLanguage) -> str | None:
    """A place's name in the base case as it stands in "What happened in ...?": "в Риге", "у Львові", "Riga"."""
    if language == "en":
        return name
    inflected = in_case(name, language, "loct")
    return _within(inflected, language) if inflected else None


def standing_in(before: str, name: str, after: str, language: AskerLanguage) -> str | None:
    """A place as an article has it after "in", for "What happened in ...?"; None where no "in" stands before it.

    An adjective takes the noun that follows it: "в Полтавской области".
    """
    if not _IN[language].search(before):
        return None
    if language == "en":
        return name
    last = name.rsplit(maxsplit=1)[-1]
    follows = _NEXT_WORD.match(after)
    if follows and has_case(last, language, "loct", "ADJF") and has_case(follows[1], language, "loct"):
        return _within(f"{name} {follows[1]}", language)
    return _within(name, language) if has_case(last, language, "loct") else None


def spoken_of(name: str, language: AskerLanguage) -> str | None:
    """A name in the base case as it stands in "What is known about ...?": "о Риге", "Ригу", "Riga"."""
    if language == "en":
        return name
    inflected = in_case(name, language, "loct" if language == "ru" else "accs") if is_cyrillic(name) else name
    if language == "uk" or not inflected:
        return inflected
    return f"{'об' if _RUSSIAN_OB.match(inflected) else 'о'} {inflected}"


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table of guide.toml."""
    tables = tomllib.loads(files("index.guide").joinpath("guide.toml").read_text("utf-8"))
    return dict(tables[name])


@cache
def words(name: str) -> frozenset[str]:
    """The keys of names.toml that a table of guide.toml lists."""
    return frozenset(str(table(name)["keys"]).split())


def _within(name: str, language: AskerLanguage) -> str:
    """A name in the locative with the preposition that its beginning asks for."""
    wide = (_RUSSIAN_VO if language == "ru" else _UKRAINIAN_U).match(name)
    return f"{('во' if wide else 'в') if language == 'ru' else ('у' if wide else 'в')} {name}"
