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

LOOK = 40  # code points read on either side of a stop; bounds the work per stop
SHORT_START = 4  # words: "В начале 2014 г." is too short for a sentence, a name goes on with it
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Possessive quantifiers (`++`) keep a search linear in hostile runs of signs. The stops of Asian scripts, in the last
# group, need no space after them.
_STOP = re.compile(
    r"""(?<![.!?…‥])(?P<mark>[.!?…‥]++)(?P<closing>["'»”’“)\]}›*_]*+(?:\[\d{1,3}\])*+)(?=\s)|(?P<wide>[。！？؟।]["'»”’“)\]}›」』）]*)"""
)
_NEXT = re.compile(rf"(?P<between>[\W_]{{0,{LOOK}}})(?P<word>[^\W_]{{1,{LOOK}}})(?P<dot>\.?)")
_TAIL = re.compile(r"(?<![\w.'’ʼ-])(?:\w{1,4}+\.\s?+){0,3}+\w++(?:['’ʼ-]\w++)*+$")
# "1.", "IV." or "a." opening a sentence numbers it and stays with it.
_ENUMERATOR = re.compile(r"[\W_]*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[^\W\d_])")
_NUMBER_BEFORE = re.compile(r"(?:\d(?:-?\w{1,2})?|\b[IVXХІ]+)\)?(?:\s?(?:вв?|гг?|рр?|ст)\.)?(?:\sдо)?\s*$")
_ONE_LETTER_WORDS = frozenset("яєж")  # end sentences as words; other single letters are initials or shortened words


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
    if _goes_on(following["word"]):
        return False
    if stop["mark"] != ".":
        return not (")" in stop["closing"] and before.endswith("("))
    whole = stop.start() - start <= LOOK
    if whole and _ENUMERATOR.fullmatch(before):
        return False
    short = whole and len(before.split()) <= SHORT_START
    return _abbreviation_ends(before, following, language, bracketed=")" in stop["closing"], short=short)


def _goes_on(word: str) -> bool:
    """Whether the word after a stop has a small letter, and is no brand like "iPhone" that may open a sentence."""
    return word[0].islower() and not word[1:2].isupper()


def _abbreviation_ends(
    before: str, following: re.Match[str], language: Language, *, bracketed: bool, short: bool
) -> bool:
    """Whether a single full stop after ``before`` ends the sentence, given that no small letter follows."""
    tail = _TAIL.search(before)
    kind = _kind(tail.group(), before[: tail.start()], language) if tail else ""
    if kind in ("", "final"):
        return True
    if kind == "prefix" or bracketed or following["word"][0].isdigit():
        return False
    if kind == "number" or (kind == "year" and not short):
        return True
    initial = len(following["word"]) == 1 and following["dot"] == "."
    return not initial and following["word"].lower() in stop_words(language)


def _kind(tail: str, earlier: str, language: Language) -> str:
    """The class of the abbreviation that ``tail`` ends with, or an empty string for an ordinary word."""
    pieces = [piece.strip() for piece in tail.split(".")]
    kind, last = _listed_kind(pieces, language), pieces[-1]
    after_number = _NUMBER_BEFORE.search(earlier) is not None
    if kind == "year" and not after_number:
        return "prefix"
    if kind or len(last) > 1 or not last.isalpha() or last in _ONE_LETTER_WORDS or earlier.endswith("°"):
        return kind
    if last.isupper() or last.isascii():
        return "name"
    return "number" if after_number else "prefix"


def _listed_kind(pieces: list[str], language: Language) -> str:
    """The class that the longest listed abbreviation at the end of ``pieces`` has, or an empty string."""
    keys = [".".join(pieces[at:]) for at in range(len(pieces))]
    # A listed abbreviation may open a sentence, with a capital; all in capitals it is an acronym or an initial.
    if not pieces[-1].isupper():
        keys += [key.lower() for key in keys]
    listed = _abbreviations(language)
    return next((listed[key] for key in keys if key in listed), "")


@cache
def _abbreviations(language: Language) -> dict[str, str]:
    """Abbreviation to class; English ones count in every language, all of them where the language is unknown."""
    source = tomllib.loads(files("index.language").joinpath("abbreviations.toml").read_text("utf-8"))
    wanted = ("uk", "ru", "en") if language == "other" else ("en", language)
    return {word: kind for name in wanted for kind, words in source[name].items() for word in words.split()}
