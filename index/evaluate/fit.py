"""Learning the coefficients of weights.toml from an evaluation folder, the same way each time.

Three small models: a grid search for what puts the gold article first; a conditional logit (McFadden, 1974) of which
sentence of the found passages holds the answer; a logistic regression of whether the question can be answered at all,
both fitted by Newton's method with a ridge. The last learns from three kinds of questions: those whose document is
there; those whose document was withheld; and the answerable ones once more with their document taken out of the
results, which stand for unanswerable questions near the topic. Where a folder has no questions across languages, the
coefficients for those stay as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass, fields, replace
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

from index.answer.evidence import ranked
from index.errors import SourceError
from index.evaluate.answers import right
from index.evaluate.newton import Choice, conditional_logit, logistic
from index.types import Filters, Query
from index.weights import ConfidenceWeights, RetrievalWeights, SentenceWeights, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.answer.answerer import Answerer
    from index.answer.evidence import Evidence
    from index.evaluate.questions import EvalQuestion, Task
    from index.evaluate.run import Watcher
    from index.retrieve import Retriever

_PASSAGE = (0.0, 0.2, 0.35, 0.5, 0.8)
_LEXICAL = (0.03, 0.05, 0.07, 0.1, 0.13, 0.16, 0.2, 0.3)
"""The grid on which retrieval's weights are sought; the best window's is 1."""
_CANDIDATES = 60
_ALL = 1000
_NEAR_TOPIC = 0.1
"""The share of such questions, whose document was taken out, among the unanswerable ones."""
_SENTENCE = tuple(each.name for each in fields(SentenceWeights) if each.name != "foreign")
_FOREIGN = 0.03
"""By how much the bare encoder rates a sentence lower for being in another language than the question."""


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The candidates of a question: features, shape (candidates, 3), and which of them are of the gold article."""

    features: NDArray[np.float64]
    gold: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Met:
    """The evidence that a question met in articles of one language, and without its gold article."""

    question: EvalQuestion
    evidence: Sequence[Evidence]
    without: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class _Example:
    """The best sentence that a question met, whether it could be answered there, and what the example counts for."""

    best: Evidence
    answerable: bool
    weight: float


def fit(task: Task, answerer: Answerer, watcher: Watcher) -> Weights:
    """The coefficients that suit a task's questions best; the answerer's index holds its documents.

    Raises SourceError where no question's answer stands in one of several sentences found: nothing can be learnt then.
    """
    questions = [each for part in task.sets for each in part.questions]
    watcher.begin("learning", 2 * len(questions))
    retrieval = _fit_retrieval(questions, answerer.retriever, watcher)
    answerer = replace(answerer, retriever=replace(answerer.retriever, weights=retrieval))
    met = list(_met(questions, answerer, watcher))
    choices = _choices(met)
    if not any(each.right.any() and not each.right.all() for each in choices):
        raise SourceError(str(task.documents), "no answer stands in one of several sentences found: nothing to learn")
    sentence = _fit_sentences(choices)
    same = _fit_confidence(met, sentence, foreign=False) or answerer.weights.same_language
    other = _fit_confidence(met, sentence, foreign=True) or answerer.weights.other_language
    return Weights(retrieval, sentence, same, other)


def _fit_retrieval(questions: Iterable[EvalQuestion], retriever: Retriever, watcher: Watcher) -> RetrievalWeights:
    """The point of a grid with the best mean reciprocal rank of the gold article, every language pair counting alike.

    The rank itself is what is wanted, and with three features a grid reaches it; the most likely conditional logit puts
    words so high that recall@1 falls from 0.75 to 0.62 (uk).
    """
    pairs = _rankings(questions, retriever, watcher)
    points = [RetrievalWeights(1.0, passage, lexical) for passage in _PASSAGE for lexical in _LEXICAL]
    return max(points, key=lambda point: fmean(fmean(_reciprocal(each, point) for each in pair) for pair in pairs))


def _rankings(questions: Iterable[EvalQuestion], retriever: Retriever, watcher: Watcher) -> list[list[_Ranking]]:
    """For each language pair, the candidates of every question that has a gold article."""
    singly = _each_weight_alone(retriever)
    by_pair: dict[tuple[str, str], list[_Ranking]] = {}
    for question in questions:
        watcher.advance(1)
        if question.gold:
            by_pair.setdefault((question.lang, question.doc_lang), []).append(_ranking(question, singly))
    return list(by_pair.values())


def _each_weight_alone(retriever: Retriever) -> list[Retriever]:
    """For each feature of retrieval, the same retriever with that one as its whole relevance."""
    import numpy as np

    alone = np.eye(len(fields(RetrievalWeights))).tolist()
    return [replace(retriever, weights=RetrievalWeights(*weights)) for weights in alone]


def _ranking(question: EvalQuestion, singly: Sequence[Retriever]) -> _Ranking:
    """What the question finds; each of the retrievers gives one feature."""
    import numpy as np

    found = [{hit.passage.id: hit for hit in each.retrieve(_query(question), _ALL)} for each in singly]
    features = np.array([[each[passage_id].relevance for each in found] for passage_id in found[0]])
    return _Ranking(features, np.array([hit.article.id in question.gold for hit in found[0].values()]))


def _reciprocal(ranking: _Ranking, weights: RetrievalWeights) -> float:
    """1 / rank of the first gold passage; 0 where it is not among the candidates."""
    import numpy as np

    if not ranking.gold.any():
        return 0.0
    scores = ranking.features @ np.array(astuple(weights))
    return 1 / (1 + int((scores > scores[ranking.gold].max()).sum()))


def _met(questions: Sequence[EvalQuestion], answerer: Answerer, watcher: Watcher) -> Iterator[_Met]:
    pairs = {(question.lang, question.doc_lang) for question in questions if question.gold}
    for question in questions:
        watcher.advance(1)
        # What nobody answers is asked in every language in which its fellows find answers, or nothing would be known of
        # refusing there.
        places = sorted(place for asker, place in pairs if asker == question.lang)
        for place in [question.doc_lang] if question.gold else places:
            query = Query(question.text, question.lang, Filters(languages=(place,)))
            hits = answerer.retriever.retrieve(query, _CANDIDATES)
            others = [hit for hit in hits if hit.article.id not in question.gold]
            without = answerer.weigher.weigh(query, others) if question.gold else []
            yield _Met(question, answerer.weigher.weigh(query, hits), without)


def _choices(met: Sequence[_Met]) -> list[Choice]:
    """For each question with a known answer: the features of the sentences found, and which of them hold it."""
    import numpy as np

    return [
        Choice(
            np.array([[float(getattr(each, name)) for name in _SENTENCE] for each in one.evidence]),
            np.array(
                [each.article.id in one.question.gold and right(one.question, each.text) for each in one.evidence]
            ),
        )
        for one in met
        if one.question.answers and one.evidence
    ]


def _fit_sentences(choices: Sequence[Choice]) -> SentenceWeights:
    learnt = dict(zip(_SENTENCE, (round(float(each), 2) for each in conditional_logit(choices)), strict=True))
    # Each question was asked within one language, so that what being foreign costs cannot be learnt here.
    return SentenceWeights(**learnt, foreign=round(_FOREIGN * learnt["cosine"], 2))


def _fit_confidence(met: Sequence[_Met], sentence: SentenceWeights, *, foreign: bool) -> ConfidenceWeights | None:
    """Answerable and unanswerable questions weigh the same in total, as ``confidence`` has it, and so do languages.

    None where one kind is missing: what tells them apart cannot be learnt then.
    """
    import numpy as np

    examples = _examples(met, sentence, foreign=foreign)
    if {each.answerable for each in examples} != {True, False}:
        return None
    names = [each.name for each in fields(ConfidenceWeights) if each.name != "bias"]
    features = np.array([[getattr(each.best, name) for name in names] for each in examples])
    answerable = np.array([each.answerable for each in examples])
    learnt = logistic(features, answerable, np.array([each.weight for each in examples]))
    return ConfidenceWeights(*(round(float(each), 2) for each in learnt))


def _examples(met: Sequence[_Met], sentence: SentenceWeights, *, foreign: bool) -> list[_Example]:
    """The three kinds of questions, each with its share of the weight of the answerable or the unanswerable."""
    best = partial(_best, sentence=sentence, foreign=foreign)
    answered = best((each.question, each.evidence) for each in met if each.question.gold)
    refused = best((each.question, each.evidence) for each in met if not each.question.gold)
    near = best((each.question, each.without) for each in met)
    kinds = ((answered, True, 1.0), (refused, False, 1 - _NEAR_TOPIC), (near, False, _NEAR_TOPIC))
    return [
        _Example(evidence, answerable, weight)
        for pairs, answerable, share in kinds
        for evidence, weight in _weighted(pairs, share)
    ]


def _best(
    met: Iterable[tuple[EvalQuestion, Sequence[Evidence]]], sentence: SentenceWeights, *, foreign: bool
) -> list[tuple[EvalQuestion, Evidence]]:
    """The best sentence for each question that found any, where that sentence is foreign, or where it is not."""
    best = ((question, ranked(evidence, sentence)[0]) for question, evidence in met if evidence)
    return [(question, evidence) for question, evidence in best if evidence.foreign == foreign]


def _weighted(pairs: Sequence[tuple[EvalQuestion, Evidence]], share: float) -> list[tuple[Evidence, float]]:
    """The evidence, weighing ``share`` thousands together and as much for each language that is asked in."""
    asked = Counter(question.lang for question, _ in pairs)
    return [(each, 1000 * share / len(asked) / asked[question.lang]) for question, each in pairs]


def _query(question: EvalQuestion) -> Query:
    return Query(question.text, question.lang, Filters(languages=(question.doc_lang,)))
