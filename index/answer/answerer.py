"""The life of a question in one place: retrieve, weigh, refuse or quote."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.evidence import confidence, weigh
from index.retrieve import has_words
from index.types import Answer, AnswerSentence, Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.answer.evidence import Evidence
    from index.ports import Embedder
    from index.retrieve import Retriever
    from index.types import Query

_NEAR_BEST = 0.05
"""A further sentence is quoted where its score comes this near to the best one's: on the development data the quotes
then hold the answer in 0.92 of English and Russian questions, with 1.7 quotes on average."""
_SAME_WORDS = 0.6
"""Two sentences that share this share of their lemmas (Jaccard) say the same: reprints, repeated leads."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers by quoting: the sentences that fit best, each with its citation."""

    retriever: Retriever
    embedder: Embedder
    hits: int
    max_sentences: int
    min_confidence: float

    def answer(self, query: Query) -> Answer:
        """The answer, or a refusal that says why."""
        started = time.perf_counter()
        hits = self.retriever.retrieve(query, self.hits)
        evidence = weigh(query, hits, self.embedder)
        sure = confidence(evidence[0]) if evidence else 0.0
        refusal = _refusal(query, hits, sure >= self.min_confidence)
        chosen = [] if refusal else _choose(evidence, self.max_sentences)
        citations = tuple(
            Citation(number, each.article, each.span) for number, each in enumerate(_in_order(chosen), start=1)
        )
        return Answer(
            question=query.text,
            language=query.language,
            sentences=tuple(AnswerSentence(citation.quote, (citation.number,)) for citation in citations),
            citations=citations,
            hits=tuple(hits),
            confidence=sure,
            refusal=refusal,
            seconds=time.perf_counter() - started,
        )


def _refusal(query: Query, hits: Sequence[object], sure: bool) -> str | None:  # noqa: FBT001 - private
    """The key of the message that says why there is no answer; None where there is one."""
    if not has_words(query.text):
        return "refused_empty_question"
    if not hits:
        return "refused_no_articles"
    return None if sure else "refused_no_evidence"


def _choose(evidence: Iterable[Evidence], most: int) -> list[Evidence]:
    """The best sentences, none of which repeats another."""
    chosen: list[Evidence] = []
    for each in evidence:
        near = not chosen or each.score >= chosen[0].score - _NEAR_BEST
        if near and not any(_alike(each, other) for other in chosen):
            chosen.append(each)
        if len(chosen) == most:
            break
    return chosen


def _alike(one: Evidence, other: Evidence) -> bool:
    return len(one.words & other.words) >= _SAME_WORDS * max(len(one.words | other.words), 1)


def _in_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """The best first; then its article's other sentences, then those of other articles, as they were ranked."""
    return sorted(chosen, key=lambda each: each.article.id != chosen[0].article.id)
