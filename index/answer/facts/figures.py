"""Numbers as written: figures, numerals in words, multipliers and ranges, in Russian, Ukrainian and English."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.facts.words import halving, multiplier, numeral, stands_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Language

_GROUPS = (
    r"[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+(?:,\d{1,2}(?!\d))?(?!\d)"
    r"|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2}(?!\d))?(?!\d)"
)
# Passed over are figures of a name (F-16, "MostoBud-7"), a time of day, a score, an ordinal or a decade, and all that
# belong to a date or a code: they count nothing.
_TOKEN = re.compile(
    rf"(?P<figures>(?<![\w.,:/№#+])(?<![^\W\d]['’-])(?<![^\W\d]–)(?:{_GROUPS}|\d+(?:[.,]\d+)?)(?![:/]\d|[.,]?\d)"
    r"(?!(?:st|nd|rd|th|s)\b|[-–](?:й|го|му|м|е|я|х|ти|ій|ої|ша|та|те|тий|ый|ая|ое|их|ым|ою|ю|ой|ому|им|у|а|ма|ого|га|ге|ту|гу)\b))"
    r"|(?P<word>per\s?cent\b|years?[- ]old\b|service\smembers\b|°C|(?:square|cubic|sq\.?)\sk?(?:kilo)?m\w*"
    r"|(?:кв|куб)\.?\s?к?м\b|(?:квадратн|куб[иі]ч)\w+\s(?:кило|кіло)?метр\w*|к?[mм][²³]|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%$€£₴₽¥°])"
    r"|(?P<mark>[,;:.!?()«»“”\"—]|(?<=\s)[–-](?=\s))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?[–—-]\s?(?=\d)")
_FROM = re.compile(r"\b(?:between|от|від|между|між)\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"\s+(?:and|до|и|і|й|та)\s+(?=\d)", re.IGNORECASE)
_FEWEST_FIGURES = 2
"""Figures that a round number is taken to mean: "10,000" stands for what rounds to 10 thousand, not for 14,000."""
_THOUSAND = 1000
# Beyond, digits in a row are no number of anything, and "million" after "million" no more of one.
_MOST_DIGITS = 40
_GREATEST = 1e40
_LONGEST_VAGUE = 12  # code points before "million" that are read for "several" or "half a"
_FIRST_ROUND = 10
_TAKES_UNITS = 20  # numerals from twenty on may be followed by one of units


@dataclass(frozen=True, slots=True)
class Figure:
    """A number found in a text, from ``low`` to ``high``, written to the nearest ``step``.

    ``start`` and ``end`` bound it in the text, its multipliers included; ``after`` is the place of the next token.
    """

    low: float
    high: float
    step: float
    start: int
    end: int
    after: int


@dataclass(frozen=True, slots=True)
class Token:
    """A number in figures, a word, or a mark that ends a phrase."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words, figures and marks of a text; curled apostrophes are made straight."""
    straight = text.translate(_APOSTROPHES)
    return [Token(found.lastgroup or "", found.group(), *found.span()) for found in _TOKEN.finditer(straight)]


_APOSTROPHES = str.maketrans("’ʼ", "''")


def figure_at(text: str, row: Sequence[Token], place: int, language: Language) -> Figure | None:
    """The number that begins at a token, with the range and the multipliers that belong to it; None if none does."""
    lower = _number(row, place, language) or _alone(text, row, place, language)
    if lower is None:
        return None
    value, step, after = lower
    start, end = row[place].start - _lead(text, row[place]), row[after - 1].end
    joint = _joint(text, start, end)
    resumed = next((at for at in range(after, min(after + 2, len(row))) if row[at].start == joint), None)
    upper = _number(row, resumed, language) if resumed else None
    if resumed is None or upper is None or upper[0] <= value:
        return Figure(value, value, step, start, end, after)
    # In "10-15 thousand" the multiplier holds for both ends.
    bare = after == place + 1 and resumed + 1 < upper[2]
    shared = multiplier(row[resumed + 1].text) if bare else 1.0
    return Figure(value * shared, upper[0], max(step, upper[1]), start, row[upper[2] - 1].end, upper[2])


def _joint(text: str, start: int, end: int) -> int | None:
    """Where the upper end of a range begins, if the number from ``start`` to ``end`` may be its lower end."""
    until = _UNTIL.match(text, end) if _FROM.search(text[max(0, start - 10) : start]) else None
    joint = _RANGE.match(text, end) or until
    return joint.end() if joint else None


def _number(row: Sequence[Token], place: int, language: Language) -> tuple[float, float, int] | None:
    """A number in figures or words from a token on: its value, its step, and the place after it."""
    bare = _bare(row, place, language)
    return _multiplied(row, bare[2], bare[:2], language) if bare else None


def _bare(row: Sequence[Token], place: int, language: Language) -> tuple[float, float, int] | None:
    """The same without its multipliers."""
    if row[place].kind != "figures":
        value, after = _spelled(row, place)
        return (value, 1.0, after) if value else None
    if len(row[place].text) > _MOST_DIGITS:
        return None
    value, written = _read(row[place].text, language)
    return (value, written, place + 1) if value else None


def _alone(text: str, row: Sequence[Token], place: int, language: Language) -> tuple[float, float, int] | None:
    """A number such as "a million" or "half a dozen"; None for any other word."""
    word = row[place]
    # A word without a size would be a number of no length, read again and again.
    if word.kind != "word" or not multiplier(word.text):
        return None
    if not stands_alone(word.text, text[: word.start][-_LONGEST_VAGUE:]):
        return None
    share = 0.5 if _lead(text, word) else 1.0
    return _multiplied(row, place, (share, share), language)


def _lead(text: str, token: Token) -> int:
    """The length of "half a" before a multiplier that is a number by itself."""
    before = text[: token.start][-_LONGEST_VAGUE:]
    return halving(before) if stands_alone(token.text, before) else 0


def _multiplied(
    row: Sequence[Token], after: int, number: tuple[float, float], language: Language, below: float = _GREATEST
) -> tuple[float, float, int]:
    """A number and the step it is written to, with the multipliers from a place on and what they are followed by.

    Multipliers are less than ``below``.
    """
    value, written = number
    while after < len(row) and value < _GREATEST and 0 < (scale := multiplier(row[after].text)) < below:
        value, written, after = value * scale, written * scale, after + 1
        # "two hundred and fifty", "тысяча двести", "1 million 180 thousand"
        linked = after + (after < len(row) and row[after].text == "and")
        if lesser := _lesser(row, linked, scale, language):
            return value + lesser[0], lesser[1], lesser[2]
        more, end = _spelled(row, linked)
        value, after = (value + more, end) if 0 < more < scale else (value, after)
        if after < len(row) and row[after].text == "." and row[after].start == row[after - 1].end:
            after += 1
    return value, _step(value, written), after


def _lesser(row: Sequence[Token], place: int, scale: float, language: Language) -> tuple[float, float, int] | None:
    """What behind a multiplier goes on with the number: "180 million" of "1 billion 180 million"."""
    follows = place < len(row) and row[place].start == row[place - 1].end + 1
    figures = follows and row[place].kind == "figures" and scale < _THOUSAND
    bare = _bare(row, place, language) if follows and not figures else None
    # Looked at before what follows is read, which would go on for as long as such numbers do.
    if bare is None or (bare[2] < len(row) and multiplier(row[bare[2]].text) >= scale):
        return None
    number = _multiplied(row, bare[2], bare[:2], language, scale)
    return number if number[0] < scale else None


def _spelled(row: Sequence[Token], place: int) -> tuple[float, int]:
    """The sum of numerals such as "двести пятьдесят" and the place after them; 0 where there is none."""
    total, last = 0.0, math.inf
    while place < len(row) and (0 if total else 1) < (value := numeral(row[place].text)) < last:
        total, place = total + value, place + 1
        last = 10 ** int(math.log10(value)) if value >= _TAKES_UNITS else 0
    return total, place


def _read(figures: str, language: Language) -> tuple[float, float]:
    """The value of figures and the step they are written to."""
    if re.fullmatch(_GROUPS, figures):
        whole, _, decimals = re.sub(r"[.,](\d{1,2})$", r"d\1", figures).partition("d")
        return float(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}"), 10.0 ** -len(decimals)
    if language != "en" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figures):
        return float(figures.replace(".", "")), 1.0
    decimals = figures.replace(",", ".").partition(".")[2]
    return float(figures.replace(",", ".")), 10.0 ** -len(decimals)


def _step(value: float, written: float) -> float:
    """How finely a number is given: trailing zeros of a round number say nothing beyond its first two figures."""
    if value < _FIRST_ROUND or written < 1:
        return written
    most = 10.0 ** (int(math.log10(value)) + 1 - _FEWEST_FIGURES)
    step = min(written, most)
    while step < most and value % (step * 10) == 0:
        step *= 10
    return step
