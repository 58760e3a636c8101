"""Paragraphs of articles that speak to language models rather than to readers: planted to make one say something."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.types import Article, Span

_KEPT = 2048
"""Paragraphs remembered, some kilobytes each; every sentence of one asks, and looking takes up to 1 ms."""
_LANGUAGES = "en", "ru", "uk"
_UNEVEN = re.compile("[İıſ\u1c80-\u1c88]")
"""Letters that patterns take for others, case aside, and that ``str.lower`` does not turn into these."""


@lru_cache(_KEPT)
def speaks_to_models(paragraph: str) -> bool:
    """Whether a paragraph has words that only somebody uses who gives orders to a language model."""
    if _pattern("marks").search(paragraph):
        return True
    return _has_cue(paragraph) and any(_pattern(language).search(paragraph) for language in _LANGUAGES)


def _has_cue(paragraph: str) -> bool:
    """A quick look, by which nine of ten paragraphs need no other: whether one of the patterns may match at all."""
    small = paragraph.lower()
    cued = any(cue in small for cue in _lists()["cues"]) or re.search(_lists()["short"], small)
    return bool(cued or _UNEVEN.search(paragraph))


def in_orders_to_models(article: Article, span: Span) -> bool:
    """Whether these words of an article stand in such a paragraph."""
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return speaks_to_models(article.text[start : end if end >= 0 else None])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in _lists()[name]), re.IGNORECASE)


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(resources.files("index.answer").joinpath("to_models.toml").read_text("utf-8"))
