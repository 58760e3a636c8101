"""What case, gender and kind the words of a name are, and their other cases, by the dictionaries of pymorphy3."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.follow_up.words import AUXILIARIES
from index.language.lemmas import analyzer

if TYPE_CHECKING:
    from index.types import AskerLanguage

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_CASE_OF = {"gen2": "gent", "loc2": "loct"}
PROPER = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn"})
PERSONAL = frozenset({"Surn", "Name", "Patr"})
_NOMINAL = frozenset({"NOUN", "ADJF", "NPRO"})
_VERBS = frozenset({"VERB", "INFN", "PRTS", "PRED", "GRND", "ADJS", "IMPERS"})
_ENGLISH_VERBS = AUXILIARIES | {"am", "be", "been", "may", "might", "must", "said", "says"}
"""What shows that English words are a clause."""
_CACHED = 4096


@lru_cache(maxsize=_CACHED)
def parses(word: str, language: AskerLanguage) -> tuple[Any, ...]:
    """The readings of a Cyrillic word in Russian or Ukrainian; none of any other."""
    if language == "en" or not _CYRILLIC.search(word):
        return ()
    return tuple(analyzer(language).parse(word.lower().replace("’", "'")))


def name_readings(word: str, language: AskerLanguage, *, place: bool = False) -> tuple[Any, ...]:
    """The readings of a word that is a name: as one where a dictionary knows it so, else as a noun or an adjective.

    A name of one place or person is no plural: "Украины" is of Ukraine. ``place`` tells that it is nobody's surname.
    """
    found = [each for each in parses(word, language) if each.tag.POS in _NOMINAL]
    known = [each for each in found if each.is_known]
    chosen = (_of_place(known) if place else _of_anybody(known)) or found
    single = [each for each in chosen if "plur" not in each.tag.grammemes or "Pltm" in each.tag.grammemes]
    return tuple(single or chosen)


def _of_place(known: list[Any]) -> list[Any]:
    return [each for each in known if each.tag.POS == "NOUN" and not each.tag.grammemes & PERSONAL]


def _of_anybody(known: list[Any]) -> list[Any]:
    proper = [each for each in known if each.tag.grammemes & PROPER]
    return proper or [each for each in known if each.tag.POS == "NOUN"]


def noun_readings(word: str, language: AskerLanguage) -> tuple[Any, ...]:
    """The readings of a word that is no name as a noun; guessed by its ending where no dictionary has the word."""
    found = parses(word, language)
    return tuple(each for each in found if each.tag.POS == "NOUN" and not each.tag.grammemes & PROPER)


def cases(readings: tuple[Any, ...]) -> frozenset[str]:
    """The cases that readings may be in."""
    return frozenset(_CASE_OF.get(case, case) for each in readings for case in each.tag.grammemes) & _CASES


def indeclinable(readings: tuple[Any, ...]) -> bool:
    """Whether a word has one form for all cases; a word without readings, as in Latin letters, has."""
    return not readings or any("Fixd" in each.tag.grammemes and each.is_known for each in readings)


def inflected(word: str, readings: tuple[Any, ...], case: str) -> str | None:
    """The word in a case, its capitals kept; None where the dictionaries do not know how."""
    declined = tuple(each for each in readings if "Fixd" not in each.tag.grammemes) or readings
    if case in cases(declined) or indeclinable(declined):
        return word
    for reading in declined:
        wanted = {case} | (reading.tag.grammemes & {"sing", "plur"})
        if reading.is_known and (form := reading.inflect(wanted) or reading.inflect({case})):
            return _with_capital(form.word, word)
    return None


def is_verb(word: str, language: AskerLanguage) -> bool:
    """Whether a small-letter word is likeliest a verb, or a short form that stands for one; in English a finite one."""
    if language == "en":
        return word in _ENGLISH_VERBS
    found = parses(word, language)
    if not found or language == "ru":
        return bool(found) and found[0].tag.POS in _VERBS
    return all(each.tag.POS in _VERBS for each in found) or _is_finite(word, found)


def _is_finite(word: str, readings: tuple[Any, ...]) -> bool:
    """Whether a Ukrainian word, whose readings come in no order of likelihood, is a verb rather than a noun."""
    if not readings[0].is_known and readings[0].tag.POS not in _VERBS:
        return False
    if any(each.tag.POS == "NOUN" and each.normal_form == word for each in readings):
        return False
    return any(each.tag.POS == "VERB" and each.tag.grammemes & {"past", "3per"} for each in readings)


def gender(readings: tuple[Any, ...]) -> frozenset[str]:
    """The genders, or "plur", that readings allow; both masculine and feminine where a name may be either."""
    found: set[str] = set()
    for each in readings:
        grammemes = each.tag.grammemes
        if "plur" in grammemes:
            found.add("plur")
        elif grammemes & {"ms-f", "GNdr"}:
            found |= {"masc", "femn"}
        else:
            found |= grammemes & {"masc", "femn", "neut"}
    return frozenset(found)


def _with_capital(form: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return form.upper()
    return "-".join(
        part[:1].upper() + part[1:] if old[:1].isupper() else part
        for part, old in zip(form.split("-"), (like.split("-") * len(form.split("-"))), strict=False)
    )
