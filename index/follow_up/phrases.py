"""Names in a question as whole phrases, what kind each is of, and the preposition that it hangs on."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from index.follow_up.morphology import PERSONAL, PROPER, name_readings, parses
from index.follow_up.words import plain, tokens, words
from index.language import Name, names
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.follow_up.words import Token
    from index.types import AskerLanguage

    Kind = Literal["country", "place", "person", "organisation", ""]

_SECTIONS: dict[str, Kind] = {
    "countries": "country",
    "places": "place",
    "organisations": "organisation",
    "given": "person",
    "surnames": "person",
    "people": "person",
}
PLACES = frozenset({"country", "place"})
_WITHIN = re.compile(r"[ \u00a0]|-|[ \u00a0][A-Z]\.[ \u00a0]")
_ADJECTIVE = re.compile(r"(?:an|ish|ese|ch|i|[^d]s)$")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_SIGNS = re.compile(r"[,;:.?!()–—]")
_CACHED = 512
_INSIDE = "а "
"""Stands before a text whose first word began no sentence, while its names are read."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of one or more words in a text: where it stands, its keys, its kind ("" unknown), its preposition.

    ``article`` tells that "the" stands before it.
    """

    text: str
    start: int
    end: int
    keys: frozenset[str]
    kind: Kind
    preposition: Token | None
    article: bool

    @property
    def whole_start(self) -> int:
        """Where the phrase begins with its preposition."""
        return self.preposition.start if self.preposition else self.start


@lru_cache(maxsize=_CACHED)
def phrases(text: str, language: AskerLanguage, *, inside: bool = False) -> tuple[Phrase, ...]:
    """The names in a text, neighbouring words of one name as one.

    ``inside`` tells that the text's first word began no sentence, so that its capital says something.
    """
    runs: list[list[Name]] = []
    for name in _single(text, language, _INSIDE if inside else ""):
        if runs and _goes_on(text, runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    return tuple(_phrase(text, run, language) for run in runs)


def _goes_on(text: str, last: Name, name: Name) -> bool:
    """Whether a name belongs to the one before it."""
    gap = text[last.span.end : name.span.start]
    return name.span.start < last.span.end or (bool(_WITHIN.fullmatch(gap)) and _alike(last, name))


def _single(text: str, language: AskerLanguage, lead: str) -> list[Name]:
    """The names, without those that only small letters made one: "капитан" is a surname, too.

    Where no word is written as a name, places that the table of names knows count in small letters.
    """
    whole = lead + text
    found = names(whole, language) or [each for each in names(whole.lower(), language) if _listed(each.key) in PLACES]
    placed = [Name(Span(each.span.start - len(lead), each.span.end - len(lead)), each.key) for each in found]
    return [each for each in placed if each.span.start >= 0 and not _is_common(text, each, language)]


def _is_common(text: str, name: Name, language: AskerLanguage) -> bool:
    word = text[name.span.start : name.span.end]
    if not word.islower() or name.key.startswith("xt"):
        return False
    known = [each for each in parses(word, language) if each.is_known and each.tag.POS == "NOUN"]
    return any(not each.tag.grammemes & PROPER for each in known)


def _alike(left: Name, right: Name) -> bool:
    """Whether neighbours may be one name: not two listed ones of different kinds, as in "Зеленский Украине"."""
    kinds = {_listed(left.key), _listed(right.key)} - {""}
    return len(kinds) < len((left, right)) and not kinds & {"country"}


def _phrase(text: str, run: Sequence[Name], language: AskerLanguage) -> Phrase:
    start, end = run[0].span.start, max(each.span.end for each in run)
    name = _POSSESSIVE.sub("", text[start:end])
    end = start + len(name)
    keys = frozenset(each.key for each in run)
    kind: Kind = next((found for found in map(_listed, (each.key for each in run)) if found), "")
    before = tokens(text[:start])
    article = bool(before) and before[-1].plain == "the"
    preposition = _preposition(before[:-1] if article else before, text[:start], language)
    return Phrase(name, start, end, keys, kind or _by_dictionary(name, language), preposition, article)


def _preposition(before: Sequence[Token], text: str, language: AskerLanguage) -> Token | None:
    """The last of these words, if it is a preposition and no sign parts it from the end of the text."""
    last = before[-1] if before else None
    hangs = last and last.plain in words(language).prepositions and not _SIGNS.search(text[last.end :])
    return last if hangs else None


def _listed(key: str) -> Kind:
    return _kinds().get(key, "")


def _by_dictionary(text: str, language: AskerLanguage) -> Kind:
    for word in tokens(text):
        grammemes = {each for reading in name_readings(word.text, language) for each in reading.tag.grammemes}
        if grammemes & PERSONAL:
            return "person"
        if "Geox" in grammemes:
            return "place"
    return ""


@cache
def _table() -> Mapping[str, Any]:
    """The table of names."""
    return tomllib.loads(files("index.language").joinpath("names.toml").read_text("utf-8"))


@cache
def _kinds() -> Mapping[str, Kind]:
    """What kind of name the entries of the table of names are of, by the key that a name has."""
    return {f"xt{key}": kind for section, kind in _SECTIONS.items() for key in _table()[section]}


@cache
def _countries() -> frozenset[str]:
    """The English names of countries, which may end as adjectives do: Japan, Haiti."""
    return frozenset(plain(forms.split(",")[0]) for forms in _table()["countries"].values())


def is_demonym(phrase: Phrase, language: AskerLanguage) -> bool:
    """Whether a name is an adjective, as in "украинский" or "Polish", which no noun can take the place of."""
    readings = name_readings(phrase.text.split()[-1], language)
    if readings:
        return all(each.tag.POS == "ADJF" for each in readings)
    return phrase.kind == "country" and plain(phrase.text) not in _countries() and bool(_ADJECTIVE.search(phrase.text))
