"""Words with a capital that need no telling by the source: units, calendars, and adjectives that it writes small."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table
from index.language.endings import forms
from index.language.lemmas import analyzer
from index.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from index.types import Language

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_VOWELS = "аеиоуыэюяєїійьъ"
_STEM = 3  # letters that an adjective keeps of a name
_SHORTEST = 5  # letters of a word that is told from others by its sound
_PROPER = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn", "Abbr"})
_ADJECTIVE_ENDING = r"(?:ий|[аояиы][яеїх]?|им|ими|ого|о[йїму]|ому|у[ю]?|е|і|их|ії|ою|ій)"
_CACHED = 4_000


def is_code(written: str) -> bool:
    """Whether capitals are a unit of money, an era or a term that everybody shortens: UAH, BC, ВВП."""
    return straight(written).removesuffix("'s") in table("nameless")["codes"]["words"].split()


@lru_cache(maxsize=_CACHED)
def is_no_name(written: str, language: Language) -> bool:
    """Whether a word is a frequent noun of Russian or Ukrainian and no name.

    Papers of both write holidays, offices and bodies with a capital: "День шахтёра", "Кабінет Міністрів".
    """
    word = straight(written)
    if language not in ("ru", "uk") or not _CYRILLIC.search(word):
        return False
    if word.lower() in table("nameless")["holidays"]["words"].split("|"):
        return True
    parses = analyzer("uk" if language == "uk" else "ru").parse(word.lower())
    known = [parse.tag for parse in parses if parse.is_known]
    common = bool(known) and all(tag.POS == "NOUN" and not tag.grammemes & _PROPER for tag in known)
    return common and forms(word, language).everyday


def in_small_letters(written: str, language: Language, words: AbstractSet[str], *, shared: bool) -> bool:
    """Whether a source has a name in small letters: as an adjective ("рівненський") or, in another script, as a word.

    ``words`` are those of the source; ``shared`` tells that all of them are in the sentence's language.
    """
    lower = straight(written).lower()
    stem = lower.rstrip(_VOWELS)
    if _CYRILLIC.search(lower) and len(stem) >= _STEM and len(lower) > _STEM:
        adjective = re.compile(rf"{re.escape(stem[:-1])}{stem[-1]}?\w{{0,3}}[сц]ь?к{_ADJECTIVE_ENDING}")
        if any(adjective.fullmatch(word) for word in words if word.startswith(stem[:-1])):
            return True
    if shared or len(lower) < _SHORTEST:
        return False
    return _sound(lower, language) in _sounds_of(frozenset(words))


@lru_cache(maxsize=512)
def _sounds_of(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_sound(word, "other") for word in words if len(word) >= _SHORTEST)


@lru_cache(maxsize=_CACHED)
def _sound(word: str, language: Language) -> str:
    return skeleton(forms(word.removesuffix("'s"), language).stems[0])
