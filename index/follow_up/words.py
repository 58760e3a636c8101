"""The words that tell a question from one that goes on, as the language's TOML file lists them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.types import AskerLanguage

_UNMARKED = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_ONE_ALPHABET = str.maketrans("іїєґыэ", "ииегие")
"""Ukrainian and Russian letters for the same sounds, in words that both languages have: інженер, инженер."""
_STEM = 5  # letters
_WORD = re.compile(r"\w+(?:[-‑'’ʼ`]\w+)*")
_CACHED = 512
_NEVER = re.compile(r"(?!)")
PRONOUNS = {"he": "masc", "she": "femn", "it": "neut", "they": "plur"}
"""The lists of pronouns, and the gender or number that each has."""
AUXILIARIES = frozenset(
    {"did", "does", "do", "is", "are", "was", "were", "has", "have", "had", "will", "can", "could", "would", "should"}
)
"""Verbs that an English question begins with, the subject after them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as it is written, as the lists write it, and where it stands, the end exclusive."""

    text: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A language's lists: each a pattern over plain text, ``light`` a set of lemmas, ``prepositions`` kinds by word."""

    lists: Mapping[str, re.Pattern[str]]
    texts: Mapping[str, str]
    light: frozenset[str]
    prepositions: Mapping[str, frozenset[str]]

    def whole(self, key: str, text: str) -> bool:
        """Whether a text is one phrase of a list and nothing else."""
        return bool(self.lists[key].fullmatch(plain(text)))

    def within(self, key: str, text: str) -> bool:
        """Whether a phrase of a list stands anywhere in a text."""
        return bool(self.lists[key].search(plain(text)))

    def leading(self, key: str, text: str) -> int:
        """How many characters of a text the list's longest phrase takes up at its beginning, 0 where none does."""
        found = self.lists[key].match(plain(text))
        return found.end() if found else 0

    def question_word(self, text: str) -> int:
        """How many characters the question word takes up that a text begins with, 0 where it begins with none."""
        return self.leading("asking", text) or self.leading("adverbs", text)

    def asks(self, text: str) -> bool:
        """Whether a question word stands anywhere in a text."""
        return self.within("asking", text) or self.within("adverbs", text)

    def pronouns(self, word: str) -> list[str]:
        """The lists of pronouns that a word is in, those of owners ("own") last."""
        return [key for key in (*PRONOUNS, "own") if self.whole(key, word)]


@cache
def words(language: AskerLanguage) -> Words:
    """The lists of a language."""
    source = tomllib.loads(resources.files("index.follow_up").joinpath(f"{language}.toml").read_text("utf-8"))
    texts = {key: value for key, value in source.items() if isinstance(value, str)}
    lists = {key: _pattern(_entries(value)) for key, value in texts.items() if key != "light"}
    kinds: dict[str, set[str]] = {}
    for kind, entries in source["prepositions"].items():
        for word in _entries(entries):
            kinds.setdefault(word, set()).add(kind)
    prepositions = {word: frozenset(found) for word, found in kinds.items()}
    return Words(lists, texts, frozenset(plain(source["light"]).split()), prepositions)


def plain(text: str) -> str:
    """The text as the lists write it: small letters, е for ё, straight apostrophes. No character more or fewer."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text).translate(_UNMARKED)


def kin(one: Iterable[str], other: Iterable[str]) -> set[str]:
    """Those of the first words that begin as one of the others does: kindred words begin alike."""
    stems = {_beginning(each) for each in other}
    return {each for each in one if _beginning(each) in stems}


@lru_cache(maxsize=_CACHED)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    return tuple(Token(found.group(), plain(found.group()), *found.span()) for found in _WORD.finditer(text))


def _beginning(word: str) -> str:
    return word[:_STEM].translate(_ONE_ALPHABET)


def _entries(listed: str) -> list[str]:
    return [entry.strip() for entry in listed.split(",") if entry.strip()]


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    if not longest_first:
        return _NEVER
    either = "|".join(re.escape(each).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for each in longest_first)
    return re.compile(rf"(?<![\w'])(?:{either})(?![\w'])")
