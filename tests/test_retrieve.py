"""Retrieval: meaning and words added up, languages side by side, filters, newness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.language import search_words
from index.ports import SearchForm, Windows
from index.retrieve import Reranking, Retriever, level, prefer_recent
from index.types import Article, Filters, Hit, Passage, Published, Query
from index.weights import RetrievalWeights
from index.windows import centres
from tests.fakes import LengthReranker, WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Language

TEXTS: dict[str, tuple[Language, str]] = {
    "bridge-uk": ("uk", "Міст через Сулу відкрили після ремонту. Про це розповів Кравець."),
    "bridge-ru": ("ru", "Мост через Сулу открыли после ремонта."),
    "bridge-en": ("en", "The bridge over the Sula reopened after repairs."),
    "ship-en": ("en", "The Aurelia left port with maize for Alexandria."),
}
WEIGHTS = RetrievalWeights(window=1.0, passage=0.35, lexical=0.1)


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    """Four articles in three languages behind a fake model, a window a sentence."""
    embedder = WordEmbedder()
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", embedder.fingerprint)
    vectors = ChromaVectors(tmp_path / "chroma")
    for name, (language, text) in TEXTS.items():
        article = Article(id=name, source=name, text=text, language=language, title=name, outlet=name)
        passage = Passage(f"{name}-0", name, 0, len(text), language, text)
        starts = (0, *([text.index(". ") + 2] if ". " in text else []))
        parts = [text[start:end] for start, end in zip(starts, (*starts[1:], None), strict=True)]
        windows = Windows(starts, embedder.embed_passages(parts))
        vectors.add([(passage, article)], centres([passage], [windows]))
        catalogue.put(article, "d", [(passage, SearchForm(" ".join(search_words(text, language)), windows))])
    return Retriever(embedder, vectors, catalogue, candidates=10, weights=WEIGHTS)


def _ids(retriever: Retriever, question: str, filters: Filters = Filters()) -> list[str]:  # noqa: B008 - frozen
    return [hit.article.id for hit in retriever.retrieve(Query(question, "en", filters), 10)]


def test_inflected_words_meet(retriever: Retriever) -> None:
    """A question's words match in other cases and forms than the article's."""
    words_only = replace(retriever, weights=RetrievalWeights(0.0, 0.0, 1.0))
    assert _ids(words_only, "ремонт моста", Filters(languages=("ru",))) == ["bridge-ru"]
    assert _ids(words_only, "repaired bridges", Filters(languages=("en",)))[0] == "bridge-en"


def test_names_meet_across_scripts(retriever: Retriever) -> None:
    """An English question's name is found in a Ukrainian article, in another case, by words alone."""
    words_only = replace(retriever, weights=RetrievalWeights(0.0, 0.0, 1.0))
    relevance = {hit.article.id: hit.relevance for hit in words_only.retrieve(Query("What did Kravets say?", "en"), 10)}
    assert relevance["bridge-uk"] > max(value for name, value in relevance.items() if name != "bridge-uk")


def test_every_language_is_searched(retriever: Retriever) -> None:
    """Without a filter, articles in all languages are among the hits."""
    assert set(_ids(retriever, "Sula bridge")) == set(TEXTS)


def test_filters_restrict(retriever: Retriever) -> None:
    """Only articles that pass the filters are found."""
    assert _ids(retriever, "bridge", Filters(outlets=("Ship-EN",))) == ["ship-en"]


@pytest.mark.parametrize("question", ["", "   ", "???", "\x00", "a" * 100_000, 'AND OR NOT "quoted" NEAR(x)'])
def test_odd_questions_do_no_harm(retriever: Retriever, question: str) -> None:
    """Empty, endless and syntactic questions return hits or none, never an error."""
    assert len(_ids(retriever, question)) <= len(TEXTS)


def test_limit_is_kept(retriever: Retriever) -> None:
    """No more hits come than were asked for, best first."""
    hits = retriever.retrieve(Query("bridge over the Sula", "en"), 2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_hits_tell_which_window_fits(retriever: Retriever) -> None:
    """The window that holds the question's words is the nearest, and says where it begins."""
    (hit,) = retriever.retrieve(Query("Про це розповів Кравець", "uk", Filters(languages=("uk",))), 10)
    best = max(hit.windows, key=lambda each: each.similarity)
    assert hit.passage.text[best.start :].startswith("Про це розповів")
    assert len(hit.windows) == 2


def test_passage_without_windows_in_the_catalogue_is_passed_over(retriever: Retriever) -> None:
    """A vector left behind by a crash is no hit."""
    article = retriever.catalogue.article("ship-en")
    ghost = Passage("ghost-0", "ghost", 0, 5, "en", "ghost")
    retriever.vectors.add([(ghost, article)], retriever.embedder.embed_passages(["ghost"]))
    assert "ghost-0" not in [hit.passage.id for hit in retriever.retrieve(Query("ghost", "en"), 10)]


@given(st.lists(st.integers(-100, 200).map(lambda each: each / 100), min_size=1, max_size=40), st.floats(-0.5, 0.5))
def test_levelling_takes_off_most_of_what_lifts_a_language(scores: list[float], lift: float) -> None:
    """The order stays, and a language that is lifted as a whole keeps a quarter of that."""
    plain = level({str(place): score for place, score in enumerate(scores)})
    lifted = level({str(place): score + lift for place, score in enumerate(scores)})
    assert sorted(plain, key=plain.__getitem__) == sorted(plain, key=lambda place: scores[int(place)])
    assert all(lifted[place] - plain[place] == pytest.approx(0.25 * lift, abs=1e-9) for place in plain)


def _published(days_ago: int | None, score: float) -> Hit:
    day = None if days_ago is None else Published(date(2026, 5, 20) - timedelta(days_ago))
    article = Article(id=str(days_ago), source="s", text="t", language="en", title="T", published=day)
    return Hit(Passage("p", article.id, 0, 1, "en", "t"), article, score)


def test_newer_articles_come_first_among_equals() -> None:
    """Of hits that fit alike the newest is best, one without a date is last, and fit still counts."""
    hits = prefer_recent([_published(None, 0.5), _published(30, 0.5), _published(0, 0.5), _published(400, 0.7)])
    assert [hit.article.id for hit in sorted(hits, key=lambda hit: -hit.score)] == ["400", "0", "30", "None"]


def test_reranker_has_the_last_word(retriever: Retriever) -> None:
    """A reranking model reorders the best hits."""
    reranked = replace(retriever, reranking=Reranking(LengthReranker(), 4))
    query = Query("bridge", "en", Filters(languages=("en",)))
    assert [hit.article.id for hit in retriever.retrieve(query, 10)] == ["bridge-en", "ship-en"]
    assert [hit.article.id for hit in reranked.retrieve(query, 10)] == ["ship-en", "bridge-en"]


def test_newness_counts_after_the_reranker(retriever: Retriever) -> None:
    """Where the latest is asked for, a reranking model does not have the last word."""
    article = retriever.catalogue.article("bridge-en")
    forms = {pair[0].id: pair for pair in retriever.catalogue.passages(["bridge-en-0"])}
    windows = retriever.catalogue.windows(["bridge-en-0"])["bridge-en-0"]
    form = SearchForm(" ".join(search_words(article.text, "en")), windows)
    dated = replace(article, published=Published(date(2026, 5, 20)))
    retriever.catalogue.put(dated, "d2", [(forms["bridge-en-0"][0], form)])
    query = Query("bridge", "en", Filters(languages=("en",)), latest=True)
    reranked = replace(retriever, reranking=Reranking(LengthReranker(), 4))
    plain = [hit.score for hit in reranked.retrieve(replace(query, latest=False), 10)]
    latest = {hit.article.id: hit.score for hit in reranked.retrieve(query, 10)}
    assert latest["bridge-en"] == pytest.approx(plain[1] + 0.1)


def test_centre_is_a_unit_vector() -> None:
    """A passage's vector has length 1; where its windows cancel out, it is no vector but finite."""
    passage = Passage("a-0", "a", 0, 2, "en", "ab")
    apart, opposed = (
        Windows((0, 1), np.eye(2, dtype=np.float32)),
        Windows((0, 1), np.array([[1, 0], [-1, 0]], np.float32)),
    )
    assert np.linalg.norm(centres([passage, passage], [apart, opposed]), axis=1) == pytest.approx([1, 0])


def test_long_windows_weigh_more() -> None:
    """Of ten letters three, then seven: the vector leans to the second window in that proportion."""
    windows = Windows((0, 3), np.eye(2, dtype=np.float32))
    (centre,) = centres([Passage("a-0", "a", 0, 10, "en", "abcdefghij")], [windows])
    assert centre == pytest.approx(np.array([3, 7]) / np.sqrt(58))
