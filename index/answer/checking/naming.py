"""Whether every name of a written sentence is one that the cited passages have, in whatever script and case."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.acronyms import stands_for, written_out
from index.answer.checking.institutions import institutions, is_other
from index.answer.checking.nameless import in_small_letters, is_code, is_no_name
from index.answer.checking.seats import is_place, with_states
from index.answer.checking.spellings import (
    alike,
    derived,
    in_regions,
    of_adjective,
    same_consonants,
    sounded,
    written_alike,
)
from index.answer.checking.words import straight
from index.language import lemmas, names
from index.language.endings import forms
from index.language.lemmas import analyzer, is_known
from index.language.name_table import place_keys
from index.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Cited
    from index.language import Name
    from index.types import Language

_CACHED = 512
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}(?:'[^\W\d_]+)*")
_CAPITAL_LAST = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][^\W\d_]*[\s-]$|\.\s$")
_QUOTED = re.compile(r"(?<=[«„“\"])[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FEMININE = re.compile(r"(\w{3,}?)(?:иня|иця|ица|ка|кеса|есса|ша)")
_AS_RUSSIAN = str.maketrans("іїєґ", "ииег")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class _Told:
    """What passages have: keys of names, lemmas, words in small letters, the text.

    ``shared`` tells whether some of it is in the sentence's language, ``alone`` whether all of it is.
    """

    names: frozenset[str]
    lemmas: frozenset[str]
    words: frozenset[str]
    text: str
    shared: bool
    alone: bool


def unsupported_name(sentence: str, language: Language, cited: Sequence[Cited]) -> bool:
    """Whether a sentence names somebody or something that the passages, their headlines and bylines do not."""
    told = _told(tuple(cited), language)
    if is_other(sentence, told.text):
        return True
    found = _names(sentence, language)
    known = [each for each in found if _is_known(each, sentence, language, told)]
    if any(each not in known and not _completes(each, known, sentence, language, cited) for each in found):
        return True
    quoted = (match.group() for match in _QUOTED.finditer(sentence))
    return told.shared and not all(
        _lemmas(word, language) <= told.lemmas or _sounds(word, language) in told.names for word in quoted
    )


def _completes(name: Name, known: Sequence[Name], sentence: str, language: Language, cited: Sequence[Cited]) -> bool:
    """Whether a name stands beside a known one and elsewhere in the article: a first name told earlier."""
    beside = any(name.span.end + 1 == each.span.start or each.span.end + 1 == name.span.start for each in known)
    if (
        beside
        and name.key.startswith("xn")
        and any(same_consonants(name.key, key) for key in _told(tuple(cited), language).names)
    ):
        return True  # Пэт is Pat where the family name is told
    told = _told(tuple(cited), language)
    if beside and name.key.startswith("xn") and (_is_sounded_small(name, told) or _is_added(name, known, told)):
        return True
    whole = tuple(replace(each, text=each.article.text) for each in cited)
    return beside and _is_known(name, sentence, language, _told(whole, language))


def _is_sounded_small(name: Name, told: _Told) -> bool:
    """Whether a source in another language has a part of a name in small letters: "Hai" of «Шевченківський гай»."""
    return not told.shared and name.key in {_sounds(word, "other") for word in told.words}


def _is_added(name: Name, known: Sequence[Name], told: _Told) -> bool:
    """Whether a name is the first name of one that the source has, and never with another word before it."""
    family = next((each.key for each in known if name.span.end + 1 == each.span.start), "")
    before = [
        _CAPITAL_LAST.search(told.text[: match.start()]) is not None
        for match in _CAPITAL.finditer(straight(told.text))
        if family.startswith("xn") and _sounds(match.group(), "other") == family
    ]
    return bool(before) and not any(before)


@lru_cache(maxsize=_CACHED)
def _told(cited: tuple[Cited, ...], language: Language) -> _Told:
    return _Told(
        frozenset().union(*(_keys(_all_words(each), each.article.language) for each in cited)),
        frozenset().union(*(_lemmas(each.text, each.article.language) for each in cited)),
        frozenset(word for each in cited for word in _WORD.findall(straight(each.text).lower())),
        "\n".join(_all_words(each) for each in cited),
        any(each.article.language == language for each in cited),
        all(each.article.language == language for each in cited),
    )


def _all_words(cited: Cited) -> str:
    article = cited.article
    return "\n".join(filter(None, (cited.text, article.title, article.outlet, article.author)))


def _names(sentence: str, language: Language) -> list[Name]:
    """The names of a sentence; a pair of short words counts by its parts."""
    found = names(sentence, language)
    return [each for each in found if not any(_within(other, each) for other in found)]


def _within(inner: Name, outer: Name) -> bool:
    return inner is not outer and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def _is_known(name: Name, sentence: str, language: Language, told: _Told) -> bool:
    written = sentence[name.span.start : name.span.end]
    place = is_place(sentence, name.span.start, name.span.end)
    if ({name.key} if place else with_states([name.key])) & told.names:
        unwritten = name.key.startswith(("xt", "xa")) or is_no_name(written, language)
        return not told.alone or unwritten or _is_written(written, language, told)
    if _is_alike(name.key, written, language, told) and _is_written(written, language, told):
        return True
    words = _lemmas(written, language)
    if words and words <= told.lemmas:
        return True
    if (
        _is_derived(written, language, told)
        or _is_shortened(name, sentence, told)
        or _is_trade(name, sentence, language)
        or (name.key.startswith("xa") and is_code(written))
        or (name.key.startswith("xn") and is_no_name(written, language))
        or (name.key.startswith("xn") and in_small_letters(written, language, told.words, shared=told.alone))
    ):
        return True
    # A title or a translated name made of common words: its meaning is checked, not its letters.
    return name.key.startswith("xn") and not told.shared and _is_common(written, language)


def _is_alike(key: str, written: str, language: Language, told: _Told) -> bool:
    """Whether a name sounds like one of the source; a listed one may be the name of somebody else, a place may not."""
    sounds = {key, *(_sounds(each, language) for each in sounded(written))} if key.startswith("xn") else {key}
    if any(alike(sound, other) for sound in sounds for other in told.names):
        return True
    place = key.removeprefix("xt") in place_keys()
    # In another script a place of that very sound may be its namesake: "округ Колумбия" is no Colombia.
    namesake = not told.shared and _sounds(written, language) in _all_sounds(told.text)
    return key.startswith("xt") and (namesake if place else _sounds(written, language) in told.names)


def _is_written(written: str, language: Language, told: _Told) -> bool:
    """Whether a source in the sentence's language and script has a word written almost like a name.

    Sounds tell less than letters: Khomeini and Khamenei have the same.
    """
    word = straight(written).lower()
    if not told.alone or " " in word or "-" in word:
        return True
    own = bool(_CYRILLIC.search(word))
    if any(written_alike(word, other) for other in told.words if bool(_CYRILLIC.search(other)) == own):
        return True
    sound = _sounds(written, language)
    return any(alike(sound, _sounds(other, language)) for other in told.words if bool(_CYRILLIC.search(other)) != own)


def _is_derived(written: str, language: Language, told: _Told) -> bool:
    """Whether a name is kindred with names of the source: an adjective, a region, those who live there."""
    if derived(written, language) & told.names:
        return True
    if any(of_adjective(straight(written).lower(), word) for word in told.words):
        return True
    sounds = [_sounds(word, language) for word in _WORD.findall(straight(written))]
    return len(sounds) > 1 and all(sound in told.names for sound in sounds)  # Сан-Марино, read as two names


def _is_trade(name: Name, sentence: str, language: Language) -> bool:
    """Whether a word that opens the sentence is what a woman is by trade: "кліматологиня"."""
    match = _FEMININE.fullmatch(sentence[: name.span.end]) if not name.span.start else None
    return match is not None and is_known(match[1].lower(), "uk" if language == "uk" else "ru")


def _is_shortened(name: Name, sentence: str, told: _Told) -> bool:
    """Whether an acronym or an institution stands for words of the source, or the other way round."""
    written = sentence[name.span.start : name.span.end]
    keys = {each.key for each in institutions(told.text)}
    if any(
        each.key in keys and each.start <= name.span.start and name.span.end <= each.end
        for each in institutions(sentence)
    ):
        return True
    return stands_for(straight(written), told.text) or written_out(sentence, name.span.start, told.text)


def _is_common(written: str, language: Language) -> bool:
    words = _WORD.findall(straight(written))
    if derived(written, language) or any(_is_abroad(word) for word in words if language == "uk"):
        return False
    return all(forms(word, language).common for word in words)


def _is_abroad(word: str) -> bool:
    """Whether the Russian dictionary has a Ukrainian word as that of a place; the Ukrainian one does not tell."""
    parses = analyzer("ru").parse(word.lower().translate(_AS_RUSSIAN))
    return any(parse.is_known and "Geox" in parse.tag.grammemes for parse in parses)


@lru_cache(maxsize=_CACHED)
def _keys(text: str, language: Language) -> frozenset[str]:
    """The keys of the names of a text, and of all its words with a capital: more of them are names than seem so."""
    capitals = [match.group() for match in _CAPITAL.finditer(straight(text))]
    kindred = (key for word in capitals for key in derived(word, language))
    sounds = (_sounds(each, language) for word in capitals for each in sounded(word))
    return with_states((*(each.key for each in names(text, language)), *sounds, *kindred, *in_regions(text)))


@lru_cache(maxsize=_CACHED)
def _all_sounds(text: str) -> frozenset[str]:
    return frozenset(_sounds(match.group(), "other") for match in _CAPITAL.finditer(straight(text)))


@lru_cache(maxsize=_CACHED)
def _sounds(word: str, language: Language) -> str:
    whole = straight(word).removesuffix("'s")
    return f"xn{skeleton(forms(whole, language).stems[0])}"


@lru_cache(maxsize=_CACHED)
def _lemmas(text: str, language: Language) -> frozenset[str]:
    return frozenset(lemmas(text, language))
