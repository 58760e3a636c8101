"""A question's days: read off its words, within what is asked beside it, over a real catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.adapters.catalogue import SqliteCatalogue
from index.answer.time_window import in_its_time, nearest_days
from index.ports import SearchForm, Windows
from index.types import Article, Filters, Passage, Published, Query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.ports import Catalogue
    from index.types import AskerLanguage

TODAY = date(2026, 5, 20)
FIRST, LAST = date(2024, 3, 10), date(2026, 5, 18)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Two articles, two years apart."""
    catalogue = _catalogue(tmp_path_factory.mktemp("window"))
    for name, day in (("old", FIRST), ("new", LAST)):
        article = Article(name, f"/{name}.txt", "Snow fell.", "en", "Snow", published=Published(day))
        form = SearchForm("snow fall", Windows((0,), np.eye(1, 8, dtype=np.float32)))
        catalogue.put(article, "digest", [(Passage(f"{name}-0", name, 0, 10, "en", article.text), form)])
    yield catalogue
    catalogue.close()


def _catalogue(folder: Path) -> SqliteCatalogue:
    return SqliteCatalogue(folder / "catalogue.sqlite3", "model-1")


def _window(text: str, catalogue: Catalogue, filters: Filters = Filters()) -> tuple[date | None, date | None]:  # noqa: B008 - frozen
    found = in_its_time(Query(text, "en", filters), TODAY, catalogue).filters
    return found.since, found.until


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What did the council decide yesterday?"),
        ("ru", "Что вчера решил горсовет?"),
        ("uk", "Що вчора вирішила міська рада?"),
    ],
)
def test_yesterday_becomes_a_day(catalogue: Catalogue, language: AskerLanguage, text: str) -> None:
    """The window is the day before the question's, and the words for it have been heeded."""
    query = in_its_time(Query(text, language), TODAY, catalogue)
    assert query == Query(text, language, Filters(since=date(2026, 5, 19), until=date(2026, 5, 19)), timed=True)


def test_question_without_time_stays_as_it_is(catalogue: Catalogue) -> None:
    """Restrictions typed beside it are kept."""
    query = Query("How deep is the snow?", "en", Filters(outlets=("Delta Wire",), since=FIRST))
    assert in_its_time(query, TODAY, catalogue) == query


def test_latest_is_no_window(catalogue: Catalogue) -> None:
    """Latest news means the newest first, with no day left out."""
    query = in_its_time(Query("What is the latest news on the snow?", "en"), TODAY, catalogue)
    assert (query.latest, query.filters) == (True, Filters())


def test_the_narrower_bound_counts(catalogue: Catalogue) -> None:
    """A window typed beside the question and the one in its words hold both."""
    typed = Filters(since=date(2026, 2, 1), until=date(2026, 2, 10))
    assert _window("What burned in February 2026?", catalogue, typed) == (typed.since, typed.until)
    wide = Filters(since=date(2020, 1, 1), until=date(2026, 2, 10))
    assert _window("What burned in February 2026?", catalogue, wide) == (date(2026, 2, 1), date(2026, 2, 10))


def test_a_year_long_before_the_archive_is_history(catalogue: Catalogue) -> None:
    """A question about 1709 is searched everywhere; the year before the archive begins is a window like another."""
    assert _window("Who won at Poltava in 1709?", catalogue) == (None, None)
    assert _window("What was built in 2022?", catalogue) == (None, None)
    assert _window("What was built in 2023?", catalogue) == (date(2023, 1, 1), date(2023, 12, 31))


def test_an_archive_without_dates_has_no_windows_of_years(tmp_path: Path) -> None:
    """Where no article has a day, a year named is what the question is about."""
    assert _window("What was built in 2025?", _catalogue(tmp_path)) == (None, None)


def test_nearest_days_lie_on_both_sides(catalogue: Catalogue) -> None:
    """Of an empty window: the last day before and the first one after, as far as there are any."""
    query = in_its_time(Query("What burned in February 2026?", "en"), TODAY, catalogue)
    assert nearest_days(query, catalogue) == (FIRST, LAST)
    assert nearest_days(Query("What?", "en", Filters(since=date(2027, 1, 1))), catalogue) == (LAST,)
    assert nearest_days(Query("What?", "en"), catalogue) == ()


@given(ago=st.integers(1, 300), before=st.integers(0, 300), length=st.integers(0, 300))
def test_typed_restrictions_are_never_widened(catalogue: Catalogue, ago: int, before: int, length: int) -> None:
    """Whatever the words ask for, no day outside the typed window is let in."""
    since = TODAY - timedelta(before)
    typed = Filters(since=since, until=since + timedelta(length))
    found = _window(f"What burned {ago} days ago?", catalogue, typed)
    day = TODAY - timedelta(ago)
    assert found == (max(since, day), min(since + timedelta(length), day))
