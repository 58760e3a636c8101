"""Where sentences begin and end, in Russian, Ukrainian and English news prose.

Rules and lists of abbreviations, since a citation must hold whole sentences: libraries at hand break after initials
("І. Франко") and units ("5 тыс. руб.").
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.language.lemmas import stop_words
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Language

LOOK = 48  # code points read on either side of a stop; bounds the work per stop
SHORT_START = 4  # words: "В начале 2014 г." is too short for a sentence, a name goes on with it
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(
    r"""(?P<mark>[.!?…‥]+)(?P<closing>["'»”’“)\]}›*_]*(?:\[\d{1,3}\])*)(?=\s)|(?P<wide>[。！？؟।]["'»”’“)\]}›」』）]*)"""
)
_NEXT = re.compile(rf"(?P<between>[\W_]{{0,{LOOK}}})(?P<word>[^\W_]{{1,{LOOK}}})(?P<dot>\.?)")
_TAIL = re.compile(r"(?:^|(?<=[^\w.-]))((?:\w{1,4}\.\s?){0,3}\w+(?:['’ʼ-]\w+)*)$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.\s?)*[^\W\d_][^\W\d_]?")
_ENUMERATOR = re.compile(r"[\W_]*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[^\W\d_])")


def sentence_spans(text: str, language: Language) -> list[Span]:
    """The sentences of a text in order, without the space around them; together they hold every other character.

    A line break always ends a sentence. Offsets are code points; time is linear in the length of the text.
    """
    return [span for line in _LINE.finditer(text) for span in _in_line(text, line.start(), line.end(), language)]


def _in_line(text: str, start: int, end: int, language: Language) -> Iterator[Span]:
    for stop in _STOP.finditer(text, start, end):
        if _ends(text, start, stop, end, language):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if not piece.isspace() and piece:
        yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _ends(text: str, start: int, stop: re.Match[str], end: int, language: Language) -> bool:
    """Whether a sentence that began at ``start`` ends with this stop."""
    if stop["wide"]:
        return True
    following = _NEXT.match(text, stop.end(), end)
    before = text[max(start, stop.start() - LOOK) : stop.start()]
    if following is None or not any(map(str.isalnum, before)):
        return False
    word = following["word"]
    if word[0].islower() and not word[1:2].isupper():
        return False
    if stop["mark"] != ".":
        return not (")" in stop["closing"] and before.endswith("("))
    return _stop_ends(text[start : stop.start()] if stop.start() - start <= LOOK else before, ...)
