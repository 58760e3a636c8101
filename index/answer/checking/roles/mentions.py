"""Who and what a clause mentions, and which may be its subject: by case in Russian and Ukrainian, else by place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table, whole
from index.language import lemmas, names
from index.language.endings import forms
from index.language.lemmas import analyzer
from index.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.language.lemmas import Dictionary
    from index.types import Language

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ACRONYM = re.compile(r"[A-ZА-ЯІЇЄҐ]{2,6}")
_OPENING_QUOTES = ("«", "„", "“", '"')
_COUNTED = re.compile(r"\b(?:дво[еє]|тро[еє]|четверо|пятеро|п'ятеро|шестеро|семеро)\s$", re.IGNORECASE)
"""Before a genitive that is a subject all the same: "двоє пішоходів"."""
_LONGEST_NUMERAL = 10
_LED_WORDS = 3
_SHORTEST = 3
_CACHED = 4_000
_OBLIQUE = frozenset({"gent", "datv", "ablt", "loct", "gen2", "loc2", "accs"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a noun of a clause, with a key that names share across languages.

    ``subject`` is True where its case says that it is one, False where it cannot be, None where place must decide.
    ``led`` is the preposition before it, empty for none.
    """

    key: str
    start: int
    end: int
    named: bool
    subject: bool | None
    led: str


@lru_cache(maxsize=_CACHED)
def mentions(clause: str, language: Language) -> tuple[Mention, ...]:
    """The names and nouns of a clause in order."""
    text = straight(clause)
    named = {name.span.start: name.span.end for name in names(text, language)}
    keys = {name.span.start: name.key for name in names(text, language)}
    found: list[Mention] = []
    for match in _WORD.finditer(text):
        start = match.start()
        key = keys.get(start) or _unlisted_key(text, match, language)
        if key and (not found or start >= found[-1].end) and not _prepositions().fullmatch(match.group()):
            end = named.get(start, match.end())
            led = _led(text[:start], language)
            subject = _subject(text, match, language, led)
            found.append(Mention(key, start, end, ":" not in key, subject, led))
    return tuple(_in_apposition(found))


def _unlisted_key(text: str, word: re.Match[str], language: Language) -> str:
    """The key of a common noun, or of a name in quotes that is spelt like one; empty for any other word."""
    if _opens_quotes(text, word):
        return f"xn{skeleton(forms(word.group(), language).stems[0])}"
    return _noun(word.group(), language)


def _opens_quotes(text: str, word: re.Match[str]) -> bool:
    return word.group()[0].isupper() and text[: word.start()].endswith(_OPENING_QUOTES)


def _led(before: str, language: Language) -> str:
    """The preposition that leads a word, over adjectives and names; empty for none."""
    for word in reversed(_WORD.findall(before[_last_mark(before) :])[-_LED_WORDS:]):
        if _prepositions().fullmatch(word):
            return str(word).lower()
        if language != "en" and _ACRONYM.fullmatch(word):
            return ""  # who stands behind it begins a phrase of his own: "посол при ЕС Иван Дуб"
        if _is_verb(word) or (word.islower() and _noun(word, language)):
            return ""
    return ""


def _last_mark(text: str) -> int:
    return max(text.rfind(mark) for mark in ",;:") + 1


def _in_apposition(found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, of names one behind the other each with the same case: dictionaries know few surnames."""
    row: list[Mention] = []
    for each, following in zip_longest(found, found[1:]):
        row.append(each)
        if not following or not _adjacent(each, following):
            cases = {one.subject for one in row}
            shared = True if True in cases else False if False in cases else None
            yield from (replace(one, subject=shared) for one in row)
            row = []


def _adjacent(one: Mention, other: Mention) -> bool:
    """Whether two names stand one behind the other, or one in quotes behind the noun that says what it is."""
    quoted = other.named and other.start == one.end + len(" «")
    return quoted or (one.named and other.named and one.end + 1 == other.start and one.led == other.led)


@lru_cache(maxsize=_CACHED)
def _noun(word: str, language: Language) -> str:
    """The key of a common noun: its lemma, for comparison within one language; empty for any other word."""
    if len(word) < _SHORTEST or _is_verb(word):
        return ""
    if _CYRILLIC.search(word) and language in ("ru", "uk"):
        parses = analyzer("uk" if language == "uk" else "ru").parse(word.lower())
        if not any(parse.tag.POS == "NOUN" for parse in parses[:2]):
            return ""
    lemma = lemmas(word, language)[:1]
    return f"{language}:{lemma[0]}" if lemma else ""


def _subject(text: str, word: re.Match[str], language: Language, led: str) -> bool | None:
    """Whether the case of a word makes it a subject; None where that cannot be told."""
    if led:
        return False
    if language not in ("ru", "uk") or not _CYRILLIC.search(word.group()) or _opens_quotes(text, word):
        return None
    if _COUNTED.search(text[max(0, word.start() - _LONGEST_NUMERAL) : word.start()]):
        return True
    cases = _cases(word.group().lower(), "uk" if language == "uk" else "ru")
    if "nomn" in cases:
        return None if cases & _OBLIQUE else True
    return False if cases else None


@lru_cache(maxsize=_CACHED)
def _cases(word: str, dictionary: Dictionary) -> frozenset[str]:
    """The cases a word may stand in as a noun; none where no dictionary has it."""
    parses = [parse for parse in analyzer(dictionary).parse(word) if parse.tag.POS in ("NOUN", "ADJF")]
    likely = [parse for parse in parses if parse.is_known] or parses
    return frozenset(str(parse.tag.case) for parse in likely if parse.tag.case)


@cache
def _prepositions() -> re.Pattern[str]:
    return whole(table("roles")["prepositions"]["words"])


@lru_cache(maxsize=_CACHED)
def _is_verb(word: str) -> bool:
    return any(
        whole(words).fullmatch(word) is not None for verb in table("roles")["verbs"].values() for words in verb.values()
    )
