"""Passages that tests of checking speak about, and embedders that know no more than a test tells them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from index.answer.checking.cited import Cited, statements
from index.types import Article, Published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.answer.checking.cited import Statement
    from index.ports import Vectors
    from index.types import AskerLanguage, Language

_DIMENSION = 64


def language_of(text: str) -> AskerLanguage:
    """The language of a sample by its letters."""
    if not re.search("[а-яіїєґ]", text.lower()):
        return "en"
    return "uk" if re.search("[іїєґ'’]", text.lower()) else "ru"


def cite(
    text: str,
    language: Language | None = None,
    day: date | None = date(2026, 3, 5),
    *,
    whole: str = "",
    title: str = "",
) -> tuple[Cited, ...]:
    """A passage of an article of Thursday, 5 March 2026; ``whole`` is the article's text where it is longer."""
    published = Published(day) if day else None
    return (Cited(Article("a", "a", whole or text, language or language_of(text), title, published=published), text),)


def told(text: str, language: Language | None = None, day: date | None = date(2026, 3, 5)) -> list[Statement]:
    """The sentences of such a passage."""
    return statements(cite(text, language, day))


class Rule:
    """An embedder whose vectors a function makes of the texts."""

    fingerprint, dimension, max_tokens = "rule", _DIMENSION, 512

    def __init__(self, vectors: Callable[[Sequence[str]], Vectors]) -> None:
        self._vectors = vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Their words."""
        return [len(text.split()) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        return self._vectors(texts)

    embed_queries = embed_passages


def alike(strange: str = "") -> Rule:
    """To it all texts mean the same, but one, which has nothing in common with any."""
    return Rule(lambda texts: np.array([(0, 1) if text == strange else (1, 0) for text in texts], np.float32))


def by_first_word() -> Rule:
    """To it texts mean the same if they begin with the same word."""
    return Rule(lambda texts: _directions([text.split()[:1] for text in texts], {}))


def by_words() -> Rule:
    """To it texts are alike by the words they share, each word having its own direction."""
    places: dict[str, int] = {}
    return Rule(lambda texts: _directions([re.sub("[,.]", " ", text.lower()).split() for text in texts], places))


def _directions(rows: Sequence[Sequence[str]], places: dict[str, int]) -> Vectors:
    """Counts of words, each vector of length one; ``places`` are those of the words known so far."""
    found = np.zeros((len(rows), _DIMENSION), np.float32)
    for row, words in zip(found, rows, strict=True):
        for word in words:
            row[places.setdefault(word, len(places)) % _DIMENSION] += 1
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)
