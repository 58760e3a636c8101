"""Whether every name of a written sentence is one that the cited passages have, in whatever script and case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.seats import with_states
from index.answer.checking.words import straight
from index.language import lemmas, names
from index.language.endings import forms
from index.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Cited
    from index.language import Name
    from index.types import Language

_ALIKE = 0.75
"""Likeness of two names' sounds (Ratcliff-Obershelp) from which on they are taken for one name in two spellings."""
_ALIKE_WITHIN = 0.83
"""The same for long names that do not even begin alike: Țurcan is Цуркан and Turcan."""
_SHORT, _LONG = 3, 6  # sounds
_CACHED = 512
_GLIDE = re.compile("^j|[ae]")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}(?:'[^\W\d_]+)*")
_QUOTED = re.compile(r"(?<=[«„“\"])[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Told:
    """What passages have: keys of names, lemmas, and whether one of them is in the sentence's language."""

    names: frozenset[str]
    lemmas: frozenset[str]
    shared: bool


def unsupported_name(sentence: str, language: Language, cited: Sequence[Cited]) -> bool:
    """Whether a sentence names somebody or something that the passages, their headlines and bylines do not."""
    told = _Told(
        frozenset().union(*(_keys(_all_words(each), each.article.language) for each in cited)),
        frozenset().union(*(_lemmas(each.text, each.article.language) for each in cited)),
        any(each.article.language == language for each in cited),
    )
    if any(not _is_known(each, sentence, language, told) for each in _names(sentence, language)):
        return True
    quoted = (match.group() for match in _QUOTED.finditer(sentence))
    return told.shared and not all(
        _lemmas(word, language) <= told.lemmas or _sounds(word, language) in told.names for word in quoted
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
    if with_states([name.key]) & told.names or any(_alike(name.key, other) for other in told.names):
        return True
    written = sentence[name.span.start : name.span.end]
    words = _lemmas(written, language)
    if words and words <= told.lemmas:
        return True
    # A title or a translated name made of common words: its meaning is checked, not its letters.
    return name.key.startswith("xn") and not told.shared and _is_common(written, language)


def _alike(one: str, other: str) -> bool:
    """Whether a name of the sentence may be another of the source, spelt in another way."""
    if one.startswith("xt"):
        return other.endswith(one[2:])  # of Южной Кореи only Корея may have been read
    if one[:2] != "xn" or other[:2] != "xn":
        return False
    left, right = one[2:], other[2:]
    if "j" in (left[:1], right[:1]) and left[:1] != right[:1]:
        # J is a glide in most languages of Europe: Joakim is Йоаким.
        left, right = (_GLIDE.sub("", each) for each in (left, right))
    if left == right or min(len(left), len(right)) < _SHORT:
        return left == right != ""
    least = _ALIKE if left[0] == right[0] else _ALIKE_WITHIN if min(len(left), len(right)) >= _LONG else 1.0
    return SequenceMatcher(None, left, right).ratio() >= least


def _is_common(written: str, language: Language) -> bool:
    return all(forms(word, language).common for word in _WORD.findall(straight(written)))


@lru_cache(maxsize=_CACHED)
def _keys(text: str, language: Language) -> frozenset[str]:
    """The keys of the names of a text, and of all its words with a capital: more of them are names than seem so."""
    capitals = (_sounds(match.group(), language) for match in _CAPITAL.finditer(straight(text)))
    return with_states((*(each.key for each in names(text, language)), *capitals))


@lru_cache(maxsize=_CACHED)
def _sounds(word: str, language: Language) -> str:
    return f"xn{skeleton(forms(straight(word), language).stems[0])}"


@lru_cache(maxsize=_CACHED)
def _lemmas(text: str, language: Language) -> frozenset[str]:
    return frozenset(lemmas(text, language))
