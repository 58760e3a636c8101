"""Paragraphs of articles that speak to language models rather than to readers: planted to make one say something."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.types import Article, Span

_KEPT = 2048
"""Paragraphs remembered, some kilobytes each; every sentence of one asks, and looking takes 1 ms."""


@lru_cache(_KEPT)
def speaks_to_models(paragraph: str) -> bool:
    """Whether a paragraph has words that only somebody uses who gives orders to a language model."""
    return _patterns().search(paragraph) is not None


def in_orders_to_models(article: Article, span: Span) -> bool:
    """Whether these words of an article stand in such a paragraph."""
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return speaks_to_models(article.text[start : end if end >= 0 else None])


@cache
def _patterns() -> re.Pattern[str]:
    lists = tomllib.loads(resources.files("index.answer").joinpath("to_models.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{each})" for patterns in lists.values() for each in patterns), re.IGNORECASE)
