"""Times of written sentences: ranges, neighbouring days, decades, and times that belong to another event."""

from __future__ import annotations

from datetime import date

import pytest

from index.answer.checking.dates import misdated, times, unsupported_date
from index.answer.checking.dates.misdated import units_of
from index.answer.checking.dates.times import When, named
from tests.checking_samples import by_first_word, language_of, told

TIMES = [
    # Each day of a range, the next day, the month of an adjective and the decade are told.
    ("It began on 8 January.", "Карантин діяв 8–24 січня.", False),
    ("Голосование начнётся 15 марта.", "Voting is held on 15, 16 and 17 March.", False),
    ("It ended on August 24.", "It was held on August 22-24.", False),
    ("He worked there until 2010.", "У 2009-2010 рр. він там працював.", False),
    ("Закон приняли 2 августа.", "They voted on August 1. The Senate followed the next day.", False),
    ("Справу можуть передати 6 березня.", "It may be passed on as early as Friday.", False),
    ("Июньская сессия закрыта.", "The session in June is over.", False),
    ("Самая низкая с 1970-х годов.", "The lowest since the 1970s.", False),
    # A day within a range that only its ends tell, another month or decade, and a day to come of what has been.
    ("It began on 9 January.", "Карантин діяв 8–24 січня.", True),
    ("Травнева сесія закрита.", "The session in June is over.", True),
    ("The lowest since the 1990s.", "Самая низкая с 1970-х годов.", True),
    ("It opened on 10 March.", "It opened on Tuesday.", True),
]


@pytest.mark.parametrize(("sentence", "source", "wrong"), TIMES)
def test_times_in_other_words(sentence: str, source: str, *, wrong: bool) -> None:
    """A time may be told by its neighbours and in other words, and is wrong where the source tells another."""
    assert unsupported_date(sentence, language_of(sentence), told(source)) is wrong


def test_weekdays_look_back_where_a_text_does() -> None:
    """A weekday is the last one in the past tense, the last or the next one otherwise."""
    (past,), (ahead,) = (times.told(told(text)[0]) for text in ("It opened on Tuesday.", "It may open on Tuesday."))
    assert past.whens == (When(2026, 3, 3),)
    assert ahead.whens == (When(2026, 3, 3), When(2026, 3, 10))


def test_a_month_within_a_date_is_no_second_time() -> None:
    """The month of "9 June" is not read again by itself."""
    assert [time.whens[0] for time in named("It was on 9 June, in May and in 2024.", "en")] == [
        When(None, 6, 9),
        When(2024, None, None),
        When(None, 5, None),
    ]


def test_a_time_of_another_event() -> None:
    """Where the source tells the sentence's event with another time, its own is that of another event."""
    source = told("Bridges were opened on 3 May. Schools were closed on 9 June.")
    assert misdated("Schools were closed on 3 May.", "en", source, by_first_word())
    assert not misdated("Schools were closed on 9 June.", "en", source, by_first_word())


def test_that_day_is_the_day_told_before() -> None:
    """A sentence that refers to the day of the one before has that day as well."""
    source = told("Bridges were opened on 3 May. Schools were closed that day until 9 June.")
    assert not misdated("Schools were closed on 3 May.", "en", source, by_first_word())


def test_one_event_is_not_moved() -> None:
    """Without a second time in the source there is nothing that a time could belong to."""
    assert not misdated("Schools were closed on 3 May.", "en", told("Roads were open on 3 May."), by_first_word())


@pytest.mark.parametrize(("day", "wrong"), [("October 1", False), ("September 24", False), ("October 2", True)])
def test_a_weekday_may_be_that_of_the_next_day(day: str, *, wrong: bool) -> None:
    """A report dated Monday may tell of "early Tuesday": papers appear in other time zones."""
    source = told("Congress adjourned early Tuesday.", day=date(2013, 9, 30))
    assert unsupported_date(f"Congress adjourned on {day}, 2013.", "en", source) is wrong


def test_a_date_is_read_with_the_sentence_before_it() -> None:
    """What "they" are, the sentence before tells."""
    source = told("There will be 60 districts. They will be formed by 22 April.", day=date(2014, 4, 11))
    assert any(unit.text.startswith("There will") for unit in units_of(When(month=4, day=22), source))
