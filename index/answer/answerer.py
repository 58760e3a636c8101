"""The life of a question in one place: read its time, retrieve, weigh, refuse or quote, set beside others, write."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.answer.beside import beside, comparable
from index.answer.choice import choose
from index.answer.confidence import confidence
from index.answer.stories import best_copies, stories
from index.answer.time_window import in_its_time, nearest_days
from index.answer.to_models import in_orders_to_models
from index.retrieve import has_words
from index.small_talk import message_key, small_talk
from index.types import Answer, AnswerSentence, Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import TypeVar

    from index.answer.evidence import Evidence, Weigher
    from index.answer.writing import Writer
    from index.retrieve import Retriever
    from index.types import Hit, Query, Story
    from index.weights import Weights

    Found = TypeVar("Found", Hit, Evidence)


_MOST_COMPARED = 4
"""Stories looked at for copies that indexing did not find: as many as evidence is likely to come from."""
_DEEPER = 3  # times more passages are looked for than are weighed: some may be in copies of one text


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers by quoting: the sentences that fit best, each with its citation.

    With a ``writer`` what was found can be had in a language model's words as well.
    """

    retriever: Retriever
    weigher: Weigher
    weights: Weights
    hits: int
    max_sentences: int
    min_confidence: float
    writer: Writer | None = None

    def written(self, query: Query, today: date, shown: Callable[[Answer], None] = lambda _: None) -> Answer:
        """The answer in a language model's words where there is one and what it says stands, else by quoting.

        ``shown`` gets the answer as far as it is written each time a sentence has passed its check.
        """
        found = self.answer(query, today)
        return self.writer.write(query, found, shown) if self.writer else found

    def answer(self, query: Query, today: date) -> Answer:
        """The answer, or a refusal that says why; ``today`` is what "yesterday" in the question counts from.

        Small talk, and what is no question for articles, is not looked for: the reason given is what to say to it.
        """
        started = time.perf_counter()
        if talk := small_talk(query.text, query.language):
            return Answer(query.text, talk.language, refusal=message_key(talk), seconds=time.perf_counter() - started)
        query = in_its_time(query, today, self.retriever.catalogue)
        every = self.retriever.retrieve(query, _DEEPER * self.hits)
        known = self.retriever.catalogue.copies(list({hit.article.id for hit in every}))
        hits = best_copies(every, known)[: self.hits]
        told = stories([hit.article for hit in hits], query.language, known=known, compared=_MOST_COMPARED)
        weighed = self.weigher.weigh(query, _without_copies(hits, told))
        evidence = [each for each in weighed if not in_orders_to_models(each.article, each.span)]
        sure = confidence(evidence, self.weights)
        refusal = _refusal(query, hits, bool(evidence) and sure >= self.min_confidence)
        chosen = [] if refusal else choose(evidence, self.max_sentences)
        translated = stories([each.article for each in chosen], query.language, self.retriever.embedder.embed_passages)
        chosen = _without_copies(chosen, translated)
        near = comparable(chosen, evidence, self.retriever.catalogue)
        further, together = beside(chosen, near, query.language, self.retriever.embedder) if near else ([], ())
        found = Answer(
            question=query.text,
            language=query.language,
            hits=tuple(hits),
            confidence=sure,
            refusal=refusal,
            window=(query.filters.since, query.filters.until),
            nearest_days=nearest_days(query, self.retriever.catalogue) if refusal == "refused_empty_window" else (),
            corroborations=together,
        )
        found = _quoting(found, [*chosen, *further], len(chosen), [*told, *translated])
        return replace(found, seconds=query.seconds + time.perf_counter() - started)


def _refusal(query: Query, hits: Sequence[Hit], sure: bool) -> str | None:  # noqa: FBT001 - private
    """The key of the message that says why there is no answer; None where there is one."""
    if not has_words(query.text):
        return "refused_empty_question"
    if not hits:
        filters = query.filters
        only_dated = (filters.since or filters.until) and not (filters.outlets or filters.languages)
        return "refused_empty_window" if only_dated else "refused_no_articles"
    return None if sure else "refused_no_evidence"


def _without_copies(found: Iterable[Found], told: Sequence[Story]) -> list[Found]:
    """What does not come from copies: one text that many outlets print is one piece of evidence."""
    copies = {copy.id for story in told for copy in story.copies}
    return [each for each in found if each.article.id not in copies]


def _quoting(found: Answer, cited: Sequence[Evidence], sentences: int, told: Sequence[Story]) -> Answer:
    """The answer with its citations; the first so many of them are its sentences, the others stand beside these."""
    articles = {each.article.id for each in cited}
    citations = tuple(Citation(number, each.article, each.span) for number, each in enumerate(cited, start=1))
    return replace(
        found,
        sentences=tuple(AnswerSentence(each.quote, (each.number,)) for each in citations[:sentences]),
        citations=citations,
        stories=tuple(story for story in told if story.copies and story.lead.id in articles),
    )
