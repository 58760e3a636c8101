"""Numbers of a sentence with what they count, in one form for Russian, Ukrainian and English.

"Понад 15 тис. військових" and "more than 15,000 soldiers" become the same quantity. Numbers are comparable only where
the tables of words.toml, or the very same word in the same language, say that the same thing is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from index.answer.facts.figures import figure_at, tokens
from index.answer.facts.words import counted_as, fates, hedge_before, is_extra, qualifiers, span_of
from index.language.lemmas import lemmas, stop_words
from index.types import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.facts.figures import Figure, Token

_LOOK_AHEAD = 5
"""Words between a number and what it counts, at the most: "15,000 well trained North Korean soldiers"."""
_CLAUSE = re.compile(r"[,;:—()]|\b(?:and|while|but|и|а|но|і|й|та|але)\b", re.IGNORECASE)
_NEAR, _LONGEST_CLAUSE = 40, 400  # code points; they bound the work on each number of an endless sentence
_SIGN_BEFORE = re.compile(r"(?:US)?([$€£₴₽¥])\s?$")
_PERSONS = frozenset(
    "people troops civilians children women men workers students passengers patients refugees crew".split()  # noqa: SIM905 - reads better
)
_YEARS = range(1800, 2100)
_YEAR_FIGURES = re.compile(r"\d{4}(?:\D{1,5}\d{4})?")
_PASSED = frozenset("of more further additional из з із".split())  # noqa: SIM905 - reads better
_ADJECTIVE = re.compile(r"\w+(?:ых|их|ого|ої|ой|ий|ый|ая|ое|ні|ові|ські)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts: any value from ``low`` to ``high``, written to the nearest ``step``.

    ``unit`` names what is counted in the same way in every language; it is empty where nothing is known to be.
    ``text`` is the quantity as written, from its hedge ("more than") to its unit. ``stated`` is the number itself
    without its hedge, both ends of it where it is a range. ``start`` and ``end`` bound the number in the text, ``tail``
    is where the words for its unit end, and ``size`` what one of its unit is in the basic one: 12 months for a year.
    """

    low: float
    high: float
    step: float
    unit: str
    text: str
    hedge: str = ""
    stated: tuple[float, float] = (0.0, 0.0)
    start: int = 0
    end: int = 0
    tail: int = 0
    size: float = 1.0


def quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """The quantities of a sentence in order. Bare years, dates masked by the caller and ordinals are none."""
    row = tokens(text)
    figures = list(_figures(text, row, language))
    suffix = "".join(f"/{name}" for name in qualifiers(text)) if figures else ""
    return tuple(each for figure in figures for each in _counted(text, row, figure, language, suffix))


def _figures(text: str, row: Sequence[Token], language: Language) -> Iterator[Figure]:
    place = 0
    while place < len(row):
        figure = figure_at(text, row, place, language)
        if figure:
            yield figure
        place = figure.after if figure else place + 1


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of the same unit may both be true: within each other's bounds or rounding.

    The more roughly written one means whatever rounds to it or is cut down to it: 10,000 agrees with 10,400 and with
    10,900, not with 12,000; "more than 10,000" agrees with up to twice as many.
    """
    rough, fine = (one, other) if one.step >= other.step else (other, one)
    slack = rough.step if rough.step > fine.step else 0.0
    return rough.low - slack / 2 <= fine.high and (fine.low <= rough.high or fine.low < rough.high + slack)


def is_unlisted(unit: str) -> bool:
    """Whether a unit is only a word of one language, which another word may mean too, or none at all."""
    return not unit or unit.partition(":")[0] in get_args(Language)


def _counted(text: str, row: Sequence[Token], figure: Figure, language: Language, suffix: str) -> Iterable[Quantity]:
    """The quantity that a figure makes together with its hedge and its unit; none for a year."""
    sign = _SIGN_BEFORE.search(text, max(0, figure.start - _NEAR), figure.start)
    start = sign.start() if sign else figure.start
    unit, size, end = _unit(text, row, figure, language, sign.group(1) if sign else "")
    if _is_year(text, figure, unit):
        return ()
    hedge, first = hedge_before(text, start)
    low, high = span_of(hedge)
    unit = f"{unit}{suffix}" if unit else ""
    if unit and is_extra(text[max(0, first - _NEAR) : first], text[figure.end : figure.end + _NEAR]):
        unit += "/more"
    stated = (figure.low * size, figure.high * size)
    bounds = (stated[0] * low, stated[1] * high)
    written = text[first:end].strip(" .")
    return (Quantity(*bounds, figure.step * size, unit, written, hedge, stated, start, figure.end, end, size),)


def _unit(text: str, row: Sequence[Token], figure: Figure, language: Language, sign: str) -> tuple[str, float, int]:
    """What a figure counts, the size of one in the basic unit, and where the words for it end."""
    if sign:
        unit, size = counted_as(sign) or ("", 1.0)
        return unit, size, figure.end
    phrase = _phrase(row, figure.after, language)
    known = next(((token, found) for token in phrase if (found := counted_as(token.text))), None)
    clause_fates = fates(_clause(text, figure))
    if known is None:
        return _unlisted(phrase, clause_fates, language, figure.end)
    token, (unit, size) = known
    if unit in _PERSONS and clause_fates:
        unit = f"{unit}:{clause_fates[0]}" if len(clause_fates) == 1 else ""
    return unit, size, token.end


def _phrase(row: Sequence[Token], place: int, language: Language) -> list[Token]:
    """The few words after a number, up to a mark, another number or a function word."""
    phrase: list[Token] = []
    for token in row[place : place + _LOOK_AHEAD]:
        if token.kind != "word" or (token.text.lower() in stop_words(language) and token.text.lower() not in _PASSED):
            break
        phrase.append(token)
    return phrase


def _unlisted(
    phrase: Sequence[Token], clause_fates: Sequence[str], language: Language, end: int
) -> tuple[str, float, int]:
    """What a figure counts where no table knows its words: people, if something befell them, else a lemma."""
    if len(clause_fates) == 1:
        return f"people:{clause_fates[0]}", 1.0, end
    noun = next((token for token in phrase if not _ADJECTIVE.fullmatch(token.text.lower())), None)
    lemma = lemmas(noun.text, language)[:1] if noun and not clause_fates else []
    return (f"{language}:{lemma[0]}", 1.0, noun.end) if noun and lemma else ("", 1.0, end)


def _clause(text: str, figure: Figure) -> str:
    """The clause that a figure stands in."""
    first, last = max(0, figure.start - _LONGEST_CLAUSE), min(len(text), figure.end + _LONGEST_CLAUSE)
    before = [each.end() for each in _CLAUSE.finditer(text, first, figure.start)]
    after = _CLAUSE.search(text, figure.end, last)
    return text[before[-1] if before else first : after.start() if after else last]


def _is_year(text: str, figure: Figure, unit: str) -> bool:
    """Whether four figures are a year: nothing that a table knows is counted by them, or only "year" itself."""
    bare = _YEAR_FIGURES.fullmatch(text[figure.start : figure.end]) is not None
    years = int(figure.low) in _YEARS and int(figure.high) in _YEARS
    return bare and years and (not unit or ":" in unit or unit == "months")
