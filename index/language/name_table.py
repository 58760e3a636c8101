"""The names of names.toml by their forms: countries, cities, organisations and people that no rule brings together."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.language.composed import composed
from index.language.endings import SHORTEST_STEM, folded
from index.language.skeleton import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r"(?<!\w)(?:[A-Z]\.){2,9}(?!\w)"
    r"|[^\W_]++(?:(?:[\u0300-\u036f\u00ad]|['’ʼ‘`´](?=[^\W_]))[^\W_]*+)*+"
)
"""A word with its marks and apostrophes, or an abbreviation with full stops."""
_UNMARKED = str.maketrans({"\u0301": None, "\u00ad": None, ".": None} | dict.fromkeys("’ʼ‘`´", "'"))
_ENGLISH_ENDING = re.compile(r"(?<=[a-zA-Z])'(?:s|S)$")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
BEGINNING = 3  # letters, which no case changes
_PEOPLE = frozenset({"given", "surnames"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a listed name: the words after its first as stems, its key, and how it must be written to count.

    ``small`` forms count with a small letter too, ``shouted`` ones only in capitals; ``person`` tells first and family
    names; ``parts`` asks for a key of each word besides.
    """

    rest: tuple[str, ...]
    key: str
    small: bool
    shouted: bool
    person: bool
    parts: bool


def plain(token: str) -> str:
    """A token in NFC with straight apostrophes, without stress marks, soft hyphens, full stops and a possessive 's."""
    # Й and ї decompose too, so that marks are taken off composed letters.
    return _ENGLISH_ENDING.sub("", composed(token).translate(_UNMARKED))


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """The forms of all listed names by the stem of their first word, those of most words first."""
    found: dict[str, list[Entry]] = {}
    for section, names in _source().items():
        for key, row in names.items() if section != "not_names" else ():
            for form in row.split(","):
                first, entry = _entry(form.strip(), key, section)
                found.setdefault(first, []).append(entry)
    return {first: tuple(sorted(rows, key=lambda row: -len(row.rest))) for first, rows in found.items()}


@cache
def place_keys() -> frozenset[str]:
    """The keys of the countries, cities and regions among the listed names."""
    return frozenset(key for section in ("countries", "places") for key in _source()[section])


@cache
def beginnings() -> frozenset[str]:
    """The first letters of the words of listed names that may be written small; any other small word is no name."""
    rest = (word for rows in entries().values() for entry in rows for word in entry.rest)
    small = (first for first, rows in entries().items() if any(entry.small for entry in rows))
    return frozenset(word[:BEGINNING] for word in (*rest, *small))


@cache
def not_names() -> frozenset[str]:
    """Stems of words that papers write with a capital and that name nobody: titles, months, days of the week."""
    return frozenset(_key(word) for words in _source()["not_names"].values() for word in words.split())


@cache
def _source() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("index.language").joinpath("names.toml").read_text("utf-8"))


def _entry(form: str, key: str, section: str) -> tuple[str, Entry]:
    words = list(_words(form))
    first, *rest = [_key(word.lower()) for word in words]
    small, shouted = words[0][0].islower(), len(words) == 1 and form.isupper()
    person = section in _PEOPLE
    return first, Entry(tuple(rest), key, small, shouted, person=person, parts=section == "people")


def _words(text: str) -> Iterator[str]:
    return (plain(match.group()) for match in TOKEN.finditer(text))


def _key(word: str) -> str:
    """A form's word as it is looked up: without final vowels where enough is left."""
    whole = folded(word)
    short = stem(whole)
    return short if _CYRILLIC.search(whole) and len(short) >= SHORTEST_STEM else whole
