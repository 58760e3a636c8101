"""The words of time in three languages: which tags stand for which words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGES = ("ru", "uk", "en")
_INFLECTED = re.compile(r"(?P<stem>[^()]*)\((?P<endings>[^()]*)\)(?P<rest>[^()]*)")
_WORD = re.compile(r"\w+(?:['’ʼ`]\w+)*")
_UNMARKED = str.maketrans({"ё": "е", "\u0301": None, "\u00ad": None} | dict.fromkeys("'’ʼ‘`´", ""))


@cache
def tags_by_phrase() -> dict[str, str]:
    """The tags of every word and phrase, words parted by single spaces and written as ``plain`` writes them."""
    return {phrase: tags for language in _LANGUAGES for phrase, tags in read_words(language)}


@cache
def longest_phrase() -> int:
    """How many words the longest phrase has."""
    return max(len(phrase.split()) for phrase in tags_by_phrase())


def without_time(text: str) -> str:
    """The text without the words that can speak of time, numbers among them."""
    return _WORD.sub(
        lambda word: " " if plain(word.group()) in _time_words() or word.group().isdecimal() else word.group(), text
    )


@cache
def _time_words() -> frozenset[str]:
    return frozenset(word for phrase in tags_by_phrase() for word in phrase.split())


def read_words(language: str) -> Iterator[tuple[str, str]]:
    """Each phrase of a language's file with its tags, inflections written out."""
    table = tomllib.loads(files("index.when").joinpath(f"{language}.toml").read_text("utf-8"))
    for tags, entries in table.items():
        for entry in entries.split(","):
            yield from ((plain(form.strip()), tags) for form in _forms(entry))


def plain(word: str) -> str:
    """Small letters, without the marks that people leave out: apostrophes, stress, the dots of ё, soft hyphens."""
    return word.lower().translate(_UNMARKED)


def _forms(entry: str) -> list[str]:
    inflected = _INFLECTED.fullmatch(entry)
    if not inflected:
        return [entry]
    return [inflected["stem"] + ending + inflected["rest"] for ending in inflected["endings"].split("|")]
