"""Retrieval figures against values worked out by hand, and what must hold for any ranking."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluate.figures import ALL, Slice
from index.evaluate.questions import EvalQuestion, QuestionSet
from index.evaluate.ranking import ndcg, ranking, recall, reciprocal_rank, retrieval_figures

if TYPE_CHECKING:
    from index.types import Language

DOCUMENTS = st.lists(st.sampled_from([f"d{number}" for number in range(30)]), min_size=1, max_size=30, unique=True)
CROSS = EvalQuestion("q", "What?", "en", "ru", "cross", gold=("a-ru",), parallel=("a-en", "a-uk"))
MONO = EvalQuestion("q", "What?", "en", "en", "mono", gold=("a-en",), parallel=("a-ru", "a-uk"))


def test_figures_worked_out_by_hand() -> None:
    """Two gold documents, in places 2 and 4."""
    ranked = ["x", "a", "y", "b"]
    assert [recall(["a", "b"], ranked, depth) for depth in (1, 2, 3, 4)] == [0, 0.5, 0.5, 1]
    assert reciprocal_rank(["a", "b"], ranked) == 0.5
    ideal = 1 + 1 / math.log2(3)
    assert ndcg(["a", "b"], ranked) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_nothing_counts_beyond_the_depth() -> None:
    """The eleventh document is as good as not found."""
    ranked = [f"x{number}" for number in range(10)] + ["a"]
    assert (recall(["a"], ranked, 10), reciprocal_rank(["a"], ranked), ndcg(["a"], ranked)) == (0, 0, 0)


@given(gold=DOCUMENTS, ranked=DOCUMENTS)
def test_figures_stay_in_their_range(gold: list[str], ranked: list[str]) -> None:
    """Recall never falls as the depth grows; all figures lie in [0, 1]; nDCG is above 0 where MRR is."""
    recalls = [recall(gold, ranked, depth) for depth in range(1, 31)]
    assert recalls == sorted(recalls)
    assert 0 <= ndcg(gold, ranked) <= 1 + 1e-9
    assert recalls[0] * len(gold) <= reciprocal_rank(gold, ranked) <= 1
    assert (ndcg(gold, ranked) > 0) == (reciprocal_rank(gold, ranked) > 0)


@given(gold=DOCUMENTS)
def test_the_best_order_is_perfect(gold: list[str]) -> None:
    """The gold documents first, in any order, give nDCG and MRR 1."""
    assert ndcg(gold, gold[::-1]) == pytest.approx(1)
    assert reciprocal_rank(gold, gold[::-1]) == 1


def test_passages_of_one_document_count_once() -> None:
    """A document takes the place of its first passage."""
    assert ranking(MONO, "open", lambda *_: ["x", "a-en", "x", "a-en", "y"]) == ("x", "a-en", "y")


def test_versions_in_other_languages_are_passed_over() -> None:
    """Neither the asker's own version nor a third one stands before the gold document."""
    assert ranking(CROSS, "open", lambda *_: ["a-en", "x", "a-uk", "a-ru"]) == ("x", "a-ru")
    assert ranking(MONO, "open", lambda *_: ["a-uk", "a-en"]) == ("a-en",)


def test_conditions_decide_which_languages_are_searched() -> None:
    """``within`` searches the gold document's language, ``open`` all of them."""
    assert ranking(CROSS, "within", lambda _, languages: languages) == ("ru",)
    assert ranking(CROSS, "open", lambda _, languages: languages) == ()


def test_figures_of_a_set_and_of_its_pairs() -> None:
    """The total and each language pair have their own figures, under both conditions."""

    def search(_: str, languages: tuple[Language, ...]) -> list[str]:
        return ["a-en"] if languages else ["x", "a-en", "a-ru"]

    unanswerable = EvalQuestion("u", "Who?", "uk", "uk", "unanswerable")
    figures = list(retrieval_figures(QuestionSet("s", (CROSS, MONO, unanswerable)), search))
    found = {
        each.slice: (each.questions, each.recall_1.value, each.recall_5.value, each.mrr_10.value) for each in figures
    }
    assert found == {
        Slice("s", ALL, ALL, "within"): (2, 0.5, 0.5, 0.5),
        Slice("s", "en", "en", "within"): (1, 1, 1, 1),
        Slice("s", "en", "ru", "within"): (1, 0, 0, 0),
        Slice("s", ALL, ALL, "open"): (2, 0, 1, 0.5),
        Slice("s", "en", "en", "open"): (1, 0, 1, 0.5),
        Slice("s", "en", "ru", "open"): (1, 0, 1, 0.5),
    }


def test_a_set_without_gold_has_no_figures() -> None:
    """There is nothing to find."""
    unanswerable = EvalQuestion("u", "Who?", "uk", "uk", "unanswerable")
    assert list(retrieval_figures(QuestionSet("s", (unanswerable,)), lambda *_: ["a"])) == []
