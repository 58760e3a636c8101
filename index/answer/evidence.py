"""Which sentences of the passages found speak to the question, and how well."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.answer.asked import read_question
from index.answer.statements import statement_spans
from index.language import lemmas, name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.asked import Asked
    from index.ports import Catalogue, Embedder
    from index.types import Article, Hit, Query, Span
    from index.weights import SentenceWeights

_MOST_PASSAGES = 3
_LEAD = 3.0
"""Log-odds for a lead where the question is broad ("What happened in ...?"): news puts the gist first. Set by hand: the
development data have no such questions."""
_LEAD_STARTS = 60
"""A lead begins within so many code points of the article's start: after a dateline, at most."""
_MOST_SENTENCES = 6
"""Sentences embedded at the most, those of the best windows; some 15 ms each on one core, most of a new question's
time. On the development data the answer is among them for 0.98 (en) and 0.97 (ru)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article, weighed against a question.

    ``cosine`` is that of sentence and question, ``window`` that of the window it stands in; ``relevance`` and ``level``
    are its passage's relevance and score.
    ``coverage`` and ``context`` are how much of the question's words the sentence and its passage hold, weighed by how
    telling they are, ``stems`` the same by beginnings of words, ``names`` by names in the passage; all in [0, 1].
    ``number`` and ``person`` tell that the sentence bears figures or a new name where the question wants them;
    ``lead`` that it opens its article where the gist is wanted; ``foreign`` that it is in another language, so that
    words do not match. ``score`` is in log-odds, comparable within one question.
    """

    article: Article
    span: Span
    words: frozenset[str]
    window: float
    relevance: float
    level: float
    context: float
    names: float
    foreign: bool
    cosine: float = 0.0
    coverage: float = 0.0
    stems: float = 0.0
    number: bool = False
    person: bool = False
    lead: bool = False
    score: float = 0.0

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs sentences; the embedder is the bare one, which tells sentences of a passage apart best."""

    embedder: Embedder
    catalogue: Catalogue
    weights: SentenceWeights

    def weigh(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """The sentences of the best hits, best first."""
        asked = read_question(query.text, self.catalogue, timed=query.timed)
        statements = [each for hit in hits[:_MOST_PASSAGES] for each in _statements(asked, hit)]
        likely = sorted(statements, key=lambda each: -(each.lead + each.window + each.level))[:_MOST_SENTENCES]
        return ranked(self._rated(asked, likely), self.weights)

    def _rated(self, asked: Asked, statements: Sequence[Evidence]) -> Iterator[Evidence]:
        if not statements:
            return
        vectors = self.embedder.embed_passages([_in_context(each) for each in statements])
        cosines = (vectors @ self.embedder.embed_queries([asked.text])[0]).tolist()
        for each, cosine in zip(statements, cosines, strict=True):
            yield replace(_with_words(asked, each), cosine=cosine)


def ranked(evidence: Iterable[Evidence], weights: SentenceWeights) -> list[Evidence]:
    """The evidence with its scores, best first."""
    return sorted((replace(each, score=_score(each, weights)) for each in evidence), key=lambda each: -each.score)


def _score(each: Evidence, weights: SentenceWeights) -> float:
    return (
        weights.cosine * each.cosine
        + weights.window * each.window
        + weights.level * each.level
        + weights.coverage * each.coverage
        + weights.context * each.context
        + weights.stems * each.stems
        + weights.number * each.number
        + weights.person * each.person
        + weights.foreign * each.foreign
        + _LEAD * each.lead
    )


def _statements(asked: Asked, hit: Hit) -> Iterator[Evidence]:
    """The statements of a passage with what they share."""
    passage, article = hit.passage, hit.article
    foreign = passage.language != asked.language
    around = f"{article.title}\n{passage.text}"
    words = frozenset() if foreign else frozenset(lemmas(around, passage.language))
    names = frozenset(name_keys(around, passage.language)) if asked.names else frozenset()
    for span in statement_spans(passage):
        yield Evidence(
            article=article,
            span=span,
            words=frozenset(lemmas(article.text[span.start : span.end], passage.language)),
            window=_window(hit, span),
            relevance=hit.relevance,
            level=hit.score,
            context=asked.coverage(words),
            names=asked.naming(names),
            foreign=foreign,
            lead=asked.broad and span.start <= _LEAD_STARTS,
        )


def _window(hit: Hit, span: Span) -> float:
    """The similarity of the window that a sentence begins in."""
    place = bisect_right(hit.windows, span.start - hit.passage.start, key=lambda each: each.start)
    return hit.windows[max(place - 1, 0)].similarity if hit.windows else 0.0


def _with_words(asked: Asked, each: Evidence) -> Evidence:
    """The sentence with what its own words say."""
    number = asked.number and any(character.isdigit() for character in each.text)
    person = asked.person and bool({*name_keys(each.text, each.article.language)} - asked.names)
    if each.foreign:
        return replace(each, number=number, person=person)
    coverage, kinship = asked.coverage(each.words), asked.kinship(each.words)
    return replace(each, coverage=coverage, stems=kinship, number=number, person=person)


def _in_context(evidence: Evidence) -> str:
    """The sentence under its article's headline: alone, "It cost 412 million" could be about anything."""
    return evidence.text if evidence.article.title_derived else f"{evidence.article.title}\n{evidence.text}"
