"""Days and spans of days as people of each language write them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import day_text, wait_text, window_text

if TYPE_CHECKING:
    from index.types import AskerLanguage

AUGUST, MAY = date(2025, 8, 3), date(2026, 5, 20)
LANGUAGES: list[AskerLanguage] = ["ru", "uk", "en"]


def test_a_day_is_written_as_readers_write_it() -> None:
    """Figures and full stops in Russian and Ukrainian, a month by name in English."""
    assert [day_text(AUGUST, language) for language in LANGUAGES] == ["03.08.2025", "03.08.2025", "3 Aug 2025"]


@pytest.mark.parametrize(
    ("language", "since", "until", "text"),
    [
        ("en", AUGUST, MAY, "Articles published 3 Aug 2025 – 20 May 2026"),
        ("en", MAY, MAY, "Articles published on 20 May 2026"),
        ("ru", AUGUST, None, "Статьи с 03.08.2025"),
        ("uk", None, MAY, "Статті по 20.05.2026"),
        ("uk", AUGUST, MAY, "Статті за 03.08.2025 – 20.05.2026"),
    ],
)
def test_a_span_says_which_ends_it_has(
    language: AskerLanguage, since: date | None, until: date | None, text: str
) -> None:
    """Both ends, one day, or an open end."""
    assert window_text(since, until, language) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_span_is_told_by_nothing(language: AskerLanguage) -> None:
    """Where both ends are open there is nothing to say."""
    assert window_text(None, None, language) == ""


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_a_day_reads_back(day: date, language: AskerLanguage) -> None:
    """Day and year stand as whole numbers at the ends, however early the year."""
    words = day_text(day, language).replace(".", " ").split()
    assert (int(words[0]), int(words[-1])) == (day.day, day.year)
    assert len(words) == 3


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (-3, "через 1 секунду", "in 1 second"),
        (60, "через 60 секунд", "in 60 seconds"),
        (60.5, "через 2 минуты", "in 2 minutes"),
        (1261, "через 22 минуты", "in 22 minutes"),
        (5400, "через 90 минут", "in 90 minutes"),
        (5401, "через 2 часа", "in 2 hours"),
        (172_800, "через 48 часов", "in 48 hours"),
        (172_801, "через 3 дня", "in 3 days"),
    ],
)
def test_a_wait_is_rounded_up(seconds: float, russian: str, english: str) -> None:
    """Whoever comes back when told does not come too early."""
    wait = timedelta(seconds=seconds)
    assert [wait_text(wait, "ru"), wait_text(wait, "en")] == [russian, english]
