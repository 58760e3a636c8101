"""The names of an article as they are read: first name and surname, or the words of a firm's name, together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.guide.abroad import COUNTRIES, PLACES, section
from index.language import names

if TYPE_CHECKING:
    from index.types import Article

_READ = 4_000  # code points from an article's start: what comes later is seldom what it is about
_AROUND = 30
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z\u0400-\u042f\u0490]\w+")
_POSSESSIVE = re.compile(r"(?<=[a-zA-Z])['’](?:s\b)?$")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring names as the article writes them, where they begin, their keys, and what stands before and after."""

    text: str
    start: int
    keys: frozenset[str]
    before: str
    after: str


def runs(article: Article) -> list[Run]:
    """The runs of names in an article's beginning, in order. A place ends its run: "of Ukraine", then who presides."""
    text = article.text[:_READ]
    found: list[tuple[int, int, frozenset[str]]] = []
    for name in names(text, article.language):
        start, end, keys = name.span.start, name.span.end, frozenset((name.key,))
        if found and (start < found[-1][1] or _go_on(text, found[-1], start)):
            first, last, before = found.pop()
            start, end, keys = first, max(last, end), before | keys
        found.append((start, end, keys))
    small = frozenset(_SMALL.findall(text))
    return [run for run in (_run(text, *each) for each in found) if not _is_common(run, small)]


def _is_common(run: Run, small: frozenset[str]) -> bool:
    """Whether the article writes a word of a name small elsewhere: an office or a headline's word, then."""
    return any(word.lower() in small for word in run.text.split() if word[0].isupper())


def _go_on(text: str, run: tuple[int, int, frozenset[str]], start: int) -> bool:
    """Whether a name belongs to the run before it."""
    if text[run[1] : start] != " " or _POSSESSIVE.search(text[run[0] : run[1]]):
        return False
    return not any(section(key) in (COUNTRIES, PLACES) for key in run[2])


def _run(text: str, start: int, end: int, keys: frozenset[str]) -> Run:
    name = _POSSESSIVE.sub("", text[start:end])
    end = start + len(name)
    return Run(name, start, keys, text[max(0, start - _AROUND) : start], text[end : end + _AROUND])
