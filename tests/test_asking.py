"""From what was typed to a query: languages, restrictions, odd characters."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

import pytest

from bot.asking import asker_language, query_of, readable, spoken_language
from index.types import Filters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Хто виграв?", "uk"),
        ("Сколько их?", "ru"),
        ("Who won?", "en"),
        ("Wer hat gewonnen, und warum eigentlich?", "en"),
        ("Кой спечели изборите и защо се случи това?", "ru"),
    ],
)
def test_answer_is_in_the_question_s_language_or_the_nearest(text: str, expected: str) -> None:
    """Other languages are answered in Russian where they are in Cyrillic letters, else in English."""
    assert asker_language(text) == expected


def test_restrictions_become_filters() -> None:
    """What was typed beside the question restricts it, and --lang wins over the question's language."""
    day = date(2026, 3, 14)
    options = Namespace(lang="uk", article_lang=["en"], source=["The Post"], since=day, until=None)
    query = query_of(options, "  Who\nwon? ")
    assert (query.text, query.language) == ("Who won?", "uk")
    assert query.filters == Filters(languages=("en",), outlets=("The Post",), since=day)


def test_outlets_are_names() -> None:
    """An empty outlet restricts nothing, and needless space in one does not hide it."""
    options = Namespace(lang="en", article_lang=[], source=["", " The  Post "], since=None, until=None)
    assert query_of(options, "Who won?").filters == Filters(outlets=("The Post",))


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({"LANG": "uk_UA.UTF-8"}, "uk"), ({"LC_ALL": "ru_RU", "LANG": "uk_UA"}, "ru"), ({"LANG": "C"}, "en"), ({}, "en")],
)
def test_locale_decides_where_nothing_was_asked(environ: dict[str, str], expected: str) -> None:
    """Without a question, the terminal's locale tells the language."""
    assert spoken_language(Namespace(lang=None), environ) == expected


def test_undecodable_bytes_are_readable() -> None:
    """Bytes that the terminal could not decode become question marks."""
    assert readable("мост \udcff \ud800") == "мост ? ?"
