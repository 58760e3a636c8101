"""Names of people, places and organisations, under one key in Russian, Ukrainian and English, whatever their case.

A name that names.toml lists has the key ``xt`` and its entry's; any other has ``xn`` and its sound (skeleton.py), an
acronym ``xa`` and its letters. No word of the three languages starts so, hence keys can stand beside lemmas in one
full-text index. A country's adjective and people share its key: who asks for Ukraine wants Ukrainian ministers too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from index.language.endings import NO_NAME, forms
from index.language.lemmas import CACHED_WORDS, repaired, stop_words
from index.language.name_table import BEGINNING, TOKEN, beginnings, entries, not_names, plain
from index.language.skeleton import letters, skeleton
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.language.endings import Forms
    from index.language.name_table import Entry
    from index.types import Language

LONGEST_ACRONYM = 4  # letters: anything longer in capitals may be a shouted word
SHORT_SOUND = 2  # letters of a skeleton: Xi, Li and Yi name too many to be told apart alone
# Quoted words and those in brackets often make a sentence of their own.
_OPENING = re.compile(r"""[.!?…:;•\n\r«"“„(]\W*$""")
_LOOK = 40  # code points before a word in which a sentence may have ended
_AFTER_INITIAL = frozenset({".", ". ", ".\u00a0"})
_WITHIN_NAME = frozenset(" -‑\u00a0")
_NUMERAL = re.compile("[IVXLCІХ]+")
_BETWEEN = re.compile(r"[ \u00a0\u202f‑'’\"«»“”-]{1,3}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: where it stands and the key that it shares with its other forms, made of [a-z0-9]."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A token of the text; ``opens`` where its capital means nothing, ``joined`` where it continues the one before."""

    text: str
    span: Span
    forms: Forms
    opens: bool
    joined: bool


def name_keys(text: str, language: Language) -> list[str]:
    """The keys of the names in a text, in order and with repeats."""
    return [name.key for name in names(text, language)]


def names(text: str, language: Language) -> list[Name]:
    """The names in a text in order: one a word, one for a listed name of several words, and pairs of short words.

    A name is a word with a capital, but at a sentence's start only if no dictionary lists it as a common word or the
    text has it elsewhere. Text all in small letters or all in capitals, as questions come, is read by dictionaries
    alone. ``language`` decides how words are read that could be Russian or Ukrainian.
    """
    level = text.islower() or text.isupper()
    words = _words(text, language, level=level)
    known = {word.forms.stems[0] for word in words if not level and not word.opens and word.text[0].isupper()}
    found: list[Name] = []
    at = 0
    while at < len(words):
        entry = _listed(words, at, level=level)
        length = 1 + len(entry.rest) if entry else 1
        if entry:
            found += _of_entry(entry, words[at : at + length])
        elif _is_name(words[at], known, level=level):
            found.append(Name(words[at].span, _key(words[at])))
        at += length
    return list(_with_pairs(found, text))


def _words(text: str, language: Language, *, level: bool) -> list[_Word]:
    """The words that may be names or parts of them; the others are only passed by."""
    words: list[_Word] = []
    end, before, passed = 0, "", True
    for match in TOKEN.finditer(text):
        token, forms = _read(match.group(), language, level)
        start, last = match.span()
        if forms is not NO_NAME:
            between = text[end:start]
            opens = not end or (_may_open(between) and not _is_initial(before, between))
            joined = not passed and _BETWEEN.fullmatch(between) is not None
            words.append(_Word(token, Span(start, last), forms, opens, joined))
        end, before, passed = last, token, forms is NO_NAME
    return words


@lru_cache(maxsize=CACHED_WORDS)
def _read(written: str, language: Language, level: bool) -> tuple[str, Forms]:  # noqa: FBT001 - a key of the cache
    """A token in plain letters, and its forms; NO_NAME where it can be no name, as most words in small letters."""
    token = repaired(plain(written))
    telling = level or not token.islower() or token[:BEGINNING] in beginnings()
    return token, forms(token, language) if telling else NO_NAME


def _may_open(between: str) -> bool:
    return between != " " and _OPENING.search(between[-_LOOK:]) is not None


def _is_initial(word: str, after: str) -> bool:
    return len(word) == 1 and word.isupper() and after in _AFTER_INITIAL


def _listed(words: Sequence[_Word], at: int, *, level: bool) -> Entry | None:
    """The longest listed name that starts with a word."""
    listed = entries()
    rows = [entry for stem in words[at].forms.stems if stem in listed for entry in listed[stem]]
    if not rows:
        return None
    fitting = (entry for entry in rows if _fits(entry, words, at, level=level))
    # Миколаєві may be of a city or of a man: places come first.
    return max(fitting, key=lambda entry: (len(entry.rest), not entry.person), default=None)


def _fits(entry: Entry, words: Sequence[_Word], at: int, *, level: bool) -> bool:
    first, rest = words[at], words[at + 1 : at + 1 + len(entry.rest)]
    if len(rest) < len(entry.rest):
        return False
    if not all(word.joined and stem in word.forms.stems for word, stem in zip(rest, entry.rest, strict=True)):
        return False
    if entry.small or (rest and (level or any(word.text[0].isupper() for word in (first, *rest)))):
        return True
    return _written_as_name(entry, first, level=level)


def _written_as_name(entry: Entry, word: _Word, *, level: bool) -> bool:
    """Whether a listed name of one word is meant, and no common word written alike."""
    if entry.shouted and not level:
        return word.text.isupper()
    doubtful = word.forms.everyday if entry.person or entry.shouted else not word.forms.nominal
    return (level or word.text[0].isupper()) and not (doubtful and (level or word.opens))


def _is_name(word: _Word, known: set[str], *, level: bool) -> bool:
    """Whether an unlisted word is a name, by its capital or, where that says nothing, by the dictionaries."""
    if len(word.text) == 1 or not word.text[0].isalpha() or _NUMERAL.fullmatch(word.text):
        return False
    if word.text.lower() in stop_words("other") or not not_names().isdisjoint(word.forms.stems):
        return False
    if level:
        return not word.forms.common
    return word.text[0].isupper() and (not word.opens or not word.forms.common or word.forms.stems[0] in known)


def _of_entry(entry: Entry, words: Sequence[_Word]) -> Iterator[Name]:
    yield Name(Span(words[0].span.start, words[-1].span.end), f"xt{entry.key}")
    for word in words if entry.parts else ():
        part = _listed((word,), 0, level=False)
        yield Name(word.span, f"xt{part.key}" if part else _key(word))


def _key(word: _Word) -> str:
    """The key of an unlisted word; of one without any sound, such as a lone soft sign or Chinese letters, just xn."""
    if 1 < len(word.text) <= LONGEST_ACRONYM and word.text.isupper():
        return f"xa{letters(word.text)}"
    return f"xn{skeleton(word.forms.stems[0])}"


def _with_pairs(found: Sequence[Name], text: str) -> Iterator[Name]:
    """The names that say something, and after two words, one of them short, the pair they make as one name."""
    sounding = [name for name in found if len(name.key) > len("xn")]
    for left, right in zip_longest(sounding, sounding[1:]):
        yield left
        if right and _are_pair(left, right) and text[left.span.end : right.span.start] in _WITHIN_NAME:
            yield Name(Span(left.span.start, right.span.end), left.key + right.key.removeprefix("xn"))


def _are_pair(left: Name, right: Name) -> bool:
    sounds = [name.key.removeprefix("xn") for name in (left, right) if name.key.startswith("xn")]
    return len(sounds) == len((left, right)) and min(map(len, sounds)) <= SHORT_SOUND
