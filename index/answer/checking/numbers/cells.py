"""Each number of a text with the words that belong to it: its cell of the sentence, as of a table told in prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from index.answer.checking.numbers.amounts import amounts
from index.answer.checking.words import whole
from index.answer.facts import facts_of
from index.language import lemmas
from index.language.names import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.checking.numbers.amounts import Amount
    from index.types import Language

Kind = Literal["name", "word", "time"]
_MARK = re.compile(r"[,;]\s")
_WEAKER = re.compile(r"[:()—–]\s|\)|\s(?=\()|\s-\s")
_CONJUNCTION = re.compile(
    r"\s(?:and|but|while|и|а|но|і|й|та|але|compared|versus|with|than|при|чем|чим|ніж|против|проти|against)\s",
    re.IGNORECASE,
)
_AGAINST = whole("against|opposed|против|проти")
_REFERRING = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:it|its|they|their|this|these|those|that|he|she|his|her|then|there|е[её]|его|их|он|она|они|это\w*|"
    r"эти\w*|этот|тогда|там|так|та|тот|ней|н[её]м|нему|це|цей|цього|цій|ці|його|її|їх|він|вона|вони|тоді|тут|ньому|неї)\b",
    re.IGNORECASE,
)
"""A sentence that begins like this speaks of what the one before it names."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_NO_WORDS = re.compile(r"[\d_]+")
_EDGES = " ,;.-–—()"
_STEM_CYRILLIC, _STEM_LATIN = 5, 6
_FADING = 8
"""Words from the number on at which a word tells half as much of it."""
_SHARED_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "ё": "е", "э": "е", "ы": "и"})
_DECADE = re.compile(r"(?<![\w.,])((?:19|20)\d0)(?:'?s|[-–](?:х|е|ых|ті|тих|их|і))(?!\w)")
_LAST_OF_DECADE = 9
_YEAR_OF = re.compile(r"(?<![\w.,])((?:19|20)\d\d)\s?[гр]\.")
_YEARS = re.compile(
    r"(?<![\w.,])((?:19|20)\d\d)(?:-?[а-яі]{1,3})?\s?(?:[-–—]|to|and|until|по|до|и|і|та|й)\s?((?:19|20)\d\d)(?![\d])"
)
_CACHED = 2_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with its words: ``near`` are those of its cell and how near they stand, in (0, 1].

    ``left`` and ``right`` are the other words of its sentence, ``before`` those of the sentence before it. Words are
    stems that kindred words of Russian and Ukrainian share, or keys of names. ``text`` is the cell and ``sentence`` the
    sentence, both without numbers; ``whole`` is the sentence as it stands.
    """

    amount: Amount
    near: Mapping[str, float] = field(hash=False)
    left: frozenset[str]
    right: frozenset[str]
    before: frozenset[str]
    text: str
    sentence: str
    whole: str


def cells_of(text: str, language: Language, before: frozenset[str] = frozenset()) -> tuple[Cell, ...]:
    """The cells of a sentence in order, one for each of its numbers."""
    return _cells(text, language, before)


def told_cells(told: Sequence[Statement]) -> list[Cell]:
    """The cells of the cited sentences in order."""
    found: list[Cell] = []
    before: frozenset[str] = frozenset()
    for each in told:
        found += cells_of(each.text, each.language, before)
        before = words(each.text, each.language)
    return found


@lru_cache(maxsize=_CACHED)
def words(text: str, language: Language) -> frozenset[str]:
    """The stems of the content words of a text and the keys of its names, and whether it tells who was against."""
    stems = (_stem(lemma) for lemma in lemmas(text, language) if not lemma[0].isdigit())
    against = ("against",) if _AGAINST.search(text) else ()
    return frozenset((*stems, *name_keys(text, language), *against))


@lru_cache(maxsize=_CACHED)
def _times(text: str, language: Language) -> frozenset[str]:
    """The years and the days of a text, as words that every language shares."""
    found = facts_of(text, language).dates
    years = (f"year {each.year}" for each in found if each.year)
    spans = (f"year {year}" for match in _YEARS.finditer(text) for year in match.groups())
    short = (f"year {match[1]}" for match in _YEAR_OF.finditer(text))
    decades = (f"year {int(match[1]) + more}" for match in _DECADE.finditer(text) for more in (0, _LAST_OF_DECADE))
    return frozenset(
        (*years, *spans, *short, *decades, *(f"day {each.month}-{each.day}" for each in found if each.day))
    )


def kind_of(word: str) -> Kind:
    """What a word of a cell is: the key of a name, a year or day, or any other word."""
    if word.startswith(("xn", "xt", "xa")):
        return "name"
    return "time" if word.startswith(("year ", "day ")) else "word"


@lru_cache(maxsize=_CACHED)
def _cells(text: str, language: Language, before: frozenset[str]) -> tuple[Cell, ...]:
    row = amounts(text, language)
    plain = _without_numbers(text, row)
    if _REFERRING.match(text):
        outside, before = before, frozenset()
    else:
        outside = frozenset()
    return tuple(
        Cell(
            amount,
            _near(plain, (start, amount.start, amount.end, end), language)
            | dict.fromkeys(_times(text[start:end], language), 1.0),
            words(plain[:start], language) | _times(text[:start], language) | outside,
            words(plain[end:], language),
            before,
            _telling(plain[start:end], plain, language),
            _tidy(plain),
            text,
        )
        for amount, (start, end) in zip(row, _bounds(text, row), strict=True)
    )


def _bounds(text: str, row: Sequence[Amount]) -> Iterator[tuple[int, int]]:
    """Where the cells of a sentence begin and end; words between two numbers without a mark belong to both."""
    start = 0
    for one, other in pairwise(row):
        behind = max(one.tail, one.end)
        gap = text[behind : other.start]
        mark = _MARK.search(gap) or _WEAKER.search(gap) or _CONJUNCTION.search(gap)
        yield start, behind + mark.start() if mark else other.start
        start = behind + mark.start() if mark else one.end
    if row:
        yield start, len(text)


def _near(plain: str, place: tuple[int, int, int, int], language: Language) -> dict[str, float]:
    """The words of a cell, those of whole names too, with how near they stand to its number."""
    start, first, last, end = place
    found = dict.fromkeys(words(_tidy(plain[start:end]), language), 0.5)
    left, right = _WORD.findall(plain[start:first])[::-1], _WORD.findall(plain[last:end])
    for side in (left, right):
        for far, word in enumerate(side):
            for key in words(word, language) | words(word[:1].lower() + word[1:], language):
                if key in found:
                    found[key] = max(found[key], 1 / (1 + far / _FADING))
    return found


def _without_numbers(text: str, row: Sequence[Amount]) -> str:
    for each in row:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _tidy(text: str) -> str:
    return " ".join(_NO_WORDS.sub("", text).split()).strip(_EDGES)


def _telling(cell: str, sentence: str, language: Language) -> str:
    """A cell for the encoder: the sentence, where the cell has but one word."""
    return _tidy(cell if len(words(_tidy(cell), language)) > 1 else sentence)


def _stem(lemma: str) -> str:
    if _CYRILLIC.search(lemma):
        return lemma.translate(_SHARED_LETTERS)[:_STEM_CYRILLIC]
    return f"en:{lemma[:_STEM_LATIN]}"
