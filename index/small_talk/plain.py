"""Spelling that does not matter, taken out: case, punctuation, stretched letters, marks above letters, apostrophes."""

from __future__ import annotations

import re

_UNMARKED = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "′": "'"})
_SUM = re.compile(r"\d[\d.,]*(?:\s*[+*×÷^]\s*\(?\d[\d.,]*\)?)+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|#")
_STRETCHED = re.compile(r"([^\W\d_])\1+")


def plain(text: str) -> str:
    """The words of a text, a space after each; of a letter that is repeated one is left, ``#`` stands for a sum.

    Doubled letters are written as one throughout, so that "приветттт" and "helo" are as good as any.
    """
    small = text.lower().translate(_UNMARKED).replace("#", " ")
    return "".join(f"{word} " for word in _WORD.findall(_STRETCHED.sub(r"\1", _SUM.sub(" # ", small))))
