"""Answers judged: gold answers met by lemmas, citations against the catalogue, shares over a set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.adapters.catalogue import SqliteCatalogue
from index.evaluate.answers import Outcome, answer_figures, cited_sentences, holds, judge
from index.evaluate.figures import ALL
from index.evaluate.questions import EvalQuestion
from index.types import AnswerSentence
from tests.samples import BRIDGE, SHIP, answered, refused

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Language

COST = EvalQuestion("q", "Скільки коштував міст?", "uk", "uk", "mono", ("bridge",), ("412 мільйонів гривень",))


@pytest.fixture
def catalogue(tmp_path: Path) -> SqliteCatalogue:
    """The bridge and the ship, as they were cited."""
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", "fake")
    for article in (BRIDGE, SHIP):
        catalogue.put(article, "d", [])
    return catalogue


@pytest.mark.parametrize(
    ("language", "sentence", "answer", "right"),
    [
        ("en", "She carries 31,500 tonnes of maize.", "31 500 tonnes", True),
        ("en", "The boats were repaired by volunteers.", "a volunteer", True),
        ("ru", "Работы стоили 412 миллионов гривен.", "412 миллионам гривен", True),
        ("uk", "Учора подякували рятувальникам.", "рятувальники", True),
        ("en", "The cost of maize fell.", "maize cost", False),
        ("en", "Tonnes of wheat, 31,500 boxes.", "31,500 tonnes", False),
        ("en", "It was both.", "both", True),
        ("en", "It was with them.", "it wa", False),
        ("en", "", "maize", False),
    ],
)
def test_gold_answers_are_met_by_lemmas(language: Language, sentence: str, answer: str, *, right: bool) -> None:
    """Forms and stop words do not matter, the order and what lies between do; stop words alone go as written."""
    assert holds(sentence, answer, language) is right


@given(st.text(), st.sampled_from(["ru", "uk", "en", "other"]))
def test_a_sentence_with_words_holds_itself(sentence: str, language: Language) -> None:
    """Whatever the text: its own words stand in it, one after the other."""
    text = f"{sentence} maize"
    assert holds(text, text, language)


def test_sentences_count_in_the_order_of_the_answer() -> None:
    """The first sentence's citation comes first, whatever its number; none comes twice."""
    first, second, third = (each.quote for each in answered().citations)
    order = (AnswerSentence("a", (2,)), AnswerSentence("b", (1, 2)), AnswerSentence("c", (3,)))
    assert cited_sentences(replace(answered(), sentences=order)) == [second, first, third]


def test_a_right_answer(catalogue: SqliteCatalogue) -> None:
    """The first quote holds the answer; all three are what the catalogue has."""
    assert judge(COST, answered(), catalogue) == Outcome(
        refused=False, confidence=0.91, place=0, own_language=True, citations=3, exact=3
    )


def test_a_wrong_answer_in_a_wrong_language(catalogue: SqliteCatalogue) -> None:
    """No quote holds the answer, and the asker spoke Russian."""
    outcome = judge(replace(COST, lang="ru", answers=("сорок",)), answered(), catalogue)
    assert (outcome.place, outcome.own_language) == (None, False)


def test_a_refusal_has_nothing_to_judge(catalogue: SqliteCatalogue) -> None:
    """It is told apart from a wrong answer."""
    outcome = judge(COST, refused(), catalogue)
    assert (outcome.refused, outcome.place, outcome.citations, outcome.exact) == (True, None, 0, 0)


def test_quotes_are_compared_with_the_catalogue(catalogue: SqliteCatalogue) -> None:
    """An article that reads otherwise in the catalogue than in the answer makes its quotes inexact."""
    catalogue.put(replace(SHIP, text=SHIP.text.replace("maize", "wheat")), "e", [])
    assert judge(COST, answered(), catalogue).exact == 2


def test_figures_of_a_set() -> None:
    """Four questions: right at once, right in the third sentence, wrong in the fourth, refused."""
    outcomes = [
        Outcome(refused=False, confidence=0.9, place=0, own_language=True, citations=1, exact=1),
        Outcome(refused=False, confidence=0.8, place=2, own_language=True, citations=3, exact=2),
        Outcome(refused=False, confidence=0.7, place=3, own_language=False, citations=4, exact=4),
        Outcome(refused=True, confidence=0.1, place=None, own_language=True, citations=0, exact=0),
    ]
    russian = replace(COST, lang="ru")
    total, from_russian, from_ukrainian = answer_figures(
        "s", list(zip([russian, COST, COST, COST], outcomes, strict=True))
    )
    assert (total.slice.lang, total.questions, total.citations) == (ALL, 4, 8)
    assert (total.answered.value, total.sentence_1.value, total.sentence_3.value) == (0.75, 0.25, 0.5)
    assert total.sentence_1_answered.value == pytest.approx(1 / 3)
    assert (total.own_language.value, total.exact_quotes.value) == (0.75, 7 / 8)
    assert (from_russian.sentence_1.value, from_ukrainian.sentence_1.value) == (1, 0)


def test_a_set_without_known_answers_has_no_figures() -> None:
    """Nothing was asked."""
    assert list(answer_figures("s", [])) == []
