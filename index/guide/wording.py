"""The words of example questions: names in the case that a question needs, or nothing where that is not sure.

Russian and Ukrainian names are inflected by the dictionaries of pymorphy3, and only as far as these know the name.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from index.language.endings import forms
from index.language.lemmas import analyzer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.types import AskerLanguage

LONGEST = 60  # characters: a question becomes a button
_RUSSIAN_VO = re.compile(r"[вф][^аеёиоуыэюя]|льв", re.IGNORECASE)
_UKRAINIAN_U = re.compile(r"[вф]|льв|[сзтх]в", re.IGNORECASE)
_RUSSIAN_OB = re.compile("[аиоуэaiou]", re.IGNORECASE)
_IN = {"en": re.compile(r"\b[Ii]n $"), "ru": re.compile(r"\b[Вв]о? $"), "uk": re.compile(r"\b[ВвУу] $")}
_NEXT_WORD = re.compile(r" ([^\W\d_]{4,})")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


def question(kind: str, language: AskerLanguage, name: str | None) -> str | None:
    """The question of a kind about a name as ``place`` or ``spoken_of`` give it; None without one, or if too long."""
    text = str(table("questions")[kind][language]).format(name=name) if name else ""
    return text if 0 < len(text) <= LONGEST else None


def place(name: str, language: AskerLanguage) -> str | None:
    """A place's name in the base case as it stands in "What happened in ...?": "в Риге", "у Львові", "Riga"."""
    if language == "en":
        return name
    inflected = _in_case(name, language, "loct")
    return _within(inflected, language) if inflected else None


def standing_in(before: str, name: str, after: str, language: AskerLanguage) -> str | None:
    """A place as an article has it after "in", for "What happened in ...?"; None where no "in" stands before it.

    An adjective takes the noun that follows it: "в Полтавской области".
    """
    if not _IN[language].search(before):
        return None
    if language == "en":
        return name
    last = name.rsplit(maxsplit=1)[-1]
    follows = _NEXT_WORD.match(after)
    if follows and has_case(last, language, "loct", "ADJF") and has_case(follows[1], language, "loct"):
        return _within(f"{name} {follows[1]}", language)
    return _within(name, language) if has_case(last, language, "loct") else None


def spoken_of(name: str, language: AskerLanguage) -> str | None:
    """A name in the base case as it stands in "What is known about ...?": "о Риге", "Ригу", "Riga"."""
    if language == "en":
        return name
    inflected = _in_case(name, language, "loct" if language == "ru" else "accs") if _CYRILLIC.search(name) else name
    if language == "uk" or not inflected:
        return inflected
    return f"{'об' if _RUSSIAN_OB.match(inflected) else 'о'} {inflected}"


def gender(name: str, language: AskerLanguage) -> str | None:
    """Whose name it is, "masc" or "femn", told by a first name that the dictionary knows; None where it is not sure."""
    if language == "en":
        return "masc"  # one wording for all
    known = {
        each.tag.gender
        for each in _parses(name.split(maxsplit=1)[0], language)
        if "Name" in each.tag.grammemes and _is_base(each)
    }
    return next(iter(known)) if len(known) == 1 and known <= {"masc", "femn"} else None


def is_base_case(name: str, language: AskerLanguage) -> bool:
    """Whether a name stands in the nominative singular, as far as its words tell; names in Latin letters always do."""
    written = name.split()
    if not _CYRILLIC.search(name):
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


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table of guide.toml."""
    tables = tomllib.loads(files("index.guide").joinpath("guide.toml").read_text("utf-8"))
    return dict(tables[name])


@cache
def words(name: str) -> frozenset[str]:
    """The keys of names.toml that a table of guide.toml lists."""
    return frozenset(str(table(name)["keys"]).split())


def _within(name: str, language: AskerLanguage) -> str:
    """A name in the locative with the preposition that its beginning asks for."""
    wide = (_RUSSIAN_VO if language == "ru" else _UKRAINIAN_U).match(name)
    return f"{('во' if wide else 'в') if language == 'ru' else ('у' if wide else 'в')} {name}"


def _in_case(name: str, language: AskerLanguage, case: str) -> str | None:
    """A name of one or two words in a case; None where the dictionary is not sure of it."""
    if name.isupper():  # an acronym
        return name
    written = name.split()
    readings = [[each for each in _parses(word, language) if each.is_known and _is_base(each)] for word in written]
    if len(written) == len(("first", "last")):
        readings = _agreeing(*readings)
    cases = [{_form(each, case) for each in own} for own in readings]
    # A surname alone may be a man's or a woman's, which are not inflected alike.
    if not all(len(each) == 1 and all(each) for each in cases) or len(written) > len(("first", "last")):
        return None
    return " ".join(_cased(form, word) for (form,), word in zip(cases, written, strict=True))


def _agreeing(first: Sequence[Any], last: Sequence[Any]) -> list[list[Any]]:
    """The readings by which two words are one name: a first name and a surname of one gender, adjective and noun."""
    surnames = [each for each in last if "Surn" in each.tag.grammemes]
    people = [each for each in first if "anim" in each.tag.grammemes and each.tag.POS == "NOUN"]
    given = [each for each in people if "Name" in each.tag.grammemes] or people
    if not surnames or not given:
        pair = [each for each in first if each.tag.POS == "ADJF"], [each for each in last if each.tag.POS == "NOUN"]
    else:
        pair = _declined(given), surnames
    genders = {each.tag.gender for each in pair[0]}
    return [pair[0], _declined([each for each in pair[1] if each.tag.gender in (*genders, None)])]


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
