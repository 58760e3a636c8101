"""Names and what they are shortened to: acronyms (ФБР, FBI) and clipped compounds (Нацбанк, Опоблок)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ]{2,7}(?=s?(?:'s)?(?!\w))")
_DOTS = re.compile(r"(?<=[A-Z])\.(?=[A-Z])")
_COMPOUND = re.compile(r"(?<!\w)[^\W\d_]{5,}")
_SMALL = "of the for and to in on a de la du des и і й та на в у во по с з из із о об"
_LINKS = frozenset(re.findall(r"\w+", _SMALL))
_CLIPPED = 3  # letters that a clipped word keeps at least
_ENDING = 3  # letters that a case may change
_CACHED = 1_000


@lru_cache(maxsize=_CACHED)
def shortened(text: str) -> frozenset[str]:
    """The acronyms of a text, without regard to who they stand for."""
    return frozenset(match.group() for match in _ACRONYM.finditer(_DOTS.sub("", straight(text))))


def stands_for(short: str, text: str) -> bool:
    """Whether a text has the words that an acronym or a clipped compound is made of."""
    words = _words(text)
    if _ACRONYM.fullmatch(short):
        return any(_spells(short, words, at) for at in range(len(words)))
    return any(_is_clipped(short.lower(), words, at) for at in range(len(words)))


def written_out(sentence: str, start: int, source: str) -> bool:
    """Whether the word at ``start`` of a sentence belongs to words that the source shortens."""
    words = [match.group() for match in _WORD.finditer(straight(sentence))]
    place = sum(1 for match in _WORD.finditer(straight(sentence)) if match.end() <= start)
    for at in range(max(0, place - 5), place + 1):
        for short in shortened(source):
            length = _spells(short, words, at)
            if length > place - at:
                return True
    near = words[max(0, place - 1) : place + 2]
    return any(_is_clipped(each, near, at) for each in _compounds(source) for at in range(len(near)))


def _spells(short: str, words: Sequence[str], at: int) -> int:
    """How many words from ``at`` on have the letters of an acronym as their first ones; 0 where they have not."""
    length = 0
    for letter in short:
        while length and at + length < len(words) and words[at + length].lower() in _LINKS - {letter.lower()}:
            length += 1
        if at + length >= len(words) or words[at + length][0].upper() != letter:
            return 0
        length += 1
    return length if words[at][0].isupper() and len(words[at]) > 1 else 0


def _is_clipped(compound: str, words: Sequence[str], at: int) -> bool:
    """Whether a compound begins as one word and goes on as the next begins."""
    if at + 1 >= len(words):
        return False
    first, second = words[at].lower(), words[at + 1].lower()
    for cut in range(_CLIPPED, len(compound) - _CLIPPED + 1):
        rest = compound[cut:]
        kept = rest[: max(_CLIPPED, len(rest) - _ENDING + 1)]
        if first.startswith(compound[:cut]) and len(first) > cut and second.startswith(kept):
            return True
    return False


@lru_cache(maxsize=_CACHED)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(straight(text)))


@lru_cache(maxsize=_CACHED)
def _compounds(text: str) -> frozenset[str]:
    return frozenset(match.group().lower() for match in _COMPOUND.finditer(straight(text)))
