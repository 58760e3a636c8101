"""Names of an article in one language, as another language writes them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.guide.wording import is_base_case, is_known, table

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    own = [form for form in forms if _CYRILLIC.fullmatch(form) and not _NEVER[language].search(form)]
    if len([form for form in own if form.isupper()]) > 1:  # ВОЗ or ВООЗ: letters do not tell whose it is
        own = [form for form in own if not form.isupper()]
    telling = [form for form in own if where == "people" and _NEVER[_OTHER[language]].search(form)]
    return next((form for form in (*telling, *own) if form in telling or is_known(form, language)), None)


def elsewhere(name: str, keys: frozenset[str], written: Language, language: AskerLanguage) -> str | None:
    """A name as another language has it: as listed, else by its letters; None where that is not sure.

    Cyrillic letters are transliterated for English readers. Names in Latin letters are left as they are, and so are
    those that Russian and Ukrainian spell alike.
    """
    for where in _NAMED:
        if known := [key for key in sorted(keys) if section(key) == where]:
            return listed(known[0], language) if len(keys) == 1 or where in _PEOPLE else None
    if not _CYRILLIC.fullmatch(name):
        return name if _LATIN.fullmatch(name) and not name.isupper() and len(name) >= _SHORTEST else None
    own: AskerLanguage = "uk" if written == "uk" else "ru"
    # Single words are too often something else: an acronym, another case, a common noun.
    if len(name.split()) == 1 or not name.istitle() or not is_base_case(name, own):
        return None
    if language == "en":
        return "".join(_latin(name, own))
    return None if _DIFFERENT.search(name) else name


def _latin(name: str, written: str) -> Iterator[str]:
    letters = dict(pair.split(":") for pair in str(table("transliteration")[written]).split())
    for letter in name:
        latin = letters.get(letter.lower(), letter)
        yield latin.capitalize() if letter.isupper() else latin


@cache
def _rows() -> dict[str, tuple[str, str]]:
    """The section and the forms of each listed name, by its key."""
    source = tomllib.loads(files("index.language").joinpath("names.toml").read_text("utf-8"))
    sections = (*_NAMED, GIVEN)
    return {f"xt{key}": (name, row) for name in reversed(sections) for key, row in source[name].items()}
