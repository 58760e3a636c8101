"""Shares and multiples of a sentence that are told by words: "a third", "almost double", "three in four".

They hold where the source has the same words, a percentage near them, or two numbers that stand in that proportion.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from index.answer.checking.numbers.amounts import comparable
from index.answer.checking.words import straight, table, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount

    Windows = Sequence[Sequence[Amount]]

_NEAR_SHARE = 0.05
"""How far "almost half" may lie from the share itself: 9 of 20 is 0.45."""
_NEAR_MULTIPLE = 0.12
_LARGEST_OF = 20
_MONTHS_OF_YEAR, _MONTH = 12, 30.44
_DECADE = "x120"
_CACHED = 4_000
_AMONG = re.compile(r"\s*(?:in|of|out of|из|із|зі|з|на|до|к)(?: the| every| each| кажд\w+| кожн\w+)?\s*", re.IGNORECASE)
_ONE_IN = re.compile(
    r"\b(?:one|один|одна|одно|одного|одну|одне)\s(?:in|of|out of|из|із|з)\s(?:every\s|кажд\w+\s|кожн\w+\s)?$",
    re.IGNORECASE,
)
_COMPOUND = (
    "лет|літ|місячн|месячн|дневн|денн|часов|годинн|этаж|поверх|крат|разов|процент|відсотков|річн|комнат|кімнат|мест|місн|"
    "сторон|тысячн|тисячн"
)


def unsupported_share(text: str, told: Sequence[Statement], windows: Windows) -> bool:
    """Whether a text has a share or a multiple in words for which the source gives no reason.

    ``windows`` are the amounts of the source's sentences that stand side by side.
    """
    known = frozenset().union(*(_said(each.text) for each in told))
    return any(not (key in known or _borne_out(key, windows)) for key in _shares(text))


def without_shares(text: str) -> str:
    """The text with its shares and multiples blotted out."""
    text = whole(table("numbers")["tens"]["words"]).sub(lambda match: "_" * len(match.group()), straight(text))
    for words in _words().values():
        text = whole(words).sub(lambda match: "_" * len(match.group()), text)
    return text


def told_as_multiple(value: float, told: Sequence[Statement]) -> bool:
    """Whether a number is told as "twice" or within an adjective such as "трёхлетний"."""
    return any(f"x{value:g}" in _said(each.text) for each in told)


def told_as_length(months: float, told: Sequence[Statement]) -> bool:
    """Whether a length of time is told within an adjective such as "трёхлетний", or as a decade."""
    key = f"x{round(months, 1):g}"
    return any(key in _held(each.text) or (key == _DECADE and key in _shares(each.text)) for each in told)


def told_as_points(percent: float, told: Sequence[Statement]) -> bool:
    """Whether a change in percent is told as part of a point: "a quarter-point" are 25 basis points."""
    return any(
        float(key) == round(percent, 4) and whole(words).search(straight(each.text))
        for key, words in table("numbers")["points"].items()
        for each in told
    )


def is_ratio(part: Amount, whole_of: Amount, between: str, windows: Windows) -> bool:
    """Whether two numbers such as "three in four" are a share that a percentage of the source bears out."""
    if not _AMONG.fullmatch(between) or not 0 < part.low < whole_of.low <= _LARGEST_OF:
        return False
    value = part.low / whole_of.low
    percents = (each.low / 100 for window in windows for each in window if each.kind == "percent")
    return any(abs(each - value) <= min(_NEAR_SHARE, _NEAR_MULTIPLE * value) for each in percents)


def is_one_in(claimed: Amount, before: str, windows: Windows) -> bool:
    """Whether a number behind the words before it makes a share that the source bears out: "one in five"."""
    return claimed.low > 1 and _ONE_IN.search(before) is not None and _has_share(1 / claimed.low, windows)


def is_multiple(value: float, windows: Windows) -> bool:
    """Whether some number of the source is so many times another of its kind."""
    everywhere = [tuple(dict.fromkeys(each for window in windows for each in window))]
    return any(
        abs(one / other - value) <= near * value
        for near, rows in ((_NEAR_MULTIPLE, windows), (_NEAR_MULTIPLE / 2, everywhere))
        for one, other in _pairs(rows)
    )


def _borne_out(key: str, windows: Windows) -> bool:
    value = _value(key)
    if not key.startswith("x"):
        return _has_share(value, windows)
    everywhere = [each for window in windows for each in window]
    return (
        any(_is_growth(each.low / 100, value) for each in everywhere if each.kind == "percent")
        or any(each.low == value for each in everywhere if each.noun == "times")
        or any(abs(each.low / (_MONTH * value) - 1) < _NEAR_SHARE for each in everywhere if each.kind == "time")
        or is_multiple(value, windows)
    )


def _is_growth(share: float, times: float) -> bool:
    """Whether a percentage tells of so many times as much: 300, 200 more, or a third left."""
    return any(abs(share - each) <= _NEAR_SHARE for each in (times, times - 1, 1 / times))


def _has_share(value: float, windows: Windows) -> bool:
    """Whether a percentage or two numbers of the source come near to a share."""
    percents = (each.low / 100 for window in windows for each in window if each.kind == "percent")
    ratios = (one / other for one, other in _pairs(windows) if one < other)
    changes = (other / one - 1 for one, other in _pairs(windows) if one != other)
    return any(abs(each - value) <= _NEAR_SHARE for found in (percents, ratios) for each in found) or any(
        abs(abs(each) - value) <= _NEAR_SHARE / 2 for each in changes
    )


def _pairs(windows: Windows) -> Iterator[tuple[float, float]]:
    """The numbers of one kind that stand near each other, in either order."""
    for window in windows:
        for one, other in permutations(window, 2):
            if comparable(one, other) and min(one.low, other.low) > 0:
                yield one.low, other.low


@lru_cache(maxsize=_CACHED)
def _shares(text: str) -> frozenset[str]:
    plain = straight(text)
    return frozenset(key for key, words in _words().items() if whole(words).search(plain))


@lru_cache(maxsize=_CACHED)
def _said(text: str) -> frozenset[str]:
    return _shares(text) | _held(text)


@lru_cache(maxsize=_CACHED)
def _held(text: str) -> frozenset[str]:
    """The numbers within adjectives such as "трёхлетний", also as months."""
    plain = straight(text)
    begun = table("numbers")["compounds"].items()
    held = {int(key) for key, words in begun if whole(rf"(?:{words})(?:{_COMPOUND})\w*").search(plain)}
    return frozenset(f"x{number * size}" for number in held for size in (1, _MONTHS_OF_YEAR))


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = table("numbers")["shares"]
    return words


def _value(key: str) -> float:
    part, _, of = key.removeprefix("x").partition("/")
    return float(part) / float(of or 1)
