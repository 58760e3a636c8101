"""Whether every day, month, year, weekday and season of a written sentence is one that the cited passages tell.

"On Tuesday" and "yesterday" are counted from the day on which the article was published, so that a written sentence may
give the date instead.
"""

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
    from index.language.lemmas import Dictionary
    from index.types import Language

_WEEK = 7
_MONTHS = 12
_CACHED = 8_000
_CYRILLIC_WORD = re.compile(r"[а-яёіїєґ']{4,}")
_UKRAINIAN = re.compile("[іїєґ]")


@dataclass(frozen=True, slots=True)
class _When:
    """A time as far as it is told; None for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def holds(self, other: _When) -> bool:
        """Whether the other tells all that this one tells, and the same."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(own is None or own == told for own, told in pairs)


def unsupported_date(sentence: str, language: Language, told: Sequence[Statement]) -> bool:
    """Whether a sentence tells a time that no cited sentence tells, counted from its article's day."""
    days = {each.day for each in told if each.day}
    known = [when for each in told for when in _told(each)]
    claimed = [_When(each.year, each.month, each.day) for each in facts_of(sentence, language).dates]
    months = [_When(month=month) for month in _bare(sentence, "bare_months")]
    return (
        any(not _known(each, known, days) for each in (*claimed, *months))
        or not _weekdays_known(sentence, known, told)
        or not _near_days_known(sentence, known, days)
        or not _seasons_known(sentence, known, told)
    )


def _known(claimed: _When, known: Sequence[_When], days: set[date]) -> bool:
    if any(claimed.holds(when) for when in known):
        return True
    published = [_When(day.year, day.month, day.day) for day in days]
    if claimed.day:  # the day of the report, where the passage has no day of its own
        return not any(when.day for when in known) and any(claimed.holds(when) for when in published)
    if claimed.month and any(when.month for when in known):
        return False
    return any(claimed.holds(when) for when in published)


def _told(statement: Statement) -> Iterator[_When]:
    """The times a sentence of a source tells, the relative ones counted from its article's day."""
    anchor = statement.day
    for each in statement.facts.dates:
        yield from _in_years(_When(each.year, each.month, each.day), anchor)
    for month in _bare(statement.text, "bare_months"):
        yield from _in_years(_When(month=month), anchor)
    if anchor:
        yield from (_When(day.year, day.month, day.day) for day in _near_days(statement.text, anchor))
        yield from (_When(anchor.year + shift) for shift in _bare(statement.text, "years"))
        yield from (_shifted_month(anchor, shift) for shift in _bare(statement.text, "months"))


def _in_years(when: _When, anchor: date | None) -> Iterator[_When]:
    """A time without a year in each year it may be of: that of the article and those beside it, the nearest."""
    if when.year or anchor is None:
        yield when
        return
    months = {year: abs((year - anchor.year) * _MONTHS + (when.month or 1) - anchor.month) for year in _around(anchor)}
    yield from (_When(year, when.month, when.day) for year, far in months.items() if far <= _MONTHS - 1)


def _around(anchor: date) -> tuple[int, ...]:
    return anchor.year - 1, anchor.year, anchor.year + 1


def _shifted_month(anchor: date, shift: int) -> _When:
    place = anchor.year * _MONTHS + anchor.month - 1 + shift
    return _When(place // _MONTHS, place % _MONTHS + 1)


def _near_days(text: str, anchor: date) -> Iterator[date]:
    """Days that a text names as "yesterday" or as a weekday: the last one, and the next one where it looks ahead."""
    yield from (anchor + timedelta(days=shift) for shift in _bare(text, "days"))
    ahead = _looks_ahead(text)
    for weekday in _bare(text, "weekdays"):
        back = (anchor.weekday() - weekday) % _WEEK
        yield anchor - timedelta(days=back)
        if ahead or not back:
            yield anchor + timedelta(days=_WEEK - back if back else -_WEEK)


@lru_cache(maxsize=_CACHED)
def _looks_ahead(text: str) -> bool:
    """Whether a text tells of a time to come, by its words or by a verb in the future tense."""
    if whole(table("days")["ahead"]["words"]).search(straight(text)):
        return True
    words = _CYRILLIC_WORD.findall(straight(text).lower())
    return any(_is_future(word, "uk" if _UKRAINIAN.search(text) else "ru") for word in words)


def _is_future(word: str, dictionary: Dictionary) -> bool:
    return all(parse.tag.tense == "futr" for parse in analyzer(dictionary).parse(word))


def _weekdays_known(sentence: str, known: Sequence[_When], told: Sequence[Statement]) -> bool:
    named = {weekday for each in told for weekday in _bare(each.text, "weekdays")}
    named |= {day.weekday() for when in known if (day := _day(when))}
    return set(_bare(sentence, "weekdays")) <= named


def _near_days_known(sentence: str, known: Sequence[_When], days: set[date]) -> bool:
    """Whether each "yesterday" of a sentence is a day the sources tell; "today" may be that of the report."""
    meant = [shift for shift in _bare(sentence, "days") if shift]
    resolved = [[day + timedelta(days=shift) for day in days] for shift in meant]
    return all(any(_When(day.year, day.month, day.day) in known for day in each) for each in resolved if days)


def _seasons_known(sentence: str, known: Sequence[_When], told: Sequence[Statement]) -> bool:
    named = {season for each in told for season in _seasons(each.text)}
    months = {str(when.month) for when in known if when.month}
    return all(season in named or months & set(season.split()) for season in _seasons(sentence))


def _day(when: _When) -> date | None:
    """The day of the calendar, None where less is told or there is no such day."""
    if not (when.year and when.month and when.day):
        return None
    try:
        return date(when.year, when.month, when.day)
    except ValueError:
        return None


@lru_cache(maxsize=_CACHED)
def _bare(text: str, section: str) -> list[int]:
    """The keys of a section of days.toml whose words stand in a text."""
    plain = straight(text)
    return [key for key, pattern in _patterns(section) if pattern.search(plain)]


@cache
def _patterns(section: str) -> list[tuple[int, re.Pattern[str]]]:
    return [(int(key), whole(words)) for key, words in table("days")[section].items()]


def _seasons(text: str) -> list[str]:
    plain = straight(text)
    return [months for months, words in table("days")["seasons"].items() if whole(words).search(plain)]
