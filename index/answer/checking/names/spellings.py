"""Whether two names may be one: in another script, another case, as an adjective or as those who live there."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table
from index.language import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Language

_ALIKE = 0.75
"""Likeness of two names' sounds (Ratcliff-Obershelp) from which on they are taken for one name in two spellings."""
_ALIKE_WITHIN = 0.83
"""The same for long names that do not even begin alike: Țurcan is Цуркан and Turcan."""
_ALIKE_WRITTEN = 0.8
"""The same for the letters of two words of one language, where only the case tells them apart: Khomeini, Khamenei."""
_SHORT, _LONG = 3, 6  # sounds
_SHARED, _SHARED_OF = 4, 0.6  # letters that kindred words begin with, and as a share of the longer one
_STEM, _ENDING = 3, 3  # letters: of a short name, and of what a case adds
_GLIDE = re.compile("^j|[ae]")
_ASPIRATE = re.compile("^g(?=[ae])")
_SOFT_W = re.compile("([aeo])w(?=[aeiouy])")
_SOFT_C = re.compile("c(?=[eiéî])")
_HISSED_T = re.compile("^t(?=[eiu])")
_SIBILANTS = str.maketrans("xcj", "sss")
_VOWELS = re.compile("(?<!^)[ae]")
_DOUBLED = re.compile(r"(.)\1+")
_ADJECTIVE = re.compile(
    r"^(\w{3,}?)(?:и?[йн]?ан)?(?:н?[сц]ь?к(?:ий|ая|ое|ие|ого|ой|ому|ую|им|их|ими|ом|а|е|і|ої|у|ою|ій)|ian|an|n|ese|i)$"
)
_LEARNED = re.compile(r"(\w{5,})(?:ийск|ійськ|ическ|ічн)\w+$")
_BASES = ("", "а", "я", "ия", "ія", "ь", "ы", "и", "е", "о", "a", "ia", "e")


def alike(one: str, other: str) -> bool:
    """Whether a key of a name of the sentence may be another of the source, spelt in another way."""
    if one.startswith("xt"):
        return other.endswith(one[2:])  # of Южной Кореи only Корея may have been read
    if one[:2] != "xn" or other[:2] != "xn":
        return False
    left, right = _without_onsets(one[2:], other[2:])
    if left == right or min(len(left), len(right)) < _SHORT:
        return left == right != ""
    if _hissed(left) == _hissed(right) and len(_hissed(left)) >= _SHORT:
        return True
    return SequenceMatcher(None, left, right).ratio() >= _least_likeness(left, right)


def _without_onsets(left: str, right: str) -> tuple[str, str]:
    """The sounds of two names without first ones that only one of them is written with."""
    if "j" in (left[:1], right[:1]) and left[:1] != right[:1]:
        # J is a glide in most languages of Europe: Joakim is Йоаким.
        left, right = _GLIDE.sub("", left), _GLIDE.sub("", right)
    if left.startswith("g") != right.startswith("g"):  # Hernandez is Эрнандес
        left, right = _ASPIRATE.sub("", left), _ASPIRATE.sub("", right)
    return left, right


def _least_likeness(left: str, right: str) -> float:
    if left[0] == right[0]:
        return _ALIKE
    return _ALIKE_WITHIN if min(len(left), len(right)) >= _LONG else 1.0


def same_consonants(one: str, other: str) -> bool:
    """Whether the keys of two unlisted names differ by vowels alone, as short first names in two scripts do."""
    left, right = (_VOWELS.sub("", each.removeprefix("xn")) for each in (one, other))
    return one[:2] == other[:2] == "xn" and len(left) > 1 and left == right


def sounded(word: str) -> tuple[str, ...]:
    """A word as it may sound in other languages than English: Chicu is Кику, Lowey is Лоуи, Tentiu is Центиу."""
    lower = word.lower()
    soft = _SOFT_C.sub("ch", lower)
    hissed = _HISSED_T.sub("ts", lower)
    return tuple(dict.fromkeys((word, lower.replace("ch", "k"), _SOFT_W.sub(r"\1", lower), soft, hissed)))


def written_alike(one: str, other: str) -> bool:
    """Whether two words in small letters, of one language, are forms of one name or of kindred ones."""
    begun = _begun(one, other)
    short, longer = sorted((len(one), len(other)))
    if begun >= _STEM and begun >= short - 1 and longer - begun <= _ENDING:
        return True  # Ион, Ионом
    if begun >= _SHARED and begun >= _SHARED_OF * longer:
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE_WRITTEN


def of_adjective(word: str, adjective: str) -> bool:
    """Whether a word in small letters is what an adjective of the source is made of: Олимпиада, "олимпийский"."""
    match = _LEARNED.match(adjective)
    return match is not None and word.startswith(match[1])


def derived(word: str, language: Language) -> frozenset[str]:
    """Keys of the listed names that a word is an adjective of, or a region of: "белградский", "Донеччина"."""
    plain = straight(word)
    found = {f"xt{key}" for key, pattern in _patterns("regions") if pattern.fullmatch(plain)}
    match = _ADJECTIVE.match(plain.lower())
    for ending in _BASES if match else ():
        found |= _listed(f"{match[1]}{ending}" if match else "", language)
    return frozenset(found)


def in_regions(text: str) -> frozenset[str]:
    """Keys of the listed names whose regions or people a text speaks of, or whose readers it was written for."""
    plain = straight(text)
    patterns = (*_patterns("regions"), *_patterns("home"))
    return frozenset(f"xt{key}" for key, pattern in patterns if pattern.search(plain))


@lru_cache(maxsize=4_000)
def _listed(word: str, language: Language) -> frozenset[str]:
    return frozenset(each.key for each in names(f"в {word.capitalize()}", language) if each.key.startswith("xt"))


def _hissed(sounds: str) -> str:
    """The consonants with all sibilants as one: Sessions is Сешнс, Ceban may be Чебан."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", sounds.translate(_SIBILANTS)))


def _begun(one: str, other: str) -> int:
    pairs: Iterable[tuple[str, str]] = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


@cache
def _patterns(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("regions")[section].items()
    return tuple((key, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for key, words in rows)
