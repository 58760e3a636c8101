"""Which sentences of the passages found speak to the question, and how well."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.answer.asked import read_question
from index.answer.statements import by_sentence
from index.language import lemmas, name_keys
from index.ports import Words
from index.windows import heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.answer.asked import Asked
    from index.ports import Catalogue, Embedder
    from index.types import Article, Hit, Passage, Query, Span
    from index.weights import SentenceWeights

_MOST_PASSAGES = 3
_LEAD = 3.0
"""Log-odds for a lead where the question is broad ("What happened in ...?"): news puts the gist first. Set by hand: the
development data have no such questions."""
_MOST_SENTENCES = 10
"""Sentences whose words are looked at, the nearest in meaning."""
_NO_WORDS = Words(frozenset(), ())
_LEAD_STARTS = 60
"""A lead begins within so many code points of the article's start: after a dateline, at most."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article, weighed against a question.

    ``cosine`` is that of sentence and question, ``window`` that of the nearer of its neighbours; ``relevance`` and
    ``level`` are its passage's relevance and score.
    ``coverage`` and ``context`` are how much of the question's words the sentence and its passage hold, weighed by how
    telling they are, ``stems`` the same by beginnings of words, ``names`` by names in the passage; all in [0, 1].
    ``number`` and ``person`` tell that the sentence bears figures or a new name where the question wants them;
    ``lead`` that it opens its article where the gist is wanted; ``foreign`` that it is in another language, so that
    words do not match. ``score`` is in log-odds, comparable within one question.
    """

    article: Article
    span: Span
    passage: Passage
    cosine: float
    window: float
    relevance: float
    level: float
    context: float
    names: float
    foreign: bool
    words: frozenset[str] = frozenset()
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
    """Weighs sentences, by the vectors and words that were stored when their article was indexed.

    Earlier versions stored one vector for several sentences: of such passages the likeliest sentences are embedded.
    """

    embedder: Embedder
    catalogue: Catalogue
    weights: SentenceWeights

    def weigh(self, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
        """The sentences of the best hits, best first."""
        asked = read_question(query.text, self.catalogue, timed=query.timed)
        best = hits[:_MOST_PASSAGES]
        words = self.catalogue.words([hit.passage.id for hit in best])
        found = [list(_statements(asked, hit, words.get(hit.passage.id, _NO_WORDS))) for hit in best]
        statements = [each for statements in found for each in statements]
        likely = sorted(statements, key=lambda each: -(each.lead + each.cosine + each.level))[:_MOST_SENTENCES]
        if any(map(_share_vectors, best, found)):
            likely = self._embedded(asked, likely)
        return ranked((_with_words(asked, each) for each in likely), self.weights)

    def _embedded(self, asked: Asked, likely: Sequence[Evidence]) -> list[Evidence]:
        vectors = self.embedder.embed_passages([f"{heading(each.article)}{each.text}" for each in likely])
        cosines = (vectors @ self.embedder.embed_queries([asked.text])[0]).tolist()
        return [replace(each, cosine=cosine) for each, cosine in zip(likely, cosines, strict=True)]


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


def _statements(asked: Asked, hit: Hit, words: Words) -> Iterator[Evidence]:
    """The statements of a passage with what they share."""
    passage, article = hit.passage, hit.article
    foreign = passage.language != asked.language
    sentences = by_sentence(passage)
    told_apart = len(sentences) == len(words.sentences)
    context, names = 0.0 if foreign else asked.coverage(words.every), asked.naming(words.every)
    for place, span in enumerate(sentences):
        if span is None:
            continue
        own, beside = _cosines(hit, span)
        yield Evidence(
            article=article,
            span=span,
            passage=passage,
            cosine=own,
            window=beside,
            relevance=hit.relevance,
            level=hit.score,
            context=context,
            names=names,
            foreign=foreign,
            words=words.sentences[place] if told_apart else frozenset(),
            lead=asked.broad and span.start <= _LEAD_STARTS,
        )


def _cosines(hit: Hit, span: Span) -> tuple[float, float]:
    """The similarity of a sentence's window, or the best of its windows, and that of the better one beside these."""
    if not hit.windows:
        return 0.0, 0.0
    at = windows_of(hit.passage, span, [each.start for each in hit.windows])
    own = max(each.similarity for each in hit.windows[at])
    neighbours = (*hit.windows[max(at.start - 1, 0) : at.start], *hit.windows[at.stop : at.stop + 1])
    return own, max((each.similarity for each in neighbours), default=own)


def _share_vectors(hit: Hit, statements: Iterable[Evidence]) -> bool:
    """Whether most statements of a passage stand in one window with their neighbour.

    One or two may in any index: where sentences end is told otherwise within a passage than within the whole article,
    here and there.
    """
    starts = [each.start for each in hit.windows]
    places = [windows_of(hit.passage, each.span, starts) for each in statements]
    shared = [bool(one.stop > other.start) for one, other in pairwise(places)]
    return 2 * sum(shared) > len(shared)


def windows_of(passage: Passage, span: Span, starts: Sequence[int]) -> slice:
    """Which windows of a passage, by where they begin in it, a sentence of its article stands in."""
    first, last = (max(bisect_right(starts, at - passage.start) - 1, 0) for at in (span.start, span.end - 1))
    return slice(first, last + 1)


def _with_words(asked: Asked, each: Evidence) -> Evidence:
    """The sentence with what its own words say."""
    number = asked.number and any(character.isdigit() for character in each.text)
    person = asked.person and bool({*name_keys(each.text, each.article.language)} - asked.names)
    words = each.words or frozenset(lemmas(each.text, each.article.language))
    if each.foreign:
        return replace(each, words=words, number=number, person=person)
    coverage, kinship = asked.coverage(words), asked.kinship(words)
    return replace(each, words=words, coverage=coverage, stems=kinship, number=number, person=person)
