"""The phrases of the languages' TOML files as patterns over plain text.

Entries are parted by commas or line ends. In an entry ``*`` is the rest of a word, ``_`` any word, ``...`` any words or
none, ``0`` a number, ``#`` a sum such as 2+2; (a / b) is one of several, [a / b] likewise or nothing, and {name} one of
the list of that name under ``[parts]``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from index.small_talk.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.types import AskerLanguage

_PIECE = re.compile(r"\{\w+\}|[\[\]()/]|\.\.\.|[^\s\[\]()/{}]+")
_SIGNS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "/": "|", "...": r"(?:\S+ )*?"}
_ANY = {"_": r"\S+ ", "0": r"\d+ ", "#": "# "}
_REST = r"(?:\S+ )*"


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of a language's file, and the kind that it stands under."""

    kind: str
    language: AskerLanguage
    entry: str

    def end(self, said: str, at: int) -> int:
        """Where the phrase ends that begins at a place of plain text; that place itself where none does."""
        found = _compiled(self.entry, self.language).match(said, at)
        return found.end() if found else at

    def doubtful(self, said: str) -> bool:
        """Whether words stand in plain text that make a phrase of this kind a question after all."""
        unless = _read(self.language)["unless"].get(self.kind)
        starts = [found.start() for found in re.finditer(r"\S+", said)] if unless else []
        return any(_compiled(entry, self.language).match(said, at) for entry in _entries(unless or "") for at in starts)


def beginning(word: str, language: AskerLanguage) -> Iterator[Phrase]:
    """The phrases that a word may begin."""
    known = _by_beginning(language)
    number = ["0"] if word.isdigit() else []
    for key in (word, "_", *number, *(f"{word[:length]}*" for length in range(1, len(word) + 1))):
        yield from known.get(key, ())


@cache
def signs() -> Mapping[str, str]:
    """The emoji that say something by themselves, by kind."""
    return {kind: str(listed) for kind, listed in _read("signs")["talk"].items()}


@cache
def _by_beginning(language: AskerLanguage) -> Mapping[str, tuple[Phrase, ...]]:
    """A language's phrases by the words that may begin them: a pattern takes too long to compile before it is used."""
    found: dict[str, dict[Phrase, None]] = {}
    for kind, listed in _read(language)["talk"].items():
        for entry in _entries(listed):
            for word in _beginnings(entry, language):
                found.setdefault(word, {})[Phrase(kind, language, entry)] = None
    return {word: tuple(listed) for word, listed in found.items()}


def _beginnings(entry: str, language: AskerLanguage) -> Iterator[str]:
    """The words that may begin an entry, and some that may not: those up to the end of its first part that must be."""
    depth = 0
    for piece in _PIECE.findall(entry):
        depth += "([".count(piece) - ")]".count(piece)
        if piece.startswith("{"):
            yield from _part_beginnings(piece[1:-1], language)
        elif piece not in _SIGNS:
            yield piece if piece in _ANY else _spelt(piece)
        if depth == 0 and piece != "]":
            return


@cache
def _part_beginnings(name: str, language: AskerLanguage) -> tuple[str, ...]:
    entries = _entries(_read(language)["parts"][name])
    return tuple({word: None for entry in entries for word in _beginnings(entry, language)})


@cache
def _spelt(word: str) -> str:
    """The first word of an entry's word as plain text has it: a hyphen parts words."""
    first, *rest = plain(word).split() or [""]
    return f"{first}*" if word.endswith("*") and not rest else first


@cache
def _compiled(entry: str, language: AskerLanguage) -> re.Pattern[str]:
    return re.compile(_pattern(entry, language))


def _pattern(entry: str, language: AskerLanguage) -> str:
    """A pattern for an entry: a space after every word, as in plain text."""
    found = "".join(_piece(piece, language) for piece in _PIECE.findall(entry))
    return found.removesuffix(_SIGNS["..."]) + _REST if entry.endswith("...") else found


def _piece(piece: str, language: AskerLanguage) -> str:
    if known := _SIGNS.get(piece) or _ANY.get(piece):
        return known
    if piece.startswith("{"):
        return _part(piece[1:-1], language)
    stem = re.escape(plain(piece).strip()).replace(r"\ ", " ")
    return rf"{stem}\S* " if piece.endswith("*") else f"{stem} "


@cache
def _part(name: str, language: AskerLanguage) -> str:
    """A pattern for any of a list, the longest tried first."""
    listed = sorted(_entries(_read(language)["parts"][name]), key=len, reverse=True)
    return f"(?:{'|'.join(_pattern(each, language) for each in listed)})"


def _entries(listed: str) -> list[str]:
    return [entry.strip() for entry in re.split(r"[,\n]", listed) if entry.strip()]


@cache
def _read(name: str) -> dict[str, Any]:
    """A file of this folder."""
    return tomllib.loads(resources.files("index.small_talk").joinpath(f"{name}.toml").read_text("utf-8"))
