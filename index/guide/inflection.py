"""Names in Russian and Ukrainian: in which case they stand, whose they are, and their form in another case.

By the dictionaries of pymorphy3, and only as far as these know the name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.language.endings import forms
from index.language.lemmas import analyzer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import AskerLanguage

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_TWO = 2  # words: a first name and a surname, or an adjective and its noun


def is_cyrillic(name: str) -> bool:
    """Whether a name has Cyrillic letters; others are not inflected."""
    return bool(_CYRILLIC.search(name))


def in_case(name: str, language: AskerLanguage, case: str) -> str | None:
    """A name of one or two words, typed in the base case, in another; None where the dictionary is not sure of it."""
    if name.isupper():  # an acronym
        return name
    written = name.split()
    readings = [[each for each in _parses(word, language) if each.is_known and _is_base(each)] for word in written]
    if len(written) == _TWO:
        readings = _agreeing(*readings)
    found = [_only_form(each, case) for each in readings]
    if not all(found) or len(written) > _TWO:
        return None
    return " ".join(_cased(form, word) for form, word in zip(found, written, strict=True))


def _only_form(readings: Sequence[Any], case: str) -> str:
    """The form that all readings have in a case, else "": a surname alone may be a man's or a woman's."""
    found = {_form(each, case) for each in readings}
    return found.pop() if len(found) == 1 else ""


def gender(name: str, language: AskerLanguage) -> str | None:
    """Whose name it is, "masc" or "femn", told by a first name that the dictionary knows; None where it is not sure."""
    if language == "en":
        return "masc"  # one wording for all
    first = _of(_parses(name.split(maxsplit=1)[0], language), "Name")
    known = {each.tag.gender for each in first if _is_base(each)}
    return next(iter(known)) if len(known) == 1 and known <= {"masc", "femn"} else None


def is_base_case(name: str, language: AskerLanguage) -> bool:
    """Whether a name stands in the nominative singular, as far as its words tell; names in Latin letters always do."""
    written = name.split()
    if not is_cyrillic(name):
        return True
    if not all(any(map(_is_base, _parses(word, language))) for word in written):
        return False
    return len(written) > 1 or _is_one_noun(name, language)


def _is_one_noun(word: str, language: AskerLanguage) -> bool:
    """Whether a word can only be one noun, and a name: "Черкас" may be a surname or of the town Черкаси."""
    nouns = {each.normal_form for each in _parses(word, language) if each.tag.POS == "NOUN"}
    read = forms(word, language)
    # The Ukrainian dictionary does not tell which nouns are places.
    return nouns == {word.lower()} and not (read.common if language == "ru" else read.everyday)


def has_case(word: str, language: AskerLanguage, case: str, part: str = "NOUN") -> bool:
    """Whether a word may be a noun, or another part of speech, in a case of the singular."""
    readings = (each.tag for each in _parses(word, language) if part == each.tag.POS)
    return any(case in tag.grammemes and "plur" not in tag.grammemes for tag in readings)


def is_known(name: str, language: AskerLanguage) -> bool:
    """Whether the dictionary has each word of a name, or it is an acronym."""
    return name.isupper() or all(any(each.is_known for each in _parses(word, language)) for word in name.split())


def _agreeing(first: Sequence[Any], last: Sequence[Any]) -> list[list[Any]]:
    """The readings by which two words are one name: a first name and a surname of one gender, adjective and noun."""
    people = _of(_of(first, "NOUN"), "anim")
    given, surnames = _of(people, "Name") or people, _of(last, "Surn")
    if given and surnames:
        left, right = _declined(given), surnames
    else:
        left, right = _of(first, "ADJF"), _of(last, "NOUN")
    genders = {each.tag.gender for each in left} | {None}
    return [left, _declined([each for each in right if each.tag.gender in genders])]


def _of(readings: Sequence[Any], grammeme: str) -> list[Any]:
    return [each for each in readings if grammeme in each.tag.grammemes]


def _declined(readings: Sequence[Any]) -> list[Any]:
    """Without the readings that stay as they are, if there are others: a man called Марко is declined."""
    return [each for each in readings if "Fixd" not in each.tag.grammemes] or list(readings)


def _form(parse: Any, case: str) -> str:
    """A word's form in a case of the singular; of several the shortest: "Тернополі" rather than "Тернополеві"."""
    wanted = {case} | ({parse.tag.gender} & {"masc", "femn", "neut"})
    found = [each.word for each in parse.lexeme if wanted <= each.tag.grammemes and "plur" not in each.tag.grammemes]
    # Of Ukrainian locatives, those of places end in -і; in -у only after к: "у Ніжині", "в Донецьку".
    return min(found, key=lambda form: (form == f"{parse.word}ові", form.endswith("у"), len(form)), default="")


def _parses(word: str, language: AskerLanguage) -> Sequence[Any]:
    return tuple(analyzer("uk" if language == "uk" else "ru").parse(word.lower()))


def _is_base(parse: Any) -> bool:
    return "nomn" in parse.tag.grammemes and parse.tag.POS in {"NOUN", "ADJF"} and "plur" not in parse.tag.grammemes


def _cased(word: str, like: str) -> str:
    """The word with the capitals of another, part by part: "нью-йорке" like "Нью-Йорк"."""
    if like.isupper():
        return like
    pairs = zip(word.split("-"), like.split("-"), strict=False)
    return "-".join(part.capitalize() if model[:1].isupper() else part for part, model in pairs)
