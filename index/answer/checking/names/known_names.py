"""What cited passages have of names: keys and sounds, lemmas and words, in whatever script and case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.names.seats import with_states
from index.answer.checking.names.spellings import derived, in_regions, sounded
from index.answer.checking.words import straight
from index.language import lemmas, names
from index.language.endings import forms
from index.language.skeleton import skeleton

if TYPE_CHECKING:
    from index.answer.checking.cited import Cited
    from index.types import Language

_CACHED = 512
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}(?:'[^\W\d_]+)*")
"""A word with a capital."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What passages have: keys of names, lemmas, words in small letters, the text.

    ``shared`` tells whether some of it is in the sentence's language, ``alone`` whether all of it is.
    """

    names: frozenset[str]
    lemmas: frozenset[str]
    words: frozenset[str]
    text: str
    shared: bool
    alone: bool


@lru_cache(maxsize=_CACHED)
def known_names(cited: tuple[Cited, ...], language: Language) -> KnownNames:
    """What passages have that a sentence in a language cites."""
    return KnownNames(
        frozenset().union(*(_keys(_all_words(each), each.article.language) for each in cited)),
        frozenset().union(*(lemmas_of(each.text, each.article.language) for each in cited)),
        frozenset(word for each in cited for word in _WORD.findall(straight(each.text).lower())),
        "\n".join(_all_words(each) for each in cited),
        any(each.article.language == language for each in cited),
        all(each.article.language == language for each in cited),
    )


def _all_words(cited: Cited) -> str:
    article = cited.article
    return "\n".join(filter(None, (cited.text, article.title, article.outlet, article.author)))


@lru_cache(maxsize=_CACHED)
def _keys(text: str, language: Language) -> frozenset[str]:
    """The keys of the names of a text, and of all its words with a capital: more of them are names than seem so."""
    capitals = [match.group() for match in CAPITAL.finditer(straight(text))]
    kindred = (key for word in capitals for key in derived(word, language))
    sounds = (sounds_of(each, language) for word in capitals for each in sounded(word))
    return with_states((*(each.key for each in names(text, language)), *sounds, *kindred, *in_regions(text)))


@lru_cache(maxsize=_CACHED)
def capitals_of(text: str) -> frozenset[str]:
    """The sounds of all words of a text with a capital."""
    return frozenset(sounds_of(match.group(), "other") for match in CAPITAL.finditer(straight(text)))


@lru_cache(maxsize=_CACHED)
def sounds_of(word: str, language: Language) -> str:
    """A word as a key of a name, by its sounds."""
    whole = straight(word).removesuffix("'s")
    return f"xn{skeleton(forms(whole, language).stems[0])}"


@lru_cache(maxsize=_CACHED)
def lemmas_of(text: str, language: Language) -> frozenset[str]:
    """The lemmas of a text, each once."""
    return frozenset(lemmas(text, language))
