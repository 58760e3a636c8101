"""The base forms a word may stand for, as far as names need them, and whether it is more likely no name at all.

The dictionaries of pymorphy3 know most names; rules after the declension of Russian and Ukrainian surnames take the
endings off the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.language.lemmas import CACHED_WORDS, is_english, is_known, readings, stop_words, word_lists
from index.language.skeleton import bare, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.language.lemmas import Dictionary
    from index.types import Language

SHORTEST_STEM = 4  # letters: a shorter one is too many words at once
LIKELY = 0.4  # of a Russian form's readings, by the dictionary's counts
_PROPER = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn"})
_SINGLE = frozenset({"Name", "Geox"})
_NOMINAL = frozenset({"NOUN", "ADJF"})
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ONLY_RUSSIAN, _ONLY_UKRAINIAN = re.compile("[ыэёъ]"), re.compile("[іїєґ']")
# After the declension of surnames: adjectival ones, the instrumental of those in -ов and -ин, plurals and datives, the
# instrumental of the rest. Final vowels go anyway; -ам, -ах and -их stay, for base forms have them too (Вьетнам).
_ENDING = re.compile(
    r"""(?<=[цс]ьк)(?:ого|ому|им|ими|их)$ | (?<=[цс]к)(?:ого|ому|им|ими|их)$ | (?<=...)(?:[ое]го|[ое]му|[иы]ми)$
    | (?<=[оеєёіиїы][внд])[иыі]м$ | (?<=[^аеиіоуыэюяєї]н)[иыі]м$
    | (?<=...)(?:[ая]ми|[оеє]ві)$ | (?<=..[^аеиіоуыэюяєїйьъ])[оеє]м$ | (?<=.[аеиоу])[еє]м$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Forms:
    """What one written word may stand for.

    ``stems`` are base forms in lower case, likeliest first, each also without its final vowel. ``common`` tells that no
    dictionary has the word as a name above all, ``everyday`` that it is a frequent word besides, and ``nominal`` that
    it may be a noun or an adjective, as names are.
    """

    stems: tuple[str, ...]
    common: bool
    everyday: bool
    nominal: bool


NO_NAME = Forms((), common=True, everyday=True, nominal=False)


@lru_cache(maxsize=CACHED_WORDS)
def forms(word: str, language: Language) -> Forms:
    """The forms of a word, given in NFC with straight apostrophes; letters tell which language it is read in."""
    lower = word.lower()
    if not _CYRILLIC.search(lower):
        return _latin(lower)
    russian = _ONLY_RUSSIAN.search(lower) or (language != "uk" and not _ONLY_UKRAINIAN.search(lower))
    return _cyrillic(lower, "ru" if russian else "uk")


def folded(word: str) -> str:
    """A lower-case word as tables of names are keyed: ё as е, ґ as г, no apostrophes, no marks on Latin letters."""
    plain = word.replace("ё", "е").replace("ґ", "г").replace("'", "")
    return plain if _CYRILLIC.search(plain) else bare(plain)


def _latin(lower: str) -> Forms:
    singular = [lower[:-1]] if lower.endswith("s") and len(lower) >= SHORTEST_STEM else []
    stop = lower in stop_words("en")
    return Forms(tuple(map(folded, [lower, *singular])), stop or is_english(lower), everyday=stop, nominal=not stop)


def _cyrillic(lower: str, dictionary: Dictionary) -> Forms:
    parses = readings(lower, dictionary)
    listed = {word for word in {parse.word for parse in parses} if is_known(word, dictionary)}
    known = [parse for parse in parses if parse.word in listed and not _of_many(parse)]
    proper = [parse for parse in known if parse.tag.grammemes & _PROPER]
    nominal = [parse for parse in known if parse.tag.POS in _NOMINAL]
    frequent = lower in stop_words(dictionary) or _frequent(known, proper, dictionary)
    unlisted = bool(known) and not proper
    forms = _stems(_base_forms(lower, proper, nominal))
    return Forms(forms, frequent or unlisted, everyday=frequent, nominal=not known or bool(nominal))


def _base_forms(lower: str, proper: Sequence[Any], nominal: Sequence[Any]) -> list[str]:
    """What a word may be a form of, by its readings as a name and as a noun or adjective; the likeliest first."""
    # A base form is likelier than an oblique case of another name; Ukrainian parses come in no other order.
    named = [parse.normal_form for parse in sorted(proper, key=lambda parse: parse.normal_form != lower)]
    others = [parse.normal_form for parse in nominal]
    return [*named, lower if lower in others else _ENDING.sub("", lower), *others, lower]


def _of_many(parse: Any) -> bool:
    """Whether a reading takes a name for many of its bearers: Борисов is a surname, not several called Борис."""
    grammemes = parse.tag.grammemes
    return parse.tag.POS == "NOUN" and "plur" in grammemes and bool(_SINGLE & grammemes) and "Pltm" not in grammemes


def _stems(words: Sequence[str]) -> tuple[str, ...]:
    whole = [folded(word) for word in words]
    return tuple(dict.fromkeys(form for word in whole for form in (word, stem(word))))


def _frequent(known: Sequence[Any], proper: Sequence[Any], dictionary: Dictionary) -> bool:
    """Whether a word of the dictionary is likelier anything else than a name."""
    if dictionary == "ru":
        return bool(known) and sum(float(parse.score) for parse in proper) < LIKELY
    others = {parse.normal_form for parse in known} - {parse.normal_form for parse in proper}
    return bool(others & word_lists()["common_uk"])
