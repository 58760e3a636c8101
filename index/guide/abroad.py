"""Names of an article in one language, as another language writes them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.guide.inflection import is_base_case, is_known
from index.guide.wording import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import AskerLanguage, Language

COUNTRIES, PLACES, GIVEN = "countries", "places", "given"
_PEOPLE = ("people", "surnames")
_NAMED = (*_PEOPLE, "organisations", COUNTRIES, PLACES)
"""Sections of names.toml whose entries name somebody or something; a first name alone names nobody."""
_SHORTEST = 4  # letters: shorter names in Latin letters are marks and abbreviations
_LATIN = re.compile(r"[A-ZÀ-Ž][^\u0400-\u052f]+")
_CYRILLIC = re.compile(r"[А-ЯЁЄІЇҐ][\u0400-\u052f'’ʼ -]*")
_NEVER = {"ru": re.compile("[іїєґ'’]", re.IGNORECASE), "uk": re.compile("[ыэёъ]", re.IGNORECASE)}
_OTHER: dict[AskerLanguage, AskerLanguage] = {"ru": "uk", "uk": "ru"}
_DIFFERENT = re.compile("[иыэёъіїєґ'’]", re.IGNORECASE)
"""Letters by which Russian and Ukrainian spellings of one name differ."""


def section(key: str) -> str:
    """The section of names.toml that lists a name; empty where none does."""
    return _rows().get(key, ("", ""))[0]


def listed(key: str, language: AskerLanguage) -> str | None:
    """A listed name in a language's base case; None where it is not listed, or the dictionary does not know the form.

    First names are not given: an entry joins what every language has its own form of.
    """
    where, row = _rows().get(key, ("", ""))
    forms = [form.strip() for form in row.split(",")] if where in _NAMED else []
    if language == "en":
        return next((form for form in forms if _LATIN.fullmatch(form)), None)
    own = _spelt_as_in(language, forms)
    telling = [form for form in own if where == "people" and _NEVER[_OTHER[language]].search(form)]
    return next(iter(telling), None) or next((form for form in own if is_known(form, language)), None)


def _spelt_as_in(language: AskerLanguage, forms: Sequence[str]) -> list[str]:
    """The Cyrillic forms without letters that Russian, or Ukrainian, does not have."""
    own = [form for form in forms if _CYRILLIC.fullmatch(form) and not _NEVER[language].search(form)]
    acronyms = [form for form in own if form.isupper()]
    # ВОЗ or ВООЗ: letters do not tell whose it is.
    return [form for form in own if form not in acronyms] if len(acronyms) > 1 else own


def elsewhere(name: str, keys: frozenset[str], written: Language, language: AskerLanguage) -> str | None:
    """A name as another language has it: as listed, else by its letters; None where that is not sure.

    Cyrillic letters are transliterated for English readers. Names in Latin letters are left as they are, and so are
    those that Russian and Ukrainian spell alike.
    """
    known = min((key for key in keys if section(key) in _NAMED), key=_telling, default=None)
    if known:
        return listed(known, language) if len(keys) == 1 or section(known) in _PEOPLE else None
    if _CYRILLIC.fullmatch(name):
        return _by_letters(name, "uk" if written == "uk" else "ru", language)
    return name if _LATIN.fullmatch(name) and not name.isupper() and len(name) >= _SHORTEST else None


def _telling(key: str) -> tuple[int, str]:
    """What orders the listed keys of one name: people first, as their names may have that of a place in them."""
    return _NAMED.index(section(key)), key


def _by_letters(name: str, own: AskerLanguage, language: AskerLanguage) -> str | None:
    """A Cyrillic name that is not listed; of single words none, which are too often a case or a common noun."""
    if len(name.split()) == 1 or not name.istitle() or not is_base_case(name, own):
        return None
    if language == "en":
        return _latin(name, own)
    return None if _DIFFERENT.search(name) else name


def _latin(name: str, written: AskerLanguage) -> str:
    letters = dict(pair.split(":") for pair in str(table("transliteration")[written]).split())
    latin = ((letter, letters.get(letter.lower(), letter)) for letter in name)
    return "".join(new.capitalize() if letter.isupper() else new for letter, new in latin)


@cache
def _rows() -> dict[str, tuple[str, str]]:
    """The section and the forms of each listed name, by its key."""
    source = tomllib.loads(files("index.language").joinpath("names.toml").read_text("utf-8"))
    sections = (*_NAMED, GIVEN)
    return {f"xt{key}": (name, row) for name in reversed(sections) for key, row in source[name].items()}
