"""From what was typed to a query: languages, restrictions, odd characters."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

import pytest

from bot.asking import asker_language, query_after, query_of, readable, spoken_language, turn_of
from index.follow_up import Follower
from index.types import Filters, Turn
from tests.samples import answered

SUMY = Turn("Сколько людей погибло в Сумах?", "Погибли трое.")


def _options(**stated: Any) -> Namespace:
    return Namespace(**{"lang": None, "article_lang": [], "source": [], "since": None, "until": None, **stated})


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
    options = _options(lang="uk", article_lang=["en"], source=["The Post"], since=day)
    query = query_of(options, "  Who\nwon? ")
    assert (query.text, query.language) == ("Who won?", "uk")
    assert query.filters == Filters(languages=("en",), outlets=("The Post",), since=day)


def test_outlets_are_names() -> None:
    """An empty outlet restricts nothing, and needless space in one does not hide it."""
    options = _options(lang="en", source=["", " The  Post "])
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


def test_the_query_is_the_question_made_whole() -> None:
    """What is searched for is the understood question, with the restrictions typed beside it."""
    query = query_after(Follower(), _options(article_lang=["uk"]), " а в  Харькове? ", [SUMY])
    assert (query.text, query.language) == ("Сколько людей погибло в Харькове?", "ru")
    assert query.filters.languages == ("uk",)


@pytest.mark.parametrize(("lang", "expected"), [(None, "en"), ("uk", "uk")])
def test_the_answer_is_in_the_language_typed(lang: str | None, expected: str) -> None:
    """An English follow-up to a Russian question is answered in English, unless another language was asked for."""
    assert query_after(Follower(), _options(lang=lang), "what about Kharkiv?", [SUMY]).language == expected


def test_a_question_of_its_own_is_as_typed() -> None:
    """Without anything to go on from, the query is that of the question alone."""
    assert query_after(Follower(), _options(), "Who won in Oslo?", [SUMY]).text == "Who won in Oslo?"
    assert query_after(Follower(), _options(), "why?", []).text == "why?"


def test_a_turn_holds_what_was_answered() -> None:
    """The question as understood, and the text of the answer without its numbers."""
    answer = answered()
    turn = turn_of(answer)
    assert turn.question == answer.question
    assert turn.answer == " ".join(each.text for each in answer.sentences)
