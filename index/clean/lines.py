"""Text to lines: one encoding of every character, one paragraph a line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import Markup

BULLETS = "•◦▪●‣∙"

# Joiners and marks that print nothing, the soft hyphen and the byte order mark among them.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_INVISIBLE += "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r" {2,}")
_BULLET = re.compile(rf"[{BULLETS}]\s*(?=\S)")

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_QUOTE = re.compile(r"(?:>\s*)+")
_ITEM = re.compile(r"^[-*+]\s+(?=\S)")
_RULE = re.compile(r"([-*_=])(?:\s*\1){2,}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, and whether an empty line stood before it."""

    text: str
    gap: bool = False


def to_lines(text: str, markup: Markup) -> list[Line]:
    """The non-empty lines of ``text``: NFC, plain spaces, nothing invisible, Markdown signs taken off."""
    lines: list[Line] = []
    gap = False
    for piece in _BREAKS.split(text):
        line = normalise(_unmark(piece.strip()) if markup == "markdown" else piece)
        if line:
            lines.append(Line(line, gap))
        gap = not line
    return lines


def normalise(line: str) -> str:
    """One line in NFC without control, zero-width or doubled space characters; a bullet is followed by one space."""
    flat = unicodedata.normalize("NFC", line.translate(_characters()))
    flat = _SPACES.sub(" ", flat).strip()
    return _BULLET.sub(lambda sign: sign[0][0] + " ", flat, count=1) if flat[:1] in BULLETS else flat


@cache
def _characters() -> Mapping[int, str | None]:
    """What becomes of each special character: spaces of all kinds turn plain, those that print nothing go."""
    table: dict[int, str | None] = {}
    for code in (*range(0x3100), *range(0xD800, 0xE000)):
        kind = unicodedata.category(chr(code))
        if kind in {"Zs", "Zl", "Zp"} or chr(code) == "\t":
            table[code] = " "
        elif kind in {"Cc", "Cs"}:
            table[code] = None
    return table | dict.fromkeys(map(ord, _INVISIBLE))


def _unmark(line: str) -> str:
    """A Markdown line as a reader sees it; a line that is only an image stays as it is, for a rule to drop."""
    if _RULE.match(line):
        return ""
    if _IMAGE.fullmatch(line):
        return line
    line = _QUOTE.sub("", line, count=1) if line.startswith(">") else line
    if heading := _HEADING.match(line):
        line = heading[1]
    line = _ITEM.sub("• ", line, count=1)
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", line))
