"""The times that a sentence tells: days, months and years, and "on Tuesday" and "last month" by its article's day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.answer.checking.words import straight, table, whole
from index.answer.facts import facts_of
from index.language.lemmas import analyzer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Statement
    from index.answer.facts.days import CalendarDate
    from index.language.lemmas import Dictionary
    from index.types import Language

_WEEK = 7
_MONTHS = 12
_DAYS = 31
_CENTURY = 100
_CACHED = 8_000
_CYRILLIC_WORD = re.compile(r"[а-яёіїєґ']{4,}")
_UKRAINIAN = re.compile("[іїєґ]")
_LED = 30  # code points before a date that may hold other days of its month
_DAYS_BEFORE = re.compile(r"(?:(?<![\w.,:])\d{1,2}(?:-?(?:го|е))?\s?(?:[-–—,]|и|і|й|та|по|до|and|to)\s?)+$")
_DAYS_AFTER = re.compile(r"^\s?(?:[-–—]|and)\s?(\d{1,2})(?![\w%:]|[.,]\d|\s\w+s\b)")
_YEARS = re.compile(r"(?<![\w.,/-])((?:19|20)\d\d)\s?[-–—/]\s?((?:19|20)?\d\d)(?![\w-]|[.,/]\d)")
_YEAR_OF = re.compile(r"(?<![\w.,/-])((?:19|20)\d\d)\s?[гр]\.")  # г. is short for grams as well


@dataclass(frozen=True, slots=True)
class When:
    """A time as far as it is told; None for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def holds(self, other: When) -> bool:
        """Whether the other tells all that this one tells, and the same."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(own is None or own == told for own, told in pairs)

    def grain(self) -> int:
        """How precise it is: 3 for a day, 2 for a month, 1 for a year."""
        return 3 if self.day else 2 if self.month else 1

    def calendar(self) -> date | None:
        """The day of the calendar, None where less is told or there is no such day."""
        if not (self.year and self.month and self.day):
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Time:
    """What a stretch of a text may mean as a time: one of ``whens``."""

    whens: tuple[When, ...]
    start: int
    end: int


@lru_cache(maxsize=_CACHED)
def named(text: str, language: Language) -> tuple[Time, ...]:
    """The times that a text names itself: days, months, years and each of "8-24 January" and "2009-2010"."""
    dates = facts_of(text, language).dates
    found = [Time((When(each.year, each.month, each.day),), each.start, each.end) for each in dates]
    found += [time for each in dates if each.day for time in _companions(text, each)]
    found += [Time((When(year),), *match.span()) for match in _YEARS.finditer(text) for year in _both(match)]
    short = [Time((When(int(match[1])),), *match.span()) for match in _YEAR_OF.finditer(text)]
    found += [each for each in short if not _is_read(each, found)]
    months = [Time((When(month=month),), *place) for month, *place in bare(text, "bare_months")]
    return (*found, *(each for each in months if not _is_read(each, found)))


def _is_read(time: Time, found: Sequence[Time]) -> bool:
    """Whether a stretch of a text is part of a time that is known already."""
    return any(time.start < each.end and each.start < time.end for each in found)


def told(statement: Statement) -> tuple[Time, ...]:
    """The times a sentence of a source tells, the relative ones counted from its article's day."""
    return _told(statement.text, statement.language, statement.day)


@lru_cache(maxsize=_CACHED)
def _told(text: str, language: Language, anchor: date | None) -> tuple[Time, ...]:
    found = [Time(_in_years(each.whens[0], anchor), each.start, each.end) for each in named(text, language)]
    if anchor:
        found += _relative(text, anchor)
    return tuple(found)


def bare(text: str, section: str) -> list[tuple[int, int, int]]:
    """The keys of a section of lists/dates.toml whose words stand in a text, and where."""
    plain = straight(text)
    return [(key, *match.span()) for key, words in _patterns(section) for match in words.finditer(plain)]


def on(day: date) -> When:
    """A day of the calendar as a time."""
    return When(day.year, day.month, day.day)


def _relative(text: str, anchor: date) -> Iterator[Time]:
    for shift, *place in bare(text, "days"):
        yield Time((on(anchor + timedelta(days=shift)),), *place)
    ahead = _looks_ahead(text)
    for weekday, *place in bare(text, "weekdays"):
        back = (anchor.weekday() - weekday) % _WEEK
        days = [anchor - timedelta(days=back)]
        if back == _WEEK - 1:
            days.append(anchor + timedelta(days=1))  # papers publish the evening before, or in another time zone
        elif ahead or not back:
            days.append(anchor + timedelta(days=_WEEK - back if back else -_WEEK))
        yield Time(tuple(map(on, days)), *place)
    for shift, *place in bare(text, "years"):
        yield Time((When(anchor.year + shift),), *place)
    for shift, *place in bare(text, "months"):
        yield Time((_shifted_month(anchor, shift),), *place)


@lru_cache(maxsize=_CACHED)
def _looks_ahead(text: str) -> bool:
    """Whether a text tells of a time to come, by its words or because none of its verbs is in the past tense."""
    plain = straight(text)
    if _any_of("ahead").search(plain):
        return True
    if _any_of("past").search(plain):
        return False
    words = _CYRILLIC_WORD.findall(plain.lower())
    tenses = {_tense(word, "uk" if _UKRAINIAN.search(plain) else "ru") for word in words}
    return "futr" in tenses or "past" not in tenses


def _tense(word: str, dictionary: Dictionary) -> str:
    """The tense of a word, empty for none or where it may be of several."""
    tenses = {str(parse.tag.tense or "") for parse in analyzer(dictionary).parse(word)}
    return tenses.pop() if len(tenses) == 1 else ""


def _companions(text: str, named: CalendarDate) -> Iterator[Time]:
    """The other days of a date such as "15, 16 and 17 March" or "August 22-24"."""
    start = max(0, named.start - _LED)
    if match := _DAYS_BEFORE.search(text[start : named.start]):
        place = (start + match.start(), named.start)
        days = [int(day) for day in re.findall(r"\d+", match.group())]
    elif match := _DAYS_AFTER.match(text[named.end :]):
        place, days = (named.end, named.end + match.end()), [int(match[1])]
    else:
        return
    yield from (Time((When(named.year, named.month, day),), *place) for day in days if 0 < day <= _DAYS)


def _both(match: re.Match[str]) -> tuple[int, int]:
    first, last = int(match[1]), int(match[2])
    return first, last if last > _CENTURY else first // _CENTURY * _CENTURY + last


def _in_years(when: When, anchor: date | None) -> tuple[When, ...]:
    """A time without a year in each year it may be of: that of the article and those beside it, the nearest."""
    if when.year or anchor is None:
        return (when,)
    around = (anchor.year - 1, anchor.year, anchor.year + 1)
    months = {year: abs((year - anchor.year) * _MONTHS + (when.month or 1) - anchor.month) for year in around}
    return tuple(When(year, when.month, when.day) for year, far in months.items() if far <= _MONTHS - 1)


def _shifted_month(anchor: date, shift: int) -> When:
    place = anchor.year * _MONTHS + anchor.month - 1 + shift
    return When(place // _MONTHS, place % _MONTHS + 1)


@cache
def _any_of(section: str) -> re.Pattern[str]:
    return whole(table("dates")[section]["words"])


@cache
def _patterns(section: str) -> list[tuple[int, re.Pattern[str]]]:
    return [(int(key), whole(words)) for key, words in table("dates")[section].items()]
