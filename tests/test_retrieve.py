"""Retrieval: fusion by rank, languages side by side, filters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.language import lemmas
from index.retrieve import Retriever, fuse
from index.types import Article, Filters, Passage, Query
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.ports import Vectors
    from index.types import Language

TEXTS: dict[str, tuple[Language, str]] = {
    "bridge-uk": ("uk", "Міст через Сулу відкрили після ремонту."),
    "bridge-ru": ("ru", "Мост через Сулу открыли после ремонта."),
    "bridge-en": ("en", "The bridge over the Sula reopened after repairs."),
    "ship-en": ("en", "The Aurelia left port with maize for Alexandria."),
}


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    """Four one-sentence articles in three languages behind a fake model."""
    embedder = WordEmbedder()
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", embedder.fingerprint)
    vectors = ChromaVectors(tmp_path / "chroma")
    for name, (language, text) in TEXTS.items():
        article = Article(id=name, source=name, text=text, language=language, title=name, outlet=name)
        passage = Passage(f"{name}-0", name, 0, len(text), language, text)
        vectors.add([(passage, article)], embedder.embed_passages([text]))
        catalogue.put(article, "d", [(passage, " ".join(lemmas(text, language)))])
    return Retriever(embedder, vectors, catalogue, candidates=10, rrf_k=60)


def _ids(retriever: Retriever, question: str, filters: Filters = Filters()) -> list[str]:  # noqa: B008 - frozen
    return [hit.article.id for hit in retriever.retrieve(Query(question, "en", filters), 10)]


def test_inflected_words_meet(retriever: Retriever) -> None:
    """A question's words match in other cases and forms than the article's."""
    assert _ids(retriever, "ремонт моста", Filters(languages=("ru",))) == ["bridge-ru"]
    assert _ids(retriever, "repaired bridges", Filters(languages=("en",)))[0] == "bridge-en"


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


def test_fusion_rewards_agreement() -> None:
    """What both rankings place well comes before what one of them places first."""
    scores = fuse([["a", "b", "c"], ["c", "b", "d"]], k=1)
    assert max(scores, key=lambda each: scores[each]) == "c"
    assert scores["b"] > scores["a"] > scores["d"]


def test_words_of_one_language_do_not_bury_another(retriever: Retriever) -> None:
    """A passage in another language that is nearer in meaning stays before one that only shares a word."""

    class Meaning(WordEmbedder):
        """Sees the bridge in every language, and ships nowhere."""

        def _vector(self, text: str) -> Vectors:
            return super()._vector("bridge" if "ост" in text or "міст" in text.casefold() or "bridge" in text else "no")

    embedder = Meaning()
    meaning = replace(retriever, embedder=embedder)
    for name, (language, text) in TEXTS.items():
        passage, article = retriever.catalogue.passages([f"{name}-0"])[0]
        assert (passage.language, passage.text) == (language, text)
        retriever.vectors.add([(passage, article)], embedder.embed_passages([text]))
    assert _ids(meaning, "Alexandria bridge")[-1] == "ship-en"
