"""In which other form a source may have a name: spelt, derived, shortened or translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.answer.checking.names.acronyms import stands_for, written_out
from index.answer.checking.names.institutions import institutions
from index.answer.checking.names.known_names import capitals_of, sounds_of
from index.answer.checking.names.spellings import alike, derived, of_adjective, sounded, written_alike
from index.answer.checking.words import straight
from index.language.endings import forms
from index.language.lemmas import analyzer, is_known
from index.language.name_table import place_keys

if TYPE_CHECKING:
    from index.answer.checking.names.known_names import KnownNames
    from index.language import Name
    from index.types import Language

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FEMININE = re.compile(r"(\w{3,}?)(?:иня|иця|ица|ка|кеса|есса|ша)")
_AS_RUSSIAN = str.maketrans("іїєґ", "ииег")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


def is_spelt(key: str, written: str, language: Language, told: KnownNames) -> bool:
    """Whether a name sounds like one of the source; a listed one may be the name of somebody else, a place may not."""
    sounds = {key, *(sounds_of(each, language) for each in sounded(written))} if key.startswith("xn") else {key}
    if any(alike(sound, other) for sound in sounds for other in told.names):
        return True
    place = key.removeprefix("xt") in place_keys()
    # In another script a place of that very sound may be its namesake: "округ Колумбия" is no Colombia.
    namesake = not told.shared and sounds_of(written, language) in capitals_of(told.text)
    return key.startswith("xt") and (namesake if place else sounds_of(written, language) in told.names)


def is_written(written: str, language: Language, told: KnownNames) -> bool:
    """Whether a source in the sentence's language and script has a word written almost like a name.

    Sounds tell less than letters: Khomeini and Khamenei have the same.
    """
    word = straight(written).lower()
    if not told.alone or " " in word or "-" in word:
        return True
    own = bool(_CYRILLIC.search(word))
    if any(written_alike(word, other) for other in told.words if bool(_CYRILLIC.search(other)) == own):
        return True
    sound = sounds_of(written, language)
    return any(alike(sound, sounds_of(other, language)) for other in told.words if bool(_CYRILLIC.search(other)) != own)


def is_kindred(written: str, language: Language, told: KnownNames) -> bool:
    """Whether a name is kindred with names of the source: an adjective, a region, those who live there."""
    if derived(written, language) & told.names:
        return True
    if any(of_adjective(straight(written).lower(), word) for word in told.words):
        return True
    sounds = [sounds_of(word, language) for word in _WORD.findall(straight(written))]
    return len(sounds) > 1 and all(sound in told.names for sound in sounds)  # Сан-Марино, read as two names


def is_trade(name: Name, sentence: str, language: Language) -> bool:
    """Whether a word that opens the sentence is what a woman is by trade: "кліматологиня"."""
    match = _FEMININE.fullmatch(sentence[: name.span.end]) if not name.span.start else None
    return match is not None and is_known(match[1].lower(), "uk" if language == "uk" else "ru")


def is_shortened(name: Name, sentence: str, told: KnownNames) -> bool:
    """Whether an acronym or an institution stands for words of the source, or the other way round."""
    written = sentence[name.span.start : name.span.end]
    keys = {each.key for each in institutions(told.text)}
    if any(
        each.key in keys and each.start <= name.span.start and name.span.end <= each.end
        for each in institutions(sentence)
    ):
        return True
    return stands_for(straight(written), told.text) or written_out(sentence, name.span.start, told.text)


def is_common(written: str, language: Language) -> bool:
    """Whether a name is made of common words: a title, or a name that was translated."""
    words = _WORD.findall(straight(written))
    if derived(written, language) or any(_is_abroad(word) for word in words if language == "uk"):
        return False
    return all(forms(word, language).common for word in words)


def _is_abroad(word: str) -> bool:
    """Whether the Russian dictionary has a Ukrainian word as that of a place; the Ukrainian one does not tell."""
    parses = analyzer("ru").parse(word.lower().translate(_AS_RUSSIAN))
    return any(parse.is_known and "Geox" in parse.tag.grammemes for parse in parses)
