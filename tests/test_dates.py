"""Dates in the ways that articles and their metadata write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean.dates import Clock, find_date, parse_date

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=KYIV)
AGREED = Clock(NOW, KYIV)
BARE = Clock(NOW)


def _iso(text: str, clock: Clock = BARE) -> str | None:
    found = find_date(text, clock)
    return found.published.iso() if found else None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-14", "2026-03-14"),
        ("2026-03-14T09:15:00.250Z", "2026-03-14T09:15:00+00:00"),
        ("2026-03-14 09:15:30+0200", "2026-03-14T09:15:30+02:00"),
        ("14.03.2026", "2026-03-14"),
        ("14.03.26 10:20", "2026-03-14T10:20:00"),
        ("10:20, 14.03.2026", "2026-03-14T10:20:00"),
        ("14/03/2026", "2026-03-14"),
        ("3/14/2026", "2026-03-14"),
        ("14 марта 2026 г., 09:15", "2026-03-14T09:15:00"),
        ("14 марта 2026 года в 9.15", "2026-03-14T09:15:00"),
        ("Суббота, 14 марта 2026, 09:15 (мск)", "2026-03-14T09:15:00+03:00"),
        ("14 березня 2026 р. о 07:30", "2026-03-14T07:30:00"),
        ("п'ятниця, 13 березня 2026 р., 10:11 за Києвом", "2026-03-13T10:11:00+02:00"),
        ("March 14, 2026 9:15 a.m. EST", "2026-03-14T09:15:00-05:00"),
        ("Sat, 14 Mar 2026 09:15:00 GMT", "2026-03-14T09:15:00+00:00"),
        ("Mar 3rd, 2026 at 5 pm ET", "2026-03-03T17:00:00-05:00"),
        ("12:05 a.m., 2 January 2026", "2026-01-02T00:05:00"),
        ("2026-03-14 09:15 GMT+2", "2026-03-14T09:15:00+02:00"),
    ],
)
def test_written_dates(text: str, iso: str) -> None:
    """ISO, figures and words in three languages, with time and zone where they stand."""
    assert _iso(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("сьогодні 14:05", "2026-03-15T14:05:00+02:00"),
        ("вчора", "2026-03-14"),
        ("Вчера, 18:40", "2026-03-14T18:40:00+02:00"),
        ("позавчера", "2026-03-13"),
        ("yesterday at 9:05 p.m.", "2026-03-14T21:05:00+02:00"),
        ("2 часа назад", "2026-03-15T10:00:00+02:00"),
        ("3 hours ago", "2026-03-15T09:00:00+02:00"),
        ("годину тому", "2026-03-15T11:00:00+02:00"),
        ("2 дня назад", "2026-03-13"),
        ("a week ago", "2026-03-08"),
    ],
)
def test_relative_dates_count_from_now(text: str, iso: str) -> None:
    """Hours and minutes ago give the moment, longer distances the day."""
    assert _iso(text, AGREED) == iso


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Іван Д'яконовСереда, 13 серпня 2025, 06:44", "Іван Д'яконов"),
        ("Jane DoeMarch 14, 2026", "Jane Doe"),
        ("Иван Петров14 марта 2026", "Иван Петров"),
        ("Олена КовальСьогодні, 10:05", "Олена Коваль"),
        ("МарияВчера", "Мария"),
    ],
)
def test_a_date_glued_to_a_name(text: str, rest: str) -> None:
    """The stretch of the date begins where the name ends, a weekday included."""
    found = find_date(text, AGREED)
    assert found
    assert (text[: found.start], text[found.end :]) == (rest, "")


def test_bare_times_take_the_agreed_zone_of_that_day() -> None:
    """Summer and winter time follow the date; without an agreed zone the time has none."""
    assert _iso("13 серпня 2025, 06:44", AGREED) == "2025-08-13T06:44:00+03:00"
    assert _iso("13 січня 2026, 06:44", AGREED) == "2026-01-13T06:44:00+02:00"
    assert _iso("13 августа 2025, 06:44") == "2025-08-13T06:44:00"


def test_a_day_without_year_is_the_last_one() -> None:
    """A month still to come this year means last year's."""
    assert (_iso("20 декабря"), _iso("13 марта в 18:40")) == ("2025-12-20", "2026-03-13T18:40:00")


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "2026-13-45",
        "18.03.2026",
        "1 января 1989",
        "15 человек",
        "май",
        "Monday",
        "12.50 грн",
        "0 часов",
        "",
    ],
)
def test_what_is_no_publication_date(text: str) -> None:
    """Impossible, future and ancient days are refused, and so are bare figures, months and weekdays."""
    assert _iso(text) is None


def test_tomorrow_is_accepted() -> None:
    """A clock ahead of ours makes no date wrong."""
    assert _iso("16.03.2026") == "2026-03-16"


@pytest.mark.parametrize(
    ("stated", "iso"),
    [("1773472500", "2026-03-14T07:15:00+00:00"), ("1773472500000", "2026-03-14T07:15:00+00:00"), ("9999999999", None)],
)
def test_epoch_seconds_and_milliseconds(stated: str, iso: str | None) -> None:
    """Metadata may count seconds; a moment far ahead is refused."""
    published = parse_date(stated, BARE)
    assert (published.iso() if published else None) == iso


@given(
    st.text(max_size=60) | st.from_regex(r"[0-9]{1,14}|[0-9]{1,4}[./-][0-9]{1,3}[./ -][0-9]{1,4} [0-9]{1,2}:[0-9]{2}.*")
)
def test_metadata_never_raises(stated: str) -> None:
    """Garbage gives None, and whatever is understood lies between 1990 and the day after tomorrow."""
    published = parse_date(stated, BARE)
    assert published is None or 1990 <= published.day.year <= 2026


@given(st.datetimes(datetime(1990, 1, 2), datetime(2026, 3, 14)))  # noqa: DTZ001 - the zone is added in the test
def test_iso_moments_survive(moment: datetime) -> None:
    """What ISO 8601 states to the second is understood to the second."""
    stated = moment.replace(microsecond=0, tzinfo=UTC).isoformat()
    assert _iso(stated) == stated
