"""Ordinals and scores of a sentence, and the times of day that look like scores."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.numbers.proportions import without_shares
from index.answer.checking.words import straight, table, whole
from index.answer.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement

_SCORE = re.compile(r"(?<![\w.,:/-])(\d{1,3})\s?[:]\s?(\d{1,3})(?![\w:]|[.,/-]\d)")
_PAIR = re.compile(r"(?<![\w.,:/-])(\d{1,3})(?:\s?[:–-]\s?|\s(?:to|на|против|проти|до)\s)(\d{1,3})(?![\w:]|[.,/-]\d)")
_CLOCK = re.compile(r"(?<![\w:])(\d{1,2})[:.]([0-5]\d)(?!\d)")
_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:st|nd|rd|th|[-–](?:й|я|е|го|му|м|ий|ій|та|те|ша|ої|ою|ому|им|ый|ая|ое|ой|ого|ю|у|а))(?!\w)"
)
_NUMBER = re.compile(r"\d+")
_HOURS, _NOON = 24, 12
_LARGEST = 1_000
_CACHED = 4_000


def unsupported_rank(sentence: str, told: Sequence[Statement]) -> bool:
    """Whether a sentence has an ordinal that the source has in no form, neither as a word nor in figures."""
    return not ordinals(sentence) <= frozenset().union(*(_ranks(each.text) for each in told))


def unsupported_score(sentence: str, told: Sequence[Statement]) -> bool:
    """Whether a sentence has a score, or a time of day written like one, that the source does not have."""
    known = frozenset().union(*(_pairs(each.text) for each in told))
    hours = frozenset().union(*(_hours(each.text) for each in told))
    return any(
        "-".join(sorted(found.groups())) not in known and not _is_hour(found, hours)
        for found in _SCORE.finditer(sentence)
    )


def without_scores(sentence: str, told: Sequence[Statement]) -> str:
    """The sentence with those of its scores blotted out that the source has."""
    known = frozenset().union(*(_pairs(each.text) for each in told))
    return _PAIR.sub(
        lambda pair: "_" * len(pair.group()) if "-".join(sorted(pair.groups())) in known else pair.group(), sentence
    )


@lru_cache(maxsize=_CACHED)
def ordinals(text: str) -> frozenset[int]:
    """The ordinals of a text from the third on, but for those of its dates."""
    plain = whole(table("numbers")["clock"]["words"]).sub("_", straight(without_shares(text)))
    words = {int(key) for key, forms in table("numbers")["ordinals"].items() if whole(forms).search(plain)}
    dated = {each.day for each in facts_of(text, "other").dates}
    return frozenset(words | {int(found[1]) for found in _ORDINAL.finditer(plain)} - dated)


@lru_cache(maxsize=_CACHED)
def figures(text: str) -> frozenset[int]:
    """The whole numbers that stand in a text in figures, those of names and dates too: "№5" and "G7"."""
    return frozenset(int(found.group()) for found in _NUMBER.finditer(text) if len(found.group()) <= len(str(_LARGEST)))


@lru_cache(maxsize=_CACHED)
def undated_figures(text: str) -> frozenset[int]:
    """The same but for those of days; years stay, for "the 2016 vote" is read as a number."""
    for each in facts_of(text, "other").dates:
        if each.day:
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return figures(text) | frozenset(each.year for each in facts_of(text, "other").dates if each.year)


@lru_cache(maxsize=_CACHED)
def _ranks(text: str) -> frozenset[int]:
    counted = {int(each.stated[0]) for each in facts_of(text, "other").numbers if each.stated[0] < _LARGEST}
    return ordinals(text) | figures(text) | counted


@lru_cache(maxsize=_CACHED)
def _pairs(text: str) -> frozenset[str]:
    return frozenset("-".join(sorted(found.groups())) for found in _PAIR.finditer(text))


@lru_cache(maxsize=_CACHED)
def _hours(text: str) -> frozenset[int]:
    """The hours of day that a text tells or may tell, of twelve."""
    return frozenset(number % _NOON for number in figures(text) if number <= _HOURS)


def _is_hour(found: re.Match[str], hours: frozenset[int]) -> bool:
    clock = _CLOCK.fullmatch(found.group())
    return clock is not None and int(clock[1]) <= _HOURS and int(clock[1]) % _NOON in hours
