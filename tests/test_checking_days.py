"""Times of written sentences: ranges, neighbouring days, decades, and times that belong to another event."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.answer.checking import Cited
from index.answer.checking.binding import misdated
from index.answer.checking.cited import statements
from index.answer.checking.days import unsupported_date
from index.answer.checking.times import When, named, told
from index.types import Article, Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement
    from index.ports import Vectors
    from index.types import AskerLanguage, Language


def source(text: str, language: Language = "en") -> list[Statement]:
    """The sentences of a passage of an article of Thursday, 5 March 2026."""
    return statements([Cited(Article("a", "a", text, language, "", published=Published(date(2026, 3, 5))), text)])


class ByFirstWord:
    """An embedder to which texts mean the same if they begin with the same word."""

    fingerprint, dimension, max_tokens = "words", 64, 512

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Their words."""
        return [len(text.split()) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """A direction for each first word."""
        words = sorted({text.split()[0] for text in texts})
        return np.eye(64, dtype=np.float32)[[words.index(text.split()[0]) for text in texts]]

    embed_queries = embed_passages


@pytest.mark.parametrize(
    ("sentence", "asked", "text", "language"),
    [
        ("It began on 8 January.", "en", "Карантин діяв 8–24 січня.", "uk"),
        ("Голосование начнётся 15 марта.", "ru", "Voting is held on 15, 16 and 17 March.", "en"),
        ("It ended on August 24.", "en", "It was held on August 22-24.", "en"),
        ("He worked there until 2010.", "en", "У 2009-2010 рр. він там працював.", "uk"),
        ("Закон приняли 2 августа.", "ru", "They voted on August 1. The Senate followed the next day.", "en"),
        ("Справу можуть передати 6 березня.", "uk", "It may be passed on as early as Friday.", "en"),
        ("Июньская сессия закрыта.", "ru", "The session in June is over.", "en"),
        ("Самая низкая с 1970-х годов.", "ru", "The lowest since the 1970s.", "en"),
    ],
)
def test_times_in_other_words(sentence: str, asked: AskerLanguage, text: str, language: Language) -> None:
    """Each day of a range, the next day, the month of an adjective and the decade are told."""
    assert not unsupported_date(sentence, asked, source(text, language))


@pytest.mark.parametrize(
    ("sentence", "asked", "text", "language"),
    [
        ("It began on 9 January.", "en", "Карантин діяв 8–24 січня.", "uk"),
        ("Травнева сесія закрита.", "uk", "The session in June is over.", "en"),
        ("The lowest since the 1990s.", "en", "Самая низкая с 1970-х годов.", "ru"),
        ("It opened on 10 March.", "en", "It opened on Tuesday.", "en"),
    ],
)
def test_other_times(sentence: str, asked: AskerLanguage, text: str, language: Language) -> None:
    """A day within a range that only its ends tell, another month or decade, and a day to come of what has been."""
    assert unsupported_date(sentence, asked, source(text, language))


def test_weekdays_look_back_where_a_text_does() -> None:
    """A weekday is the last one in the past tense, the last or the next one otherwise."""
    (past,), (ahead,) = (told(source(text)[0]) for text in ("It opened on Tuesday.", "It may open on Tuesday."))
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
    text = source("Bridges were opened on 3 May. Schools were closed on 9 June.")
    assert misdated("Schools were closed on 3 May.", "en", text, ByFirstWord())
    assert not misdated("Schools were closed on 9 June.", "en", text, ByFirstWord())


def test_that_day_is_the_day_told_before() -> None:
    """A sentence that refers to the day of the one before has that day as well."""
    text = source("Bridges were opened on 3 May. Schools were closed that day until 9 June.")
    assert not misdated("Schools were closed on 3 May.", "en", text, ByFirstWord())


def test_one_event_is_not_moved() -> None:
    """Without a second time in the source there is nothing that a time could belong to."""
    assert not misdated("Schools were closed on 3 May.", "en", source("Roads were open on 3 May."), ByFirstWord())
