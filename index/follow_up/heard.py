"""What a conversation has said, in forms that are the same in every language and case: names, numbers, times."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from index.answer.facts import facts_of
from index.answer.facts.words import multiplier, numeral
from index.language import lemmas, names
from index.language.endings import forms
from index.language.skeleton import skeleton
from index.when.tags import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.answer.facts.days import CalendarDate
    from index.language import Name
    from index.types import Language

    Kind = Literal["name", "number", "date"]

_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zа-яёіїєґ][^\W\d_]{2,}(?:'[^\W\d_]+)*")
_STRAIGHT = str.maketrans("’ʼ‘`´", "'" * 5)
_TIME = re.compile(
    r"[mM]\d+|[ws]\d|ord\d+|decade\d+|ago\d|night|daytime|daynight|future|tenday|few|couple|weekends?|halfyear"
    r"|(?:minute|hour|day|week|month|quarter|year|decade)s?|prev|prevprev|last|past|next|gone|earlier|latest"
)
"""The tags of index.when that tell when something is; those of prepositions and of what happens do not."""
_CACHED = 512


@dataclass(frozen=True, slots=True)
class Heard:
    """The facts of some texts: keys of names, lemmas, values of numbers, runs of figures, tags of time, dates."""

    names: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    figures: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    dates: tuple[CalendarDate, ...] = ()

    def __or__(self, other: Heard) -> Heard:
        """What either has."""
        return Heard(
            self.names | other.names,
            self.lemmas | other.lemmas,
            self.numbers | other.numbers,
            self.figures | other.figures,
            self.times | other.times,
            self.dates + other.dates,
        )

    def lacks(self, text: str, language: Language) -> Kind | None:
        """What kind of fact a text has that is not among these; None where all of its facts are."""
        own, plain = heard(text, language), _plain(text)
        if not all(self._has_name(*each, language) for each in _names(plain, language)):
            return "name"
        if not own.numbers <= self.numbers or not all(self._has_figures(each) for each in own.figures):
            return "number"
        if not own.times <= self.times or not all(self._has_date(each) for each in own.dates):
            return "date"
        return None

    def _has_name(self, key: str, written: str, language: Language) -> bool:
        words = lemmas(written, language)
        return key in self.names or (bool(words) and self.lemmas.issuperset(words))

    def _has_figures(self, figures: str) -> bool:
        return figures in self.figures or float(figures or 0) in self.numbers

    def _has_date(self, date: CalendarDate) -> bool:
        """Whether a date was told that tells all that this one tells, and the same."""
        told = [zip(_parts(date), _parts(each), strict=True) for each in self.dates]
        return any(all(own in (None, other) for own, other in pairs) for pairs in told)


@lru_cache(maxsize=_CACHED)
def heard(text: str, language: Language) -> Heard:
    """The facts of one text."""
    plain = _plain(text)
    facts = facts_of(plain, language)
    return Heard(
        frozenset(_keys(plain, language)),
        frozenset(lemmas(plain, language)),
        frozenset(_values(plain)) | {value for each in facts.numbers for value in (each.low, each.high)},
        frozenset(each.lstrip("0") for each in _FIGURES.findall(plain)),
        frozenset(tag for tag in tagged(plain).split() if _TIME.fullmatch(tag)),
        facts.dates,
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_STRAIGHT)


def _names(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """The names of a text, those written small too, each with its key and as written; a pair counts by its parts."""
    for written in (text, text.lower()):
        found = names(written, language)
        alone = (each for each in found if not any(_within(other, each) for other in found))
        yield from ((each.key, written[each.span.start : each.span.end]) for each in alone)


def _within(inner: Name, outer: Name) -> bool:
    return inner is not outer and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def _keys(text: str, language: Language) -> Iterator[str]:
    """The keys of names, of those written small too, and of all words with a capital: more are names than seem so."""
    yield from (each.key for written in (text, text.lower()) for each in names(written, language))
    for match in _CAPITAL.finditer(text):
        yield f"xn{skeleton(forms(match.group(), language).stems[0])}"


def _parts(date: CalendarDate) -> tuple[int | None, int | None, int | None]:
    return date.year, date.month, date.day


def _values(text: str) -> Iterator[float]:
    """The values of numerals and of multipliers; "one" is as often an article or a pronoun."""
    for match in _WORD.finditer(text):
        yield from (value for value in (numeral(match.group()), multiplier(match.group())) if value > 1)
