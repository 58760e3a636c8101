"""Which sentences are quoted: the best first, with a neighbour where that helps, and none twice."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.choice import choose
from index.answer.evidence import Evidence
from index.language import lemmas
from index.types import Article, Passage, Span

DAM = Article(
    "dam",
    "/dam.txt",
    "The dam at Orlivka gave way at dawn. It flooded nine streets. Rescuers brought 340 people out by boat.\n"
    "The repairs will last until autumn.",
    "en",
    "The dam at Orlivka gave way",
)
CREW = Article(
    "crew", "/crew.txt", "Divers searched the river all day. Rescuers brought 340 people out by boat.", "en", "Divers"
)
GAVE, FLOODED, RESCUERS, REPAIRS = "The dam at Orlivka", "It flooded", "Rescuers brought", "The repairs"


def _weighed(article: Article, opening: str, score: float) -> Evidence:
    """The sentence of the article that begins so."""
    start = article.text.index(opening)
    end = article.text.index(".", start) + 1
    passage = Passage(f"{article.id}-0", article.id, 0, len(article.text), article.language, article.text)
    words = frozenset(lemmas(article.text[start:end], article.language))
    return Evidence(
        article, Span(start, end), passage, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, foreign=False, words=words, score=score
    )


def _texts(*evidence: Evidence, most: int = 5) -> list[str]:
    return [each.text for each in choose(sorted(evidence, key=lambda each: -each.score), most)]


def test_nothing_is_chosen_from_nothing() -> None:
    """Without evidence there is no quote."""
    assert choose([], 3) == []


def test_a_sentence_that_points_back_brings_the_one_before() -> None:
    """What "it" is stands in the sentence before, which is quoted along, however little it scored."""
    assert _texts(_weighed(DAM, FLOODED, 9), _weighed(DAM, GAVE, -9)) == [
        "The dam at Orlivka gave way at dawn. It flooded nine streets."
    ]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Плотину прорвало на рассвете. Она затопила девять улиц.", "Она"),
        ("Греблю прорвало на світанку. «Це сталося вночі», — кажуть люди.", "«Це"),
        ("Плотину прорвало. При  этом никто не пострадал.", "При"),
    ],
)
def test_openings_point_back_in_every_language(text: str, opening: str) -> None:
    """Pronouns and connectives are known in Russian and Ukrainian, behind a quotation mark as well."""
    article = Article("d", "/d.txt", text, "ru", "Т")
    assert _texts(_weighed(article, opening, 9), _weighed(article, text[:5], 0)) == [text]


def test_a_neighbour_nearly_as_good_is_quoted_along() -> None:
    """Adjacent sentences of one paragraph that both fit become one run, in the article's order, scored by the best."""
    (run,) = choose([_weighed(DAM, RESCUERS, 5.0), _weighed(DAM, FLOODED, 4.5)], 3)
    assert run.text == "It flooded nine streets. Rescuers brought 340 people out by boat."
    assert run.score == 5.0


def test_a_worse_neighbour_is_not_joined() -> None:
    """A neighbour well behind the best is quoted by itself, after it."""
    assert _texts(_weighed(DAM, GAVE, 5), _weighed(DAM, FLOODED, 2.5)) == [
        "The dam at Orlivka gave way at dawn.",
        "It flooded nine streets.",
    ]


def test_a_run_does_not_cross_a_paragraph() -> None:
    """A line break parts sentences, however alike their scores."""
    assert len(_texts(_weighed(DAM, RESCUERS, 5), _weighed(DAM, REPAIRS, 4.9))) == 2


def test_what_is_far_behind_is_left_out() -> None:
    """A sentence much less likely than the best is not quoted."""
    assert len(_texts(_weighed(DAM, GAVE, 5), _weighed(DAM, REPAIRS, -0.1))) == 1


def test_a_reprint_is_not_quoted_again() -> None:
    """The same sentence in another article adds nothing."""
    quotes = choose([_weighed(DAM, RESCUERS, 5), _weighed(CREW, RESCUERS, 4.9)], 5)
    assert [quote.article.id for quote in quotes] == ["dam"]


def test_quotes_of_one_article_stay_together() -> None:
    """After the best come the others of its article, then those of other articles."""
    quotes = choose([_weighed(DAM, GAVE, 5), _weighed(CREW, "Divers", 4.9), _weighed(DAM, REPAIRS, 4.8)], 5)
    assert [quote.article.id for quote in quotes] == ["dam", "dam", "crew"]


SENTENCES = [_weighed(DAM, each, 0.0) for each in (GAVE, FLOODED, RESCUERS, REPAIRS)]
SENTENCES += [_weighed(CREW, each, 0.0) for each in ("Divers", RESCUERS)]


@given(st.permutations(SENTENCES), st.lists(st.integers(-5, 5), min_size=6, max_size=6), st.integers(1, 6))
def test_quotes_never_overlap(evidence: list[Evidence], scores: list[int], most: int) -> None:
    """Whatever the scores: the best is among the first quote, no more than asked for, nothing quoted twice."""
    ranked = [replace(each, score=score) for each, score in zip(evidence, sorted(scores)[::-1], strict=True)]
    quotes = choose(ranked, most)
    assert 1 <= len(quotes) <= most
    assert ranked[0].text in quotes[0].text
    spans = sorted((each.article.id, each.span.start, each.span.end) for each in quotes)
    assert all(one[0] != two[0] or one[2] <= two[1] for one, two in itertools.pairwise(spans))
