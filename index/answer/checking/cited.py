"""What a written sentence is checked against: the cited passages, their sentences and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.facts import facts_of
from index.language import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from index.answer.facts import Facts
    from index.types import Article, Language

_CACHED = 512  # passages; an answer is checked against some ten
_FEWEST_WORDS = 2
_CLAUSE_END = re.compile(r"[,;:—]\s+(?!\d)|\s(?:and|but|while|и|а|но|і|й|та|але)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a written sentence cites: its article and its text."""

    article: Article
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a cited passage, with the clauses it consists of (itself alone if of one)."""

    text: str
    clauses: tuple[str, ...]
    language: Language
    day: date | None

    @property
    def facts(self) -> Facts:
        """Its numbers, dates and names."""
        return facts_of(self.text, self.language)


def statements(cited: Sequence[Cited]) -> list[Statement]:
    """The sentences of the cited passages, in order."""
    return [each for passage in cited for each in _statements(passage.article, passage.text)]


@lru_cache(maxsize=_CACHED)
def _statements(article: Article, text: str) -> tuple[Statement, ...]:
    day = article.published.day if article.published else None
    found = (text[span.start : span.end] for span in sentence_spans(text, article.language))
    return tuple(Statement(each, clauses(each), article.language, day) for each in found)


def clauses(sentence: str, shortest: int = _FEWEST_WORDS) -> tuple[str, ...]:
    """The clauses of a sentence as commas and conjunctions divide it, none with fewer words than ``shortest``."""
    pieces: list[str] = []
    start = 0
    for mark in _CLAUSE_END.finditer(sentence):
        if min(len(sentence[start : mark.start()].split()), len(sentence[mark.end() :].split())) >= shortest:
            pieces.append(sentence[start : mark.start()])
            start = mark.end()
    return (*pieces, sentence[start:])
