"""The word lists of checking, read once: patterns in the TOML files of lists/."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A file of lists/ by its name without the ending."""
    return tomllib.loads(files("index.answer.checking").joinpath("lists", f"{name}.toml").read_text("utf-8"))


@cache
def whole(words: str) -> re.Pattern[str]:
    """Matches any of the words, separated by ``|``, as whole words without regard to case."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def straight(text: str) -> str:
    """The text with straight apostrophes, as the lists have them."""
    return text.translate(_APOSTROPHES)


_APOSTROPHES = str.maketrans("’ʼ‘`´", "'" * 5)
