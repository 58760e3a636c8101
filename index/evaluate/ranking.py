"""How well documents are found: recall, MRR and nDCG over rankings of documents.

Sources: MRR: Voorhees, "The TREC-8 Question Answering Track Report", 1999. nDCG, with relevance 0 or 1: Järvelin,
Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

from index.evaluate.bootstrap import share
from index.evaluate.figures import Condition, RetrievalFigures
from index.evaluate.slices import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.evaluate.figures import Slice
    from index.evaluate.questions import EvalQuestion, QuestionSet
    from index.types import Language

    Search = Callable[[str, tuple[Language, ...]], Iterable[str]]
    """A question's text and the languages to search (none: all) to document ids, best first; an id may recur."""

_DEPTH = 10


def retrieval_figures(questions: QuestionSet, search: Search) -> Iterator[RetrievalFigures]:
    """What a search finds of the gold documents, under both conditions, for all questions and by language pair."""
    answerable = [question for question in questions.questions if question.gold]
    if not answerable:
        return
    for condition in get_args(Condition):
        asked = [(question, (question.gold, ranking(question, condition, search))) for question in answerable]
        for part, outcomes in slices(questions.name, condition, asked):
            yield _figures(part, outcomes)


def ranking(question: EvalQuestion, condition: Condition, search: Search) -> tuple[str, ...]:
    """The documents found, each once, best first.

    The gold document in other languages is neither right nor wrong and is left out: where all languages are searched,
    a question would otherwise be met in its own language, and nothing learned about crossing languages.
    """
    found = search(question.text, (question.doc_lang,) if condition == "within" else ())
    copies = set(question.parallel) - set(question.gold)
    return tuple(document for document in dict.fromkeys(found) if document not in copies)


def recall(gold: Sequence[str], ranked: Sequence[str], depth: int) -> float:
    """The share of the gold documents among the first ``depth``."""
    return len(set(gold) & set(ranked[:depth])) / len(set(gold))


def reciprocal_rank(gold: Sequence[str], ranked: Sequence[str], depth: int = _DEPTH) -> float:
    """1 / rank of the first gold document, 0.0 where none is among the first ``depth``."""
    return next((1 / rank for rank, document in enumerate(ranked[:depth], start=1) if document in gold), 0.0)


def ndcg(gold: Sequence[str], ranked: Sequence[str], depth: int = _DEPTH) -> float:
    """The discounted gain of the first ``depth`` over that of the best possible order, in [0, 1]."""
    gained = sum(_gain(rank) for rank, document in enumerate(ranked[:depth], start=1) if document in gold)
    return gained / sum(_gain(rank) for rank in range(1, min(len(set(gold)), depth) + 1))


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def _figures(part: Slice, outcomes: Sequence[tuple[Sequence[str], Sequence[str]]]) -> RetrievalFigures:
    return RetrievalFigures(
        slice=part,
        questions=len(outcomes),
        recall_1=share([recall(gold, ranked, 1) for gold, ranked in outcomes]),
        recall_5=share([recall(gold, ranked, 5) for gold, ranked in outcomes]),
        recall_10=share([recall(gold, ranked, 10) for gold, ranked in outcomes]),
        mrr_10=share([reciprocal_rank(gold, ranked) for gold, ranked in outcomes]),
        ndcg_10=share([ndcg(gold, ranked) for gold, ranked in outcomes]),
    )
