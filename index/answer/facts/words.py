"""The words of quantities, looked up: numerals, multipliers, units, hedges. The lists stand in words.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_CACHED_WORDS = 20_000
_LONGEST_HEDGE = 40  # code points before a number that are read for one


@lru_cache(maxsize=_CACHED_WORDS)
def numeral(word: str) -> float:
    """What a numeral such as "пятнадцять" or "fifteen" stands for; 0 for any other word."""
    return float(_key(_table("numerals"), word) or 0)


@lru_cache(maxsize=_CACHED_WORDS)
def multiplier(word: str) -> float:
    """What "thousand" or "млн" multiplies by; 0 for any other word."""
    return float(_key(_table("scales"), word) or 0)


@lru_cache(maxsize=_CACHED_WORDS)
def counted_as(word: str) -> tuple[str, float] | None:
    """The unit that a word names, the same in every language, and how many of the basic unit one of it is."""
    for unit, sizes in _table("measures").items():
        if size := _key(sizes, word):
            return unit, float(size)
    noun = _key(_table("counted"), word)
    return (noun, 1.0) if noun else None


def fates(clause: str) -> list[str]:
    """What a clause says befell people: killed, hurt, sent and so on."""
    return _present("fates", clause)


def qualifiers(sentence: str) -> list[str]:
    """What changes the meaning of all numbers of a sentence: a rate (daily), a plan."""
    return _present("qualifiers", sentence)


def hedge_before(text: str, start: int) -> tuple[tuple[float, float], int]:
    """What "more than" or "около" before a number allows, as shares of it, and where the hedge begins."""
    before = text[max(0, start - _LONGEST_HEDGE) : start]
    for name, pattern in _endings():
        if match := pattern.search(before):
            low, high = _table("spans")[name]
            return (float(low), float(high)), start - len(before) + match.start()
    return (1.0, 1.0), start


def is_extra(before: str, after: str) -> bool:
    """Whether a number adds to one told earlier: "another 500", "500 more"."""
    words = _table("more")
    return bool(_compiled(rf"\b(?:{words['before']})\s+$").search(before)) or bool(
        _compiled(rf"\s+(?:{words['after']})\b").match(after)
    )


def is_attributed(sentence: str) -> bool:
    """Whether a sentence tells that somebody said something: a date in it may be that of the saying."""
    return bool(_compiled(rf"\b(?:{_table('sayings')['words']})\b").search(sentence))


def month(word: str) -> int:
    """1 to 12 for a month's name in any case; 0 for any other word."""
    return int(_key(_table("months"), word) or 0)


def month_words() -> str:
    """The names of all months as one regular expression."""
    return "|".join(_table("months").values())


@cache
def _table(name: str) -> dict[str, Any]:
    source = tomllib.loads(files("index.answer.facts").joinpath("words.toml").read_text("utf-8"))
    table: dict[str, Any] = source[name]
    return table


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _endings() -> list[tuple[str, re.Pattern[str]]]:
    """Each hedge as a pattern that ends where a number begins."""
    return [(name, _compiled(rf"\b(?:{words})\s+$")) for name, words in _table("hedges").items()]


def _key(table: dict[str, str], word: str) -> str | None:
    return next((key for key, words in table.items() if _compiled(words).fullmatch(word)), None)


def _present(table: str, text: str) -> list[str]:
    return [key for key, words in _table(table).items() if _compiled(rf"\b(?:{words})\b").search(text)]
