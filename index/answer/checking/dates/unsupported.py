"""Whether every day, month, year, weekday and season of a written sentence is one that the cited passages tell.

"On Tuesday" and "yesterday" are counted from the day on which the article was published, so that a written sentence may
give the date instead.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from index.answer.checking.dates.times import bare, named, on, told
from index.answer.checking.words import straight, table, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from index.answer.checking.cited import Statement
    from index.answer.checking.dates.times import When
    from index.types import Language


_DECADE = re.compile(r"(?<![\w.,])((?:19|20)?\d0)(?:'?s|[-–](?:х|е|ых|ые|ти|ті|тих|их|і))(?!\w)")
_DECADES = 10


def unsupported_date(sentence: str, language: Language, source: Sequence[Statement]) -> bool:
    """Whether a sentence tells a time that no cited sentence tells, counted from its article's day."""
    days = {each.day for each in source if each.day}
    known = [when for each in source for time in told(each) for when in time.whens]
    known = [*known, *_beside(source, known)]
    return (
        any(not _known(time.whens[0], known, days) for time in named(sentence, language))
        or not _weekdays_known(sentence, known, source)
        or not _near_days_known(sentence, known, days)
        or not _seasons_known(sentence, known, source)
        or not _decades_known(sentence, known, source)
    )


def _known(claimed: When, known: Sequence[When], days: set[date]) -> bool:
    if any(claimed.holds(when) for when in known):
        return True
    # The day of the report, where the passage has no day, or no month or year, of its own.
    told = any(when.day if claimed.day else when.month if claimed.month else when.year for when in known)
    return not told and any(claimed.holds(on(day)) for day in days)


def _beside(source: Sequence[Statement], known: Sequence[When]) -> Iterator[When]:
    """The days that "the following day" and the like may mean: those beside any day that the sources tell."""
    shifts = {shift for each in source for shift, *_ in bare(each.text, "beside")}
    for day in filter(None, (when.calendar() for when in known)):
        yield from (on(day + timedelta(days=shift)) for shift in shifts)


def _weekdays_known(sentence: str, known: Sequence[When], source: Sequence[Statement]) -> bool:
    names = {weekday for each in source for weekday, *_ in bare(each.text, "weekdays")}
    names |= {day.weekday() for when in known if (day := when.calendar())}
    return {weekday for weekday, *_ in bare(sentence, "weekdays")} <= names


def _near_days_known(sentence: str, known: Sequence[When], days: set[date]) -> bool:
    """Whether each "yesterday" of a sentence is a day the sources tell; "today" may be that of the report."""
    meant = [shift for shift, *_ in bare(sentence, "days") if shift]
    resolved = [[day + timedelta(days=shift) for day in days] for shift in meant]
    return all(any(on(day) in known for day in each) for each in resolved if days)


def _seasons_known(sentence: str, known: Sequence[When], source: Sequence[Statement]) -> bool:
    names = {season for each in source for season in _seasons(each.text)}
    months = {str(when.month) for when in known if when.month}
    return all(season in names or months & set(season.split()) for season in _seasons(sentence))


def _seasons(text: str) -> list[str]:
    plain = straight(text)
    return [months for months, words in table("dates")["seasons"].items() if whole(words).search(plain)]


def _decades_known(sentence: str, known: Sequence[When], source: Sequence[Statement]) -> bool:
    names = {decade for each in source for decade in _decades(each.text)}
    names |= {when.year // _DECADES % _DECADES for when in known if when.year}
    return _decades(sentence) <= names


def _decades(text: str) -> set[int]:
    """The decades that a text names, as the tens of their years."""
    return {int(match[1]) // _DECADES % _DECADES for match in _DECADE.finditer(text)}
