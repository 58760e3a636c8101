"""Outlets side by side: what several say alike, where they differ, what only one says."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.answer.agreement import facts, margin, one_event
from index.answer.corroboration import independent, relations, story_of
from index.answer.differences import has_more
from index.answer.statements import statement_spans
from index.answer.stories import stories
from index.types import Citation, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from index.answer import Answerer
    from index.ports import Embedder, Vectors
    from index.types import Answer, Article, Hit, Query, Span, Story

_MOST_ARTICLES = 8  # looked at for copies
_MOST_STORIES = 4
_MOST_SENTENCES = 10  # of a story, from its best passages on; some 15 ms each
_SPEAKS = 0.1
"""A sentence speaks to the question where its cosine comes this near to the best; those of the answer always do."""
_SHOWN_ALONE = 3  # sentences of an article that nobody else has
_DOUBTFUL = -0.08
"""Margin of the cosine from which on a sentence may be another's, freely retold: nobody's alone, then."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an article with its vector, and the cosine of that with the question's.

    ``answers`` tells that the answer to the question quotes it.
    """

    article: Article
    span: Span
    vector: Vectors = field(compare=False)
    similarity: float
    answers: bool


@dataclass(frozen=True, slots=True)
class Comparer:
    """Sets outlets side by side. What ``answerer`` refuses is refused here; ``embedder`` compares across languages."""

    answerer: Answerer
    embedder: Embedder

    def compare(self, query: Query, today: date) -> Comparison:
        """What the outlets found say to the question, or a refusal; ``today`` is what "yesterday" counts from."""
        started = time.perf_counter()
        answer = self.answerer.answer(query, today)
        found = Comparison(
            query.text,
            query.language,
            hits=answer.hits,
            confidence=answer.confidence,
            refusal=answer.refusal,
            window=answer.window,
            nearest_days=answer.nearest_days,
        )
        if answer.refusal is None:
            articles = list({hit.article.id: hit.article for hit in answer.hits}.values())[:_MOST_ARTICLES]
            known = self.answerer.retriever.catalogue.copies([article.id for article in articles])
            grouped = stories(articles, query.language, self.embedder.embed_passages, known)
            told = [story for story in grouped if _belongs(story, answer)][:_MOST_STORIES]
            found = side_by_side(found, self._statements(answer, told), told)
        return replace(found, seconds=time.perf_counter() - started)

    def _statements(self, answer: Answer, told: Iterable[Story]) -> list[Said]:
        """The statements of each story's best passages, nearest to the question first."""
        spots = [(story.lead, span) for story in told for span in _spans(story.lead, answer.hits)]
        vectors = self.embedder.embed_passages([article.text[span.start : span.end] for article, span in spots])
        similarities = (vectors @ self.embedder.embed_queries([answer.question])[0]).tolist()
        said = [
            Said(article, span, vector, similarity, _quoted(article, span, answer))
            for (article, span), vector, similarity in zip(spots, vectors, similarities, strict=True)
        ]
        return sorted(said, key=lambda each: (-each.answers, -each.similarity))


def side_by_side(found: Comparison, statements: Sequence[Said], told: Sequence[Story]) -> Comparison:
    """The comparison with what the statements that speak to the question are to those of other outlets.

    Numbered first is what surely relates to another outlet's statement, then what no other has. What may or may not be
    the same as another's is left out, unless nothing else speaks to the question. ``statements`` come best first.
    """
    cited, together = relations(_speaking(statements), statements, told)
    related = list(dict.fromkeys(number for each in together for number in each.citations))
    alone = _alone(cited, related, statements, told)
    place = {number: at for at, number in enumerate([*related, *alone], start=1)}
    shown = [cited[number - 1] for number in place]
    return replace(
        found,
        citations=tuple(Citation(at, each.article, each.span) for at, each in enumerate(shown, start=1)),
        together=tuple(replace(each, citations=tuple(place[number] for number in each.citations)) for each in together),
        alone=tuple(place[number] for number in alone),
        stories=_stories_of(shown, told),
    )


def _belongs(story: Story, answer: Answer) -> bool:
    """Whether a story is what the answer rests on, or tells of the same event."""
    cited = {citation.article.id: citation.article for citation in answer.citations}
    own = {story.lead.id, *(copy.id for copy in story.copies)}
    return bool(own & cited.keys()) or any(one_event(story.lead, article) for article in cited.values())


def _spans(article: Article, hits: Iterable[Hit]) -> list[Span]:
    passages = (hit.passage for hit in hits if hit.article.id == article.id)
    return list(dict.fromkeys(span for passage in passages for span in statement_spans(passage)))[:_MOST_SENTENCES]


def _quoted(article: Article, span: Span, answer: Answer) -> bool:
    """Whether the answer's own sentences hold this one."""
    quoted = [answer.citations[number - 1] for sentence in answer.sentences for number in sentence.citations]
    return any(each.article.id == article.id and each.span.start <= span.start < each.span.end for each in quoted)


def _speaking(statements: Sequence[Said]) -> list[Said]:
    """The statements that speak to the question, in order; those of the answer in any case."""
    least = max((each.similarity for each in statements), default=0.0) - _SPEAKS
    return [each for each in statements if each.answers or each.similarity >= least]


def _alone(
    cited: Sequence[Said], related: Sequence[int], statements: Sequence[Said], told: Sequence[Story]
) -> list[int]:
    """The numbers of what no other outlet has, article by article; doubtful ones if there is nothing else."""
    single = [number for number in range(1, len(cited) + 1) if number not in related]
    clear = [number for number in single if not _doubtful(cited[number - 1], statements, told)]
    return _few_of_each(clear if clear or related else single, cited)


def _few_of_each(numbers: Iterable[int], cited: Sequence[Said]) -> list[int]:
    """The first few of each article, article by article."""
    by_article: dict[str, list[int]] = {}
    for number in numbers:
        by_article.setdefault(cited[number - 1].article.id, []).append(number)
    return [number for own in by_article.values() for number in own[:_SHOWN_ALONE]]


def _stories_of(shown: Sequence[Said], told: Sequence[Story]) -> tuple[Story, ...]:
    return tuple(story for story in told if any(story_of(each.article, told) is story for each in shown))


def _doubtful(statement: Said, statements: Iterable[Said], told: Sequence[Story]) -> bool:
    """Whether another outlet may say the same in other words: a sentence near in meaning that lacks no figure of it."""
    near = (each for each in statements if margin(statement, each) >= _DOUBTFUL)
    others = [each for each in near if independent(statement.article, each.article, told)]
    return any(not has_more(facts(statement), facts(each)) for each in others)
