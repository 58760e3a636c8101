"""Text in one encoding of every character, in time that grows no faster than the text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_MOST_MARKS = 30
"""Marks on one letter, after the Stream-Safe Text Format of Unicode (UAX 15, section 13)."""
_BEYOND_MARKS = 0x1E950  # above, Unicode has no marks that are put in order


def composed(text: str) -> str:
    """The text in NFC; where a letter bears more than 30 marks, which no script writes, the rest of them goes.

    Marks are put in order by insertion, which takes hours for a million of them in a row.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text if len(text) <= _MOST_MARKS else _flood().sub(r"\1", text))


@cache
def _flood() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, _BEYOND_MARKS) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+")
