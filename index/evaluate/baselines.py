"""Other systems on the same documents and questions, in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from index.evaluate.figures import BaselineFigures
from index.evaluate.ranking import retrieval_figures
from index.evaluate.timing import durations, seconds, spread
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.evaluate.questions import Task
    from index.evaluate.run import Bench, Watcher
    from index.ports import Baseline, Catalogue, Embedder, VectorStore
    from index.types import Article, Language

    Build = Callable[[Bench, Sequence[Article]], Baseline]
    """A bench whose index is filled, and the articles in it, to a system that finds the same articles."""

_HITS = 50
"""Passages asked for, as many as of our own retrieval."""
_TIMED = 50
"""Questions of a task that are timed, as many as of our own."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A system to compare with, by the name it has in reports; ``embeds``: it embeds questions with our model."""

    name: str
    build: Build
    embeds: bool = False


@dataclass(frozen=True, slots=True)
class DenseOnly:
    """The Baseline port over our own passages and vectors: nearest by cosine, no words, no correction of the ranking.

    What the embedder itself does about languages is in its vectors, here as in ours.
    """

    embedder: Embedder
    vectors: VectorStore
    catalogue: Catalogue

    def search(self, question: str, languages: Sequence[Language]) -> list[str]:
        """The articles of the 50 nearest passages, best first."""
        vector = self.embedder.embed_queries([question])[0]
        nearest = self.vectors.search(vector, _HITS, Filters(languages=tuple(languages)))
        return [article.id for _, article in self.catalogue.passages([passage_id for passage_id, _ in nearest])]


def dense_only(bench: Bench, _: Sequence[Article]) -> DenseOnly:
    """Dense search over the bench's own index."""
    return DenseOnly(bench.ingester.embedder, bench.ingester.vectors, bench.catalogue)


def compare(task: Task, bench: Bench, contenders: Sequence[Contender], watcher: Watcher) -> tuple[BaselineFigures, ...]:
    """What each contender finds of a task's documents, once the bench has indexed them; nothing without gold."""
    if not any(question.gold for part in task.sets for question in part.questions):
        return ()
    articles = [bench.catalogue.article(each) for each in bench.catalogue.digests()]
    return tuple(_compare(task, bench, articles, contender, watcher) for contender in contenders)


def _compare(
    task: Task, bench: Bench, articles: Sequence[Article], contender: Contender, watcher: Watcher
) -> BaselineFigures:
    questions = [question for part in task.sets for question in part.questions if question.gold]
    watcher.begin(f"{task.name}: {contender.name}", 2 * len(questions))
    baseline = contender.build(bench, articles)

    def _search(text: str, languages: tuple[Language, ...]) -> list[str]:
        watcher.advance(1)
        return baseline.search(text, languages)

    retrieval = tuple(figures for part in task.sets for figures in retrieval_figures(part, _search))
    embedder = bench.unaided.retriever.embedder if contender.embeds else None
    timed = [partial(_search_once, baseline, embedder, each.text) for each in spread(questions, _TIMED)]
    took = seconds(durations(timed))
    assert took is not None
    return BaselineFigures(contender.name, retrieval, took)


def _search_once(baseline: Baseline, embedder: Embedder | None, question: str) -> None:
    """One search as it is without remembered vectors: embedding the question, which the baseline is spared, counts."""
    if embedder:
        embedder.embed_queries([question])
    baseline.search(question, ())
