"""From a conversation to a query: what is searched, and in which language it is answered."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import pytest

from bot.following import query_after, turn_of
from index.follow_up import Follower
from index.types import Turn
from tests.samples import answered

SUMY = Turn("Сколько людей погибло в Сумах?", "Погибли трое.")


def _options(**stated: Any) -> Namespace:
    return Namespace(**{"lang": None, "article_lang": [], "source": [], "since": None, "until": None, **stated})


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
