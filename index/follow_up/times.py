"""Where a question speaks of time: the stretches of its text that another time can take the place of."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from index.follow_up.words import tokens
from index.types import AskedTime, Span
from index.when import asked_time
from index.when.tags import tagged

_LATE = date(2100, 12, 31)
"""Whichever day it is asked on, the same words speak of time; so late, no year that is named lies ahead."""
_LONGEST = 7  # words: "з 12 серпня до кінця минулого місяця"
_NO_END = re.compile(r" (?:\.|in|on|onto|for|over|the|since|until|before|after|between|from|to|by) \. $")
_NO_TIME = re.compile(r" (?:_|news|item|measure|moved|will|name) ")
_WHOLE = re.compile(r" all (?:day|week|month|quarter|year) \. $")
_AHEAD = re.compile(r" future | next (?!\.)")
_CACHED = 512


@lru_cache(maxsize=_CACHED)
def times(text: str) -> tuple[Span, ...]:
    """The stretches that speak of time, each with the prepositions that belong to it, in order, none overlapping."""
    words = tokens(text)
    found: list[Span] = []
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + _LONGEST), at, -1) if _may_begin(words[at].text) else range(0)
        end = next((end for end in ends if is_time(text[words[at].start : words[end - 1].end])), None)
        if end is None:
            at += 1
        else:
            found.append(Span(words[at].start, words[end - 1].end))
            at = end
    return tuple(found)


@lru_cache(maxsize=_CACHED)
def is_time(text: str) -> bool:
    """Whether a text speaks of time in every one of its words."""
    tags = tagged(text)
    if _NO_TIME.search(tags) or _NO_END.search(tags):
        return False
    return asked_time(text, _LATE) != AskedTime() or bool(_AHEAD.search(tags) or _WHOLE.search(tags))


def inside(time: str) -> str:
    """A time as it is written within a question: with a small letter, but for English months and days."""
    first = tagged(time.split(maxsplit=1)[0]).split()[1]
    return time if first[0] in "Mw" else time[:1].lower() + time[1:]


@lru_cache(maxsize=_CACHED)
def _may_begin(word: str) -> bool:
    return not _NO_TIME.search(tagged(word))


def without(text: str, spans: tuple[Span, ...]) -> str:
    """The text without these stretches, spaces and signs put right."""
    for span in reversed(spans):
        text = f"{text[: span.start].rstrip()} {text[span.end :].lstrip()}"
    return tidy(text)


def tidy(text: str) -> str:
    """Single spaces, and none before a sign that ends something."""
    text = " ".join(text.split())
    for sign in "?!.,":
        text = text.replace(f" {sign}", sign)
    return text.lstrip("?!., ")
