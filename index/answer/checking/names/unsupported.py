"""Whether every name of a written sentence is one that the cited passages have, in whatever script and case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.answer.checking.names.institutions import is_other
from index.answer.checking.names.known_names import CAPITAL, known_names, lemmas_of, sounds_of
from index.answer.checking.names.name_forms import is_common, is_kindred, is_shortened, is_spelt, is_trade, is_written
from index.answer.checking.names.nameless import in_small_letters, is_code, is_no_name
from index.answer.checking.names.seats import is_place, with_states
from index.answer.checking.names.spellings import same_consonants
from index.answer.checking.words import straight
from index.language import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Cited
    from index.answer.checking.names.known_names import KnownNames
    from index.language import Name
    from index.types import Language

_CAPITAL_LAST = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][^\W\d_]*[\s-]$|\.\s$")
_QUOTED = re.compile(r"(?<=[«„“\"])[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}")


def unsupported_name(sentence: str, language: Language, cited: Sequence[Cited]) -> bool:
    """Whether a sentence names somebody or something that the passages, their headlines and bylines do not."""
    told = known_names(tuple(cited), language)
    if is_other(sentence, told.text):
        return True
    found = _names(sentence, language)
    known = [each for each in found if _is_known(each, sentence, language, told)]
    if any(each not in known and not _completes(each, known, sentence, language, cited) for each in found):
        return True
    quoted = (match.group() for match in _QUOTED.finditer(sentence))
    return told.shared and not all(
        lemmas_of(word, language) <= told.lemmas or sounds_of(word, language) in told.names for word in quoted
    )


def _names(sentence: str, language: Language) -> list[Name]:
    """The names of a sentence; a pair of short words counts by its parts."""
    found = names(sentence, language)
    return [each for each in found if not any(_within(other, each) for other in found)]


def _within(inner: Name, outer: Name) -> bool:
    return inner is not outer and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def _is_known(name: Name, sentence: str, language: Language, told: KnownNames) -> bool:
    written = sentence[name.span.start : name.span.end]
    place = is_place(sentence, name.span.start, name.span.end)
    if ({name.key} if place else with_states([name.key])) & told.names:
        unwritten = name.key.startswith(("xt", "xa")) or is_no_name(written, language)
        return not told.alone or unwritten or is_written(written, language, told)
    if is_spelt(name.key, written, language, told) and is_written(written, language, told):
        return True
    return (
        _is_translated(written, language, told)
        or is_kindred(written, language, told)
        or is_shortened(name, sentence, told)
        or is_trade(name, sentence, language)
        or _is_nameless(name.key, written, language, told)
    )


def _is_translated(written: str, language: Language, told: KnownNames) -> bool:
    """Whether the source has all words of a name, which may be common ones there."""
    words = lemmas_of(written, language)
    return bool(words) and words <= told.lemmas


def _is_nameless(key: str, written: str, language: Language, told: KnownNames) -> bool:
    """Whether what looks like a name is a term or common words, which a writer may use of his own."""
    if key.startswith("xa"):
        return is_code(written)
    return key.startswith("xn") and (
        is_no_name(written, language)
        or in_small_letters(written, language, told.words, shared=told.alone)
        # Of a title or a translated name the meaning is checked, not its letters.
        or (not told.shared and is_common(written, language))
    )


def _completes(name: Name, known: Sequence[Name], sentence: str, language: Language, cited: Sequence[Cited]) -> bool:
    """Whether a name stands beside a known one and elsewhere in the article: a first name told earlier."""
    if not any(name.span.end + 1 == each.span.start or each.span.end + 1 == name.span.start for each in known):
        return False
    if name.key.startswith("xn") and _is_of_known(name, known, known_names(tuple(cited), language)):
        return True
    whole = tuple(replace(each, text=each.article.text) for each in cited)
    return _is_known(name, sentence, language, known_names(whole, language))


def _is_of_known(name: Name, known: Sequence[Name], told: KnownNames) -> bool:
    """Whether a name beside a known one is another spelling, or a part, of what the source calls that one."""
    if any(same_consonants(name.key, key) for key in told.names):
        return True  # Пэт is Pat where the family name is told
    return _is_sounded_small(name, told) or _is_added(name, known, told)


def _is_sounded_small(name: Name, told: KnownNames) -> bool:
    """Whether a source in another language has a part of a name in small letters: "Hai" of «Шевченківський гай»."""
    return not told.shared and name.key in {sounds_of(word, "other") for word in told.words}


def _is_added(name: Name, known: Sequence[Name], told: KnownNames) -> bool:
    """Whether a name is the first name of one that the source has, and never with another word before it."""
    family = next((each.key for each in known if name.span.end + 1 == each.span.start), "")
    before = [
        _CAPITAL_LAST.search(told.text[: match.start()]) is not None
        for match in CAPITAL.finditer(straight(told.text))
        if family.startswith("xn") and sounds_of(match.group(), "other") == family
    ]
    return bool(before) and not any(before)
