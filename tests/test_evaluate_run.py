"""A task examined on real stores with a fake model: what is indexed, asked, timed and told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.compose.engine import make_engine
from index.config import AnswerSettings, Config
from index.evaluate.figures import ALL
from index.evaluate.questions import read_folder
from index.evaluate.report import report
from index.evaluate.run import Bench, Examiner, sampled
from index.ingest import Ingester, IngestSettings
from index.types import Filters, Query
from tests.evaluation_samples import TEXTS, question, report_run, write_folder, write_lines
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.evaluate.run import TaskFindings
    from index.types import Language


@dataclass
class Watch:
    """A Watcher that remembers how much was announced and how much was done."""

    announced: dict[str, int] = field(default_factory=dict)
    done: int = 0

    def begin(self, work: str, total: int) -> None:
        """Remember it."""
        self.announced[work] = total

    def advance(self, steps: int) -> None:
        """Count them."""
        self.done += steps


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample folder."""
    return write_folder(tmp_path / "eval")


@pytest.fixture
def clocked() -> WordEmbedder:
    """The fake model that questions are timed with."""
    return WordEmbedder()


@pytest.fixture
def bench(tmp_path: Path, clocked: WordEmbedder) -> Bench:
    """An empty index with a fake model, remembered and unaided; nothing is refused for want of confidence."""
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", WordEmbedder.fingerprint)
    vectors = ChromaVectors(tmp_path / "chroma")
    config = Config(answer=AnswerSettings(min_confidence=0.0))
    remembered, unaided = (make_engine(config, each, vectors, catalogue).answerer for each in (WordEmbedder(), clocked))
    ingester = Ingester(WordEmbedder(), vectors, catalogue, IngestSettings())
    return Bench(ingester, catalogue, remembered, unaided, WordEmbedder())


def _asked_as(text: str, languages: tuple[Language, ...]) -> Query:
    return Query(text, "en", Filters(languages))


def _examine(folder: Path, bench: Bench, watch: Watch, *distractors: Path) -> TaskFindings:
    (task,) = read_folder(folder)
    return Examiner(distractors, (), _asked_as, watch).examine(task, bench)


def test_documents_are_indexed_with_whatever_date_they_have(folder: Path, bench: Bench) -> None:
    """A day, a year and no date are all accepted; withheld documents are not there."""
    collection = _examine(folder, bench, Watch()).collection
    assert (collection.documents, collection.distractors, collection.skipped) == (len(TEXTS), 0, 0)
    assert set(bench.catalogue.digests()) == set(TEXTS)
    assert collection.sets == ("crossing", "facts", "unknown")


def test_distractors_stand_beside_the_documents(folder: Path, bench: Bench, tmp_path: Path) -> None:
    """They are counted apart; one that has a document's id does not take its place."""
    more = [{"id": "snow", "text": "Snow fell on Sunday."}, {"id": "owls-en", "text": "Something else entirely."}]
    collection = _examine(folder, bench, Watch(), write_lines(tmp_path / "more.jsonl", more)).collection
    assert (collection.documents, collection.distractors) == (len(TEXTS), 1)
    assert bench.catalogue.article("owls-en").text == TEXTS["owls-en"]


def test_only_questions_that_can_be_judged_are_answered(folder: Path, bench: Bench) -> None:
    """Questions with known answers and unanswerable ones; the others only search."""
    judged = {
        part.name: [question.id for question, _ in asked] for part, asked in _examine(folder, bench, Watch()).judged
    }
    assert judged == {"crossing": [], "facts": ["q1", "q2", "q3", "q4"], "unknown": ["u-en", "u-uk"]}


def test_what_is_announced_is_done(folder: Path, bench: Bench) -> None:
    """Progress reaches its end."""
    watch = Watch()
    _examine(folder, bench, watch)
    assert watch.announced["facts: searching"] == 8
    assert watch.done == sum(watch.announced.values())


def test_questions_are_timed_without_memory(folder: Path, bench: Bench, clocked: WordEmbedder) -> None:
    """Each question is timed once as a search and once as an answer, by the unaided model."""
    findings = _examine(folder, bench, Watch())
    assert len(findings.searching) == len(findings.answering) == 8
    assert all(searching > 0 for searching in findings.searching)
    assert clocked.embedded > 0


def test_a_report_holds_every_kind_of_figure(folder: Path, bench: Bench) -> None:
    """Retrieval of two sets, answers of one, refusals over all and by language, times over all."""
    found = report(report_run(), [_examine(folder, bench, Watch())])
    assert {(each.slice.set_name, each.questions) for each in found.retrieval if each.slice.lang == ALL} == {
        ("crossing", 2),
        ("facts", 4),
    }
    assert [(each.slice.lang, each.questions) for each in found.answers] == [(ALL, 4), ("en", 2), ("ru", 1), ("uk", 1)]
    assert [(each.lang, each.answerable, each.unanswerable) for each in found.refusals] == [
        (ALL, 4, 2),
        ("en", 2, 1),
        ("uk", 1, 1),
    ]
    assert found.answering
    assert found.answering.questions == 8
    assert found.answering.median <= found.answering.p95


def test_documents_in_their_own_language_are_found(folder: Path, bench: Bench) -> None:
    """Shared words are enough within one language: the figures come from real searches."""
    found = report(report_run(), [_examine(folder, bench, Watch())])
    within = {each.slice: each.recall_1.value for each in found.retrieval if each.slice.condition == "within"}
    assert {value for part, value in within.items() if part.set_name == "facts"} == {1.0}
    exact = [each.exact_quotes.value for each in found.answers if each.citations]
    assert exact
    assert set(exact) == {1.0}


def test_a_task_without_unanswerable_questions_says_nothing_of_refusals(folder: Path, bench: Bench) -> None:
    """False refusals alone are told by the share answered."""
    (folder / "unknown.questions.jsonl").unlink()
    assert report(report_run(), [_examine(folder, bench, Watch())]).refusals == ()


def test_a_sample_takes_from_every_pair(folder: Path) -> None:
    """At most so many questions of each set and pair, from all over the set, in its order."""
    many = [question(f"m{number}", "en", "What?", "bridge-en") for number in range(10)]
    few = [question("f", "uk", "Що?", "bridge-uk")]
    write_lines(folder / "facts.questions.jsonl", [*many, *few])
    (task,) = read_folder(folder)
    assert [each.id for each in sampled(task, 2).sets[1].questions] == ["m0", "m5", "f"]
