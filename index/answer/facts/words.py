"""The words of quantities, looked up: numerals, multipliers, units, hedges. The lists stand in words.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_CACHED_WORDS = 20_000
_LINKS = "на|в|у|до|к|с|із|з|зі|by|at|to|the|a"
_BY = r"(?:больше|меньше|более|менее|більше|менше|більш|менш|above|below|over|under|выше|вище)\s+(?:на|by|в|у)\s"
"""No hedge but a difference: "меньше на 6300"."""
_LONGEST_HEDGE = 40  # code points before a number that are read for one


@lru_cache(maxsize=_CACHED_WORDS)
def numeral(word: str) -> float:
    """What a numeral such as "пятнадцять" or "fifteen" stands for; 0 for any other word."""
    return float(_key(_table("numerals"), word) or 0)


@lru_cache(maxsize=_CACHED_WORDS)
def multiplier(word: str) -> float:
    """What "thousand" or "млн" multiplies by; 0 for any other word."""
    return float(_key(_table("scales"), word) or 0)


def stands_alone(word: str, before: str) -> bool:
    """Whether a word such as "million" is a number by itself behind these words: "a million", not "several million"."""
    words = _table("alone")
    if not _compiled(words["words"]).fullmatch(word) or _compiled(rf"\b(?:{words['vague']})\s+$").search(before):
        return False
    if _compiled(words["halving"]).fullmatch(word):
        return halving(before) > 0
    english = _compiled(words["english"]).fullmatch(word) is not None
    return not english or _compiled(rf"\b(?:{words['behind']})\s+$").search(before) is not None


def halving(before: str) -> int:
    """How many code points before "a million" make it half of one; 0 for none."""
    found = _compiled(rf"\b(?:{_table('alone')['halved']})(?:\s+a)?\s+$").search(before)
    return len(found.group()) if found else 0


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


def hedge_before(text: str, start: int) -> tuple[str, int]:
    """The hedge before a number ("over" for "more than" and "свыше"), empty for none, and where it begins."""
    before = text[max(0, start - _LONGEST_HEDGE) : start]
    for name, pattern in _endings():
        if (match := pattern.search(before)) and not _compiled(_BY).match(match.group()):
            return name, start - len(before) + match.start()
    return "", start


def span_of(hedge: str) -> tuple[float, float]:
    """What a hedge allows, as shares of the number behind it: "over" from itself to twice as much."""
    low, high = _table("spans")[hedge] if hedge else (1.0, 1.0)
    return float(low), float(high)


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
    """Each hedge as a pattern that ends where a number begins, or a preposition before it: "почти на 5%"."""
    return [(name, _compiled(rf"\b(?:{words})\s+(?:(?:{_LINKS})\s+)?$")) for name, words in _table("hedges").items()]


def _key(table: dict[str, str], word: str) -> str | None:
    return next((key for key, words in table.items() if _compiled(words).fullmatch(word)), None)


def _present(table: str, text: str) -> list[str]:
    return [key for key, words in _table(table).items() if _compiled(rf"\b(?:{words})\b").search(text)]
