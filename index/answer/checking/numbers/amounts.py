"""The numbers of a text as checking compares them: what kind of thing they count, their hedge, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.numbers.incontext import in_context
from index.answer.checking.words import table
from index.answer.facts import facts_of
from index.answer.facts.quantities import is_unlisted
from index.language.lemmas import analyzer

if TYPE_CHECKING:
    from index.answer.facts.quantities import Quantity
    from index.types import Language

_DAYS = {"seconds": 1 / 86_400, "days": 1.0, "months": 30.44, "age": 365.25}
"""Days in each unit of time that the facts know."""
_MILLION = 1e6
_MULTIPLIED = re.compile(r"\b(?:тыс|тис|thousand)", re.IGNORECASE)
_AGE = re.compile(r"[-–‑]\s?(?:летн|річн)|year|\w(?:летн|річн)", re.IGNORECASE)
_NO_NOUNS = frozenset({"VERB", "INFN", "GRND", "ADVB", "PREP", "CONJ", "PRCL", "NPRO"})
_BETWEEN = re.compile(r"[\s\u00a0]*(?:,|and|и|і|й|та)?[\s\u00a0]*", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:дво|тро|обо)(?:е|их|є|ім|им)|(?:четвер|пятер|п'ятер|шестер|семер|десятер)[оыиь]\w?", re.IGNORECASE
)
"""Numerals that count people, whatever word comes next: "семеро спасены вертолётом"."""
_YEAR_OF = re.compile(r"(?:19|20)\d\d\s?[гр]\.")  # г. is short for grams as well
_CACHED = 4_000


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text from ``low`` to ``high`` without its hedge ("over", "about"), written to the nearest ``step``.

    ``kind`` tells what may be compared: "time" in days, "percent", a currency, another measure, "count" for anything
    counted, empty where no noun tells. ``noun`` is what is counted, as the facts name it, or empty. ``start`` and
    ``end`` bound the number, ``tail`` is where the words for its unit end.
    """

    low: float
    high: float
    step: float
    hedge: str
    kind: str
    noun: str
    start: int
    end: int
    tail: int
    size: float
    text: str

    @property
    def bare(self) -> Amount:
        """The number alone, whatever it measures: an age may be told without "years"."""
        size = self.size
        return replace(self, low=self.low / size, high=self.high / size, step=self.step / size, kind="", size=1.0)


@lru_cache(maxsize=_CACHED)
def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """The amounts of a text in order, those of time put together: "2 minutes 53 seconds" is one."""
    found: list[Amount] = []
    for number in facts_of(text, language).numbers:
        if _YEAR_OF.match(text, number.start):
            continue
        each = in_context(_amount(number), text)
        found.append(_joined(found.pop(), each) if found and _continues(found[-1], each, text) else each)
    return tuple(found)


def comparable(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be of the same thing, as far as their kinds tell: a measure is never a count."""
    if one.kind == other.kind or not (one.kind and other.kind):
        return True
    return "points" in (one.noun, other.noun) and {one.kind, other.kind} <= {"count", "percent"}


def _amount(number: Quantity) -> Amount:
    unit, _, fate = number.unit.partition("/")[0].partition(":")
    if unit == "age" and not _AGE.search(number.text):
        unit = ""  # "15 летних лагерей" are of summer
    listed = not is_unlisted(number.unit)
    size, kind = _DAYS.get(unit, 1.0), _kind(unit) if listed else ("count" if _is_noun(number) else "")
    noun = number.unit.partition("/")[0] if not listed else f"{unit}:{fate}" if fate else unit
    if _PEOPLE.match(number.text):
        kind, noun = "count", "people"
    low, high = number.stated
    # Of "up to six years" and "to six years" nobody can tell which is meant.
    hedge = "" if number.text.lower().startswith("до ") else number.hedge
    return Amount(
        low * size,
        high * size,
        number.step * size,
        hedge,
        kind,
        noun,
        number.start,
        number.end,
        number.tail,
        number.size * size,
        number.text,
    )


def _is_noun(number: Quantity) -> bool:
    """Whether the word behind a number is what it counts; behind millions anything may: "18 million came"."""
    language, _, lemma = number.unit.partition("/")[0].partition(":")
    if not lemma or number.stated[0] >= _MILLION or _MULTIPLIED.search(number.text):
        return False
    if language not in ("ru", "uk"):
        return True
    return analyzer("uk" if language == "uk" else "ru").parse(lemma)[0].tag.POS not in _NO_NOUNS


def _kind(unit: str) -> str:
    if unit in _DAYS:
        return "time"
    if unit == "percentage points":
        return "percent"
    return unit if unit in _measures() else "count"


@cache
def _measures() -> frozenset[str]:
    return frozenset(table("numbers")["measures"]["units"].split())


def _joined(one: Amount, other: Amount) -> Amount:
    return replace(one, low=one.low + other.low, high=one.high + other.high, step=other.step, tail=other.tail)


def _continues(one: Amount, other: Amount, text: str) -> bool:
    """Whether a length of time goes on with a smaller unit."""
    finer = one.kind == other.kind == "time" and other.high < one.step and not other.hedge
    return finer and _BETWEEN.fullmatch(text[one.tail : other.start]) is not None
