"""From tasks to findings: index the documents, ask the questions, measure what comes back."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from index.evaluate.answers import judge
from index.evaluate.baselines import compare
from index.evaluate.figures import Collection
from index.evaluate.fit import fit
from index.evaluate.ranking import retrieval_figures
from index.evaluate.timing import durations, spread
from index.load import count_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.answer import Answerer
    from index.evaluate.answers import Outcome
    from index.evaluate.baselines import Contender
    from index.evaluate.figures import BaselineFigures, RetrievalFigures
    from index.evaluate.questions import EvalQuestion, QuestionSet, Task
    from index.ingest import Ingester
    from index.ports import Catalogue, Embedder
    from index.types import Language, Query
    from index.weights import Weights

    Judged = list[tuple[EvalQuestion, Outcome]]

_HITS = 50
"""Passages asked for, so that ten documents come out of them."""
_TIMED = 50
"""Questions of a task that are timed."""
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""What "yesterday" counts from, in documents and in questions: fixed, so that every run finds the same."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What it takes to measure on one new index.

    ``answerer`` remembers vectors between runs, ``unaided`` does not; ``bare`` is the embedding model as others have
    it, without our correction, and remembers as well.
    """

    ingester: Ingester
    catalogue: Catalogue
    answerer: Answerer
    unaided: Answerer
    bare: Embedder


class AskedAs(Protocol):
    """How a question becomes a query: as it does where people ask."""

    def __call__(self, question: str, languages: tuple[Language, ...], /) -> Query:
        """The query, restricted to articles in these languages; none restricts nothing."""


class Watcher(Protocol):
    """Is told how far the work has come."""

    def begin(self, work: str, total: int) -> None:
        """So many steps of this work lie ahead."""

    def advance(self, steps: int) -> None:
        """So many more are done."""


@dataclass(frozen=True, slots=True)
class TaskFindings:
    """What one task showed; ``searching`` and ``answering`` are seconds a question."""

    collection: Collection
    embedder: str
    retrieval: tuple[RetrievalFigures, ...]
    judged: tuple[tuple[QuestionSet, Judged], ...]
    searching: tuple[float, ...]
    answering: tuple[float, ...]
    baselines: tuple[BaselineFigures, ...]


@dataclass(frozen=True, slots=True)
class Examiner:
    """Puts the questions of tasks to an index.

    ``distractors`` are files of articles indexed beside a task's documents, ``contenders`` the systems to compare with.
    """

    distractors: Sequence[Path]
    contenders: Sequence[Contender]
    asked_as: AskedAs
    watcher: Watcher

    def examine(self, task: Task, bench: Bench) -> TaskFindings:
        """Index a task's documents, ask its questions and judge what comes back. The bench's index must be empty.

        The clock runs first: what one question leaves in memory must not speed up the next one's measurement.
        """
        collection = self._index(task, bench)
        searching, answering = self._time(task, bench.unaided)
        return TaskFindings(
            collection=collection,
            embedder=bench.ingester.embedder.fingerprint,
            retrieval=tuple(figures for part in task.sets for figures in self._search(part, bench.answerer)),
            judged=tuple((part, self._ask(part, bench)) for part in task.sets),
            searching=tuple(searching),
            answering=tuple(answering),
            baselines=compare(task, bench, self.contenders, self.watcher),
        )

    def learn(self, task: Task, bench: Bench) -> Weights:
        """Index a task's documents and learn the coefficients that suit its questions. The bench's index is empty."""
        self._index(task, bench)
        return fit(task, bench.answerer, self.watcher)

    def _index(self, task: Task, bench: Bench) -> Collection:
        """In one go, the documents first: a distractor that bears the id of one of them is skipped."""
        started = time.perf_counter()
        files = [task.documents, *self.distractors]
        self.watcher.begin(f"{task.name}: indexing", sum(map(count_articles, files)))
        done = bench.ingester.ingest(files, _NOW, self.watcher.advance)
        documents = len(task.languages.keys() & bench.catalogue.digests().keys())
        return Collection(
            name=task.name,
            documents=documents,
            distractors=done.articles - documents,
            passages=done.passages,
            skipped=len(task.languages) - documents,
            sets=tuple(part.name for part in task.sets),
            seconds=time.perf_counter() - started,
        )

    def _time(self, task: Task, unaided: Answerer) -> tuple[list[float], list[float]]:
        """Seconds that some of the task's questions take, searched only and answered; all languages are searched."""
        timed = spread([self.asked_as(each.text, ()) for part in task.sets for each in part.questions], _TIMED)
        self.watcher.begin(f"{task.name}: timing", 2 * len(timed))
        searching = durations([partial(unaided.retriever.retrieve, query, unaided.hits) for query in timed])
        self.watcher.advance(len(timed))
        answering = durations([partial(unaided.answer, query, _NOW.date()) for query in timed])
        self.watcher.advance(len(timed))
        return searching, answering

    def _search(self, part: QuestionSet, answerer: Answerer) -> Iterator[RetrievalFigures]:
        """The retrieval figures of a set."""

        def _search(text: str, languages: tuple[Language, ...]) -> list[str]:
            self.watcher.advance(1)
            hits = answerer.retriever.retrieve(self.asked_as(text, languages), _HITS)
            return [hit.article.id for hit in hits]

        # Twice: within the document's language, and in all languages at once.
        self.watcher.begin(f"{part.name}: searching", 2 * sum(bool(question.gold) for question in part.questions))
        return retrieval_figures(part, _search)

    def _ask(self, part: QuestionSet, bench: Bench) -> Judged:
        """What became of the questions whose right answer is known, be it that there is none."""
        questions = [each for each in part.questions if each.answers or each.kind == "unanswerable"]
        self.watcher.begin(f"{part.name}: answering", len(questions))
        judged: Judged = []
        for question in questions:
            answer = bench.answerer.answer(self.asked_as(question.text, (question.doc_lang,)), _NOW.date())
            judged.append((question, judge(question, answer, bench.catalogue)))
            self.watcher.advance(1)
        return judged


def sampled(task: Task, most: int) -> Task:
    """The task with at most so many questions of each set and language pair, evenly spaced."""
    return replace(task, sets=tuple(replace(part, questions=_sample(part, most)) for part in task.sets))


def _sample(part: QuestionSet, most: int) -> tuple[EvalQuestion, ...]:
    pairs = dict.fromkeys((question.lang, question.doc_lang) for question in part.questions)
    of_pairs = ([each for each in part.questions if (each.lang, each.doc_lang) == pair] for pair in pairs)
    return tuple(question for of_pair in of_pairs for question in spread(of_pair, most))
