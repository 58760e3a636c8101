"""Coefficients learnt from the small evaluation folder, on real stores with a fake model."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING

import pytest

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.answer.confidence import confidence
from index.compose.engine import make_engine
from index.config import Config
from index.errors import SourceError
from index.evaluate.fit import fit
from index.evaluate.questions import read_folder
from index.ingest import Ingester, IngestSettings
from index.types import Filters, Query
from index.weights import SentenceWeights
from tests.evaluation_samples import QUESTIONS, question, write_folder, write_lines
from tests.fakes import WordEmbedder
from tests.test_evaluate_run import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from index.answer import Answerer
    from index.answer.evidence import Evidence
    from index.weights import Weights
    from tests.evaluation_samples import Record

NOW = datetime(2026, 5, 1, tzinfo=UTC)
MISLEADING: list[Record] = [
    {"id": "right-en", "lang": "en", "text": "Ferries capsized off the pier. Divers search the water."},
    {"id": "wrong-en", "lang": "en", "text": "Is the mayor at the fair with the band or at the pier?"},
    {"id": "other-en", "lang": "en", "text": "The snow lay deep in the hills all week."},
]
ANSWERS = [(each, each["answers"][0]) for each in QUESTIONS["facts"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample folder: every answer is a number in the second sentence of its article."""
    return write_folder(tmp_path / "eval")


@pytest.fixture
def answerer(folder: Path, tmp_path: Path) -> Answerer:
    """What answers from the folder's documents, with the coefficients that come with the code."""
    return _answerer(folder, tmp_path)


def _answerer(folder: Path, tmp_path: Path) -> Answerer:
    model, vectors = WordEmbedder(), ChromaVectors(tmp_path / "chroma")
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", model.fingerprint)
    Ingester(model, vectors, catalogue, IngestSettings()).ingest([folder / "stories.docs.jsonl"], NOW, lambda _: None)
    return make_engine(Config(), model, vectors, catalogue).answerer


def _learn(folder: Path, answerer: Answerer, watch: Watch | None = None) -> Weights:
    (task,) = read_folder(folder)
    return fit(task, answerer, watch or Watch())


def _evidence(asked: Record, answerer: Answerer, weights: SentenceWeights) -> list[Evidence]:
    """What the question finds in its own language, weighed with these coefficients."""
    query = Query(asked["question"], asked["lang"], Filters(languages=(asked["lang"],)))
    weigher = replace(answerer.weigher, weights=weights)
    return weigher.weigh(query, answerer.retriever.retrieve(query, 60))


def test_coefficients_are_finite_and_the_same_each_time(folder: Path, answerer: Answerer) -> None:
    """Learning twice gives the same numbers."""
    first = _learn(folder, answerer)
    assert first == _learn(folder, answerer)
    tables = (first.retrieval, first.sentence, first.same_language, first.other_language)
    assert all(isfinite(number) for table in tables for number in astuple(table))


def test_sentences_that_answer_come_first(folder: Path, answerer: Answerer) -> None:
    """What was learnt puts a sentence with the answer first for every question; no weights at all do not."""

    def answered(weights: SentenceWeights) -> int:
        return sum(answer in _evidence(asked, answerer, weights)[0].text for asked, answer in ANSWERS)

    assert answered(_learn(folder, answerer).sentence) == len(ANSWERS)
    assert answered(SentenceWeights(*[0.0] * 9)) < len(ANSWERS)


def test_figures_count_where_they_answer(folder: Path, answerer: Answerer) -> None:
    """Numbers are asked for, and only sentences with one are right: that is learnt."""
    assert _learn(folder, answerer).sentence.number > 0


def test_what_nobody_knows_makes_less_sure(folder: Path, answerer: Answerer) -> None:
    """Every answerable question ends above every unanswerable one."""
    weights = _learn(folder, answerer)
    sure, unsure = (
        [confidence(_evidence(asked, answerer, weights.sentence), weights) for asked in QUESTIONS[name]]
        for name in ("facts", "unknown")
    )
    assert min(sure) > 0.5 > max(unsure)


def test_words_count_where_they_find_the_article(folder: Path, tmp_path: Path) -> None:
    """Where spelling points to a wrong article and inflected words to the right one, full text is given weight."""
    write_lines(folder / "stories.docs.jsonl", MISLEADING)
    for name in QUESTIONS:
        (folder / f"{name}.questions.jsonl").unlink()
    asked = question("w", "en", "Is the ferry capsizing at the sight of the diver?", "right-en", answers=["Divers"])
    write_lines(folder / "words.questions.jsonl", [asked])
    answerer = _answerer(folder, tmp_path)
    learnt = replace(answerer.retriever, weights=_learn(folder, answerer).retrieval)
    found = [each.retrieve(Query(asked["question"], "en"), 1)[0].article.id for each in (answerer.retriever, learnt)]
    assert found == ["wrong-en", "right-en"]


def test_without_questions_across_languages_their_coefficients_stay(folder: Path, answerer: Answerer) -> None:
    """A folder in one language at a time says nothing about others."""
    (folder / "crossing.questions.jsonl").unlink()
    learnt = _learn(folder, answerer)
    assert learnt.other_language == answerer.weights.other_language
    assert learnt.same_language != answerer.weights.same_language


def test_a_question_that_finds_nothing_does_no_harm(folder: Path, answerer: Answerer) -> None:
    """One without words is passed over."""
    plain = _learn(folder, answerer)
    write_lines(folder / "odd.questions.jsonl", [question("odd", "en", "?!", "bridge-en", answers=["412 million"])])
    assert _learn(folder, answerer) == plain


def test_answers_that_stand_nowhere_teach_nothing(folder: Path, answerer: Answerer) -> None:
    """Where no sentence found holds an answer, the error names the documents."""
    write_lines(folder / "facts.questions.jsonl", [question("q", "en", "How much?", "bridge-en", answers=["ninety"])])
    with pytest.raises(SourceError, match=r"stories\.docs\.jsonl.*nothing to learn"):
        _learn(folder, answerer)


def test_what_is_announced_is_done(folder: Path, answerer: Answerer) -> None:
    """Progress reaches its end."""
    watch = Watch()
    _learn(folder, answerer, watch)
    assert watch.announced == {"learning": watch.done}
