"""Text to lines: one encoding of every character, one paragraph a line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.language.composed import composed

if TYPE_CHECKING:
    from collections.abc import Mapping

BULLETS = "•◦▪●‣∙"

# Joiners and marks that print nothing, the soft hyphen and the byte order mark among them.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064"
    "\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r" {2,}")
_BULLET = re.compile(rf"[{BULLETS}]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, and whether an empty line stood before it."""

    text: str
    gap: bool = False


def to_lines(text: str) -> list[Line]:
    """The non-empty lines of ``text``: NFC, plain spaces, nothing invisible."""
    lines: list[Line] = []
    gap = False
    for piece in _BREAKS.split(text):
        line = normalise(piece)
        if line:
            lines.append(Line(line, gap))
        gap = not line
    return lines


def normalise(line: str) -> str:
    """One line in NFC without control, zero-width or doubled space characters; a bullet is followed by one space."""
    flat = composed(line.translate(_characters()))
    flat = _SPACES.sub(" ", flat).strip()
    return _BULLET.sub(lambda sign: sign[0][0] + " ", flat, count=1) if flat[:1] in BULLETS else flat


@cache
def _characters() -> Mapping[int, str | None]:
    """What becomes of each special character: spaces of all kinds turn plain, those that print nothing go."""
    table: dict[int, str | None] = {}
    # Beyond U+3100 there are no spaces or controls but the surrogates, which no encoding can store.
    for code in (*range(0x3100), *range(0xD800, 0xE000)):
        kind = unicodedata.category(chr(code))
        if kind in {"Zs", "Zl", "Zp"} or chr(code) == "\t":
            table[code] = " "
        elif kind in {"Cc", "Cs"}:
            table[code] = None
    return table | dict.fromkeys(map(ord, _INVISIBLE))
