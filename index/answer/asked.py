"""What a question asks: its words and how telling each is, the names in it, the kind of answer it wants."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from index.language import detect, lemmas, name_keys
from index.when import without_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from index.ports import Catalogue
    from index.types import Language

_IMAGINED = 1000
"""Passages that the archive is taken to be part of: in an index of ten, a word's rarity would say nothing."""
_STEM, _SHORTEST = 5, 4
"""Words of at least four letters that begin with the same five are kin: "invade" and "invasion", not in one lemma."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    ``words`` maps each lemma to how telling it is: its inverse document frequency, rarer ones saying more. ``number``
    and ``person`` tell that figures or a name are wanted, ``broad`` that the gist of an article is.
    """

    text: str
    language: Language
    words: Mapping[str, float]
    stems: frozenset[str]
    names: frozenset[str]
    number: bool
    person: bool
    broad: bool

    def coverage(self, words: AbstractSet[str]) -> float:
        """How much of what the question's words tell is among these, in [0, 1]."""
        found = sum(telling for word, telling in self.words.items() if word in words)
        return found / max(sum(self.words.values()), 1e-9)

    def kinship(self, words: AbstractSet[str]) -> float:
        """The share of the question's words that these or kindred ones take up, in [0, 1]."""
        return len(self.stems & stems(words)) / max(len(self.stems), 1)

    def naming(self, names: AbstractSet[str]) -> float:
        """The share of the question's names among these, in [0, 1]; a half where it has none, which says nothing."""
        return len(self.names & names) / len(self.names) if self.names else 0.5


def read_question(text: str, catalogue: Catalogue, *, timed: bool = False) -> Asked:
    """The question taken apart, its words weighed by their frequency in the catalogue.

    ``timed`` tells that its words of time have been heeded: then no article need repeat them.
    """
    language = detect(text)
    content = _cues()["framing"].sub(" ", without_time(text) if timed else text)
    words = list(dict.fromkeys(lemmas(content, language) or lemmas(text, language)))
    frequencies, passages = catalogue.frequencies(words), catalogue.passage_count() + _IMAGINED
    telling = {word: math.log(passages / (frequencies.get(word, 0) + 1)) for word in words}
    names = frozenset(name_keys(text, language))
    kinds = {name: bool(cue.search(text)) for name, cue in _cues().items()}
    return Asked(text, language, telling, stems(telling), names, kinds["number"], kinds["person"], kinds["broad"])


def stems(words: AbstractSet[str] | Mapping[str, float]) -> frozenset[str]:
    """The beginnings by which kindred words meet."""
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    tables = tomllib.loads(resources.files("index.answer").joinpath("asked.toml").read_text("utf-8"))
    return {
        kind: _pattern([phrase for phrases in table.values() for phrase in phrases]) for kind, table in tables.items()
    }


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
