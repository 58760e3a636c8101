"""Bylines: lines that say who and when, and nothing else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.clean.byline import is_name, read_byline, stated_author
from index.clean.dates import Clock

KYIV = ZoneInfo("Europe/Kyiv")
CLOCK = Clock(datetime(2026, 3, 15, 12, 0, tzinfo=KYIV), KYIV)


@pytest.mark.parametrize(
    ("line", "author", "iso"),
    [
        ("Іван Д'яконовСереда, 13 серпня 2025, 06:44", "Іван Д'яконов", "2025-08-13T06:44:00+03:00"),
        ("Автор: Ольга Іваненко", "Ольга Іваненко", None),
        ("Текст: Иван Петров, Анна Орлова", "Иван Петров, Анна Орлова", None),
        ("By Jane Doe", "Jane Doe", None),
        ("By Jane Doe and John Roe, Kyiv", "Jane Doe and John Roe", None),
        ("By Mary van Houten, Staff Writer | March 14, 2026 9:15 a.m.", "Mary van Houten", "2026-03-14T09:15:00+02:00"),
        ("Опубликовано: 14 марта 2026", None, "2026-03-14"),
        ("14.03.2026 | 1245 просмотров", None, "2026-03-14"),
        ("Kyiv, 14 March 2026", None, "2026-03-14"),
        ("Иван Петров, 14 марта 2026, 3 мин на чтение", "Иван Петров", "2026-03-14"),
        ("О. В. Коваль — вчора, 18:40", "О. В. Коваль", "2026-03-14T18:40:00+02:00"),
        ("date 2026-03-14", None, "2026-03-14"),
    ],
)
def test_bylines(line: str, author: str | None, iso: str | None) -> None:
    """Author and date are found beside labels, places, counters and each other."""
    byline = read_byline(line, CLOCK)
    assert byline
    assert (byline.author, byline.published.iso() if byline.published else None) == (author, iso)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the bridge will be open to lorries again.",
        "By Monday",
        "Мост открыли 14 марта 2026 года",
        "14 марта 2026 года мост открыли для машин.",
        "Автор проекта отказался от комментариев.",
        "Від понеділка міст відкрито",
        "Джерело: Олена Коваль",
        "Текст: решение суда вступит в силу через месяц",
        "Иван Петров",
    ],
)
def test_prose_is_no_byline(line: str) -> None:
    """A line that says anything else stays, though it holds a date, a name or the word for an author."""
    assert read_byline(line, CLOCK) is None


def test_publication_comes_before_update() -> None:
    """Of two dates on a line the one of publication counts; an update's counts only alone."""
    both = read_byline("Обновлено: 15.03.2026, 10:00 | Опубликовано: 14.03.2026, 09:00", CLOCK)
    alone = read_byline("Last updated: 15 March 2026", CLOCK)
    assert both
    assert alone
    assert (both.published and both.published.iso(), both.updated) == ("2026-03-14T09:00:00+02:00", False)
    assert alone.updated


@pytest.mark.parametrize("text", ["Jane Doe", "Іван Д'яконов", "J. R. Doe", "Rūta Vaitkienė", "Анна-Мария Орлова"])
def test_names(text: str) -> None:
    """Two to four capitalised words look like a person."""
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["Jane", "The Harbour", "Портовая газета", "Новини України", "Harbour Post", "a b", ""]
)
def test_what_looks_like_no_name(text: str) -> None:
    """One word, a newspaper, a rubric and small letters do not."""
    assert not is_name(text)


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("  Олена \n Коваль ", "Олена Коваль"),
        ("https://example.org/people/jane", None),
        ("jane@example.org", None),
        ("admin", None),
        ("", None),
    ],
)
def test_authors_of_metadata(stated: str, author: str | None) -> None:
    """Metadata's author is taken as it stands, but no link, address or account."""
    assert stated_author(stated) == author
