"""Whether every number of a written sentence is one that the cited passages have.

Numbers are read by index.answer.facts, so that "1,2 млн" and "1.2 million" are one. A sentence may be rougher than its
source ("about 400" for 412, "more than 400"), never finer.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table, whole
from index.answer.facts import facts_of
from index.answer.facts.quantities import is_unlisted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    from index.answer.checking.cited import Statement
    from index.answer.facts.quantities import Quantity
    from index.types import Language

    Item = TypeVar("Item")

_SCORE = re.compile(r"(?<![\w.,:/-])(\d{1,3})\s?[:]\s?(\d{1,3})(?![\w:]|[.,/-]\d)")
_PAIR = re.compile(r"(?<![\w.,:/-])(\d{1,3})\s?[:–-]\s?(\d{1,3})(?![\w:]|[.,/-]\d)")
_ORDINAL = re.compile(
    r"(?<![\w.,])(\d{1,3})(?:st|nd|rd|th|[-–](?:й|я|е|го|му|м|ий|ій|та|те|ша|ої|ый|ая|ое|ой|ого))(?!\w)"
)
_LINKED_HEDGE = re.compile(
    r"((?:більш|більше|менш|менше) (?:ніж|як)|(?:более|больше|менее|меньше) чем|почти|майже|примерно|приблизно|около"
    r"|about|almost|nearly|more than|less than)\s(?:на|в|у|by)\s",
    re.IGNORECASE,
)
"""A hedge and its number with a preposition between, which words.toml of the facts does not have."""
_COLLECTIVE = re.compile(r"(?:дво|тро|обо)(?:е|их|є|ім|им)|(?:четвер|пятер|п'ятер|шестер|семер)[оы]", re.IGNORECASE)
"""Numerals that count people, whatever word comes next: "семеро спасены вертолётом"."""
_TO = re.compile("до ", re.IGNORECASE)
"""Before a number either "up to" or just "to": "sentenced to six years"."""
_COMPOUND = (
    "лет|місячн|месячн|дневн|денн|часов|годинн|этаж|поверх|крат|разов|процент|відсотков|річн|комнат|кімнат|мест|місн"
)
_REACH = 0.7
_SCALES = (1e3, 1e6, 1e9)
_MONTHS = 12
_CACHED = 4_000
_NEARLY = 0.9  # what "nearly" allows below the number, after words.toml


def unsupported_number(sentence: str, language: Language, told: Sequence[Statement]) -> bool:
    """Whether a sentence has a number, a share, a score or an ordinal that no cited sentence has."""
    scores = _any_of(_scores(each.text, _PAIR) for each in told)
    claimed = _claimed(sentence, language, scores)
    return (
        not all(_has_number(each, claimed, told) for each in claimed)
        or not _shares(sentence) <= _shares_told(told)
        or not _scores(sentence, _SCORE) <= scores
        or not _ordinals(sentence) <= _any_of(_counted(each) for each in told)
    )


def _claimed(sentence: str, language: Language, scores: frozenset[str]) -> list[Quantity]:
    plain = _LINKED_HEDGE.sub(r"\1 ", _without_shares(sentence))
    plain = _PAIR.sub(lambda pair: "_" if "-".join(sorted(pair.groups())) in scores else pair.group(), plain)
    return [_counted_thing(each) for each in facts_of(plain, language).numbers]


def _narrowed(number: Quantity) -> Quantity:
    """What "up to" and "more than" stretch to when they are written of a known number: it lies not far from them."""
    if number.low == 0:
        return replace(number, low=number.high * _REACH)
    stretched = math.isinf(number.high) or math.isclose(number.high, 2 * number.low)
    return replace(number, high=number.low / _REACH) if stretched else number


def _has_number(number: Quantity, beside: Sequence[Quantity], told: Sequence[Statement]) -> bool:
    known = [_counted_thing(each) for statement in told for each in statement.facts.numbers]
    if number.low == number.high and f"x{number.low:g}" in _shares_told(told):
        return True
    return any(_supports(each, form) for form in _readings(number, beside) for each in known)


def _readings(number: Quantity, beside: Sequence[Quantity]) -> Iterable[Quantity]:
    """A number as written, and in the millions of another of the sentence: "18 of the 23 million"."""
    yield number
    if number.unit.startswith("months"):  # an age may stand bare: "Ann Lee, 29,"
        low, high, step = number.low / _MONTHS, number.high / _MONTHS, number.step / _MONTHS
        yield replace(number, low=low, high=high, step=step, unit="people:")
    if is_unlisted(number.unit) and number.high < _SCALES[0]:
        largest = max((each.high for each in beside if math.isfinite(each.high)), default=0.0)
        for scale in _SCALES:
            if scale <= largest:
                yield replace(number, low=number.low * scale, high=number.high * scale, step=number.step * scale)


def _supports(known: Quantity, claimed: Quantity) -> bool:
    """Whether a number of the source makes the claimed one true."""
    if not _same_thing(known.unit, claimed.unit) or _opposed(known, claimed):
        return False
    claimed = _narrowed(claimed)
    slack = claimed.step if claimed.step > known.step else 0.0
    low, high = claimed.low - slack / 2, claimed.high + slack
    return all(low <= value < high or value == claimed.high for value in _values(known))


def _values(number: Quantity) -> tuple[float, ...]:
    """The number itself without its hedge, or both ends of a range."""
    if math.isinf(number.high) or math.isclose(number.high, 2 * number.low):
        return (number.low,)
    if number.low == 0 or math.isclose(number.low, _NEARLY * number.high):
        return (number.high,)
    middle = (number.low + number.high) / 2
    hedged = math.isclose(number.low, _NEARLY * middle)
    return (middle,) if hedged or number.low == number.high else (number.low, number.high)


def _opposed(one: Quantity, other: Quantity) -> bool:
    """Whether one is "more than" and the other "less than"."""
    sides = [(each.low == 0, math.isinf(each.high) or math.isclose(each.high, 2 * each.low)) for each in (one, other)]
    return (sides[0][0] and sides[1][1]) or (sides[0][1] and sides[1][0])


def _same_thing(one: str, other: str) -> bool:
    """Whether two units may be one: unknown ones may be anything; a measure is never a count."""
    left, right = (each.partition("/")[0].partition(":")[0] for each in (one, other))
    if is_unlisted(one) and is_unlisted(other):
        return True
    # What befell people may stand beside anything counted: "will send 12 ambulances" reads as people sent.
    vague = [is_unlisted(unit) or unit.startswith("people:") for unit in (one, other)]
    if any(vague):
        return is_unlisted(one) or not {left, right} & _measures()
    return left == right or bool(_groups(left) & _groups(right))


@cache
def _measures() -> frozenset[str]:
    return frozenset(table("numbers")["measures"]["units"].split())


@cache
def _groups(unit: str) -> frozenset[str]:
    return frozenset(name for name, units in table("numbers")["alike"].items() if unit in units.split())


def _counted_thing(number: Quantity) -> Quantity:
    """A number with what it counts: of "семеро" people, and an age is a length of time."""
    if _COLLECTIVE.match(number.text):
        return replace(number, unit="people:")
    if _TO.match(number.text):
        number = replace(number, low=number.high)
    unit, _, rest = number.unit.partition("/")
    if unit != "age":
        return number
    return replace(
        number,
        low=number.low * _MONTHS,
        high=number.high * _MONTHS,
        step=number.step * _MONTHS,
        unit=f"months/{rest}" if rest else "months",
    )


def _without_shares(sentence: str) -> str:
    text = straight(sentence)
    for words in table("numbers")["shares"].values():
        text = whole(words).sub(lambda match: "_" * len(match.group()), text)
    return text


@lru_cache(maxsize=_CACHED)
def _shares(text: str) -> frozenset[str]:
    plain = straight(text)
    return frozenset(key for key, words in table("numbers")["shares"].items() if whole(words).search(plain))


def _shares_told(told: Sequence[Statement]) -> frozenset[str]:
    """The shares of the source; a percentage near to one counts as it."""
    percents = [n.low for each in told for n in each.facts.numbers if n.unit.startswith("percent")]
    near = {key for key, value in _PERCENT.items() if any(abs(value - each) <= _PERCENT_SLACK for each in percents)}
    multiples = {f"x{n.low:g}" for each in told for n in each.facts.numbers if n.unit.startswith(("times", "months"))}
    return _any_of(_shares(each.text) | _compounds(each.text) for each in told) | near | multiples


@lru_cache(maxsize=_CACHED)
def _compounds(text: str) -> frozenset[str]:
    """The numbers within adjectives such as "трёхлетний", also as months."""
    begun = table("numbers")["compounds"].items()
    held = {int(key) for key, words in begun if whole(rf"(?:{words})(?:{_COMPOUND})\w*").search(straight(text))}
    return frozenset(f"x{number * size}" for number in held for size in (1, _MONTHS))


_PERCENT = {"1/2": 50.0, "1/3": 33.3, "2/3": 66.7, "1/4": 25.0, "3/4": 75.0, "x2": 100.0, "x3": 200.0}
_PERCENT_SLACK = 3.0


def _scores(text: str, pattern: re.Pattern[str]) -> frozenset[str]:
    return frozenset("-".join(sorted(found.groups())) for found in pattern.finditer(text))


@lru_cache(maxsize=_CACHED)
def _ordinals(text: str) -> frozenset[int]:
    plain = straight(_without_shares(text))
    words = {int(key) for key, forms in table("numbers")["ordinals"].items() if whole(forms).search(plain)}
    dated = {each.day for each in facts_of(text, "other").dates}
    return frozenset(words | {int(found[1]) for found in _ORDINAL.finditer(plain)} - dated)


def _counted(told: Statement) -> frozenset[int]:
    """The ordinals of a source's sentence, and its numbers and days, which an ordinal may stand for."""
    whole_numbers = {int(number.low) for number in told.facts.numbers if number.low < _SCALES[0]}
    return _ordinals(told.text) | whole_numbers | {each.day for each in told.facts.dates if each.day}


def _any_of(sets: Iterable[frozenset[Item]]) -> frozenset[Item]:
    return frozenset().union(*sets)
