"""Other outlets beside the answer: who reports the same independently, and who says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.corroboration import corroborate, may_relate
from index.answer.evidence import windows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.answer.evidence import Evidence
    from index.ports import Catalogue, Embedder, Vectors, Windows
    from index.types import Article, AskerLanguage, Corroboration, Span


_TINY = 1e-12
_LEAST = 0.5
"""The cosine, with headlines, below which two sentences are not compared: what is sure to say the same without has 0.6
(same_meaning.py), and a headline on one event brings sentences nearer."""


@dataclass(frozen=True, slots=True)
class StatementOf:
    """A sentence with its own vector: those that weigh sentences hold the headline, which two articles may share."""

    evidence: Evidence
    vector: Vectors

    @property
    def article(self) -> Article:
        """The article that says it."""
        return self.evidence.article

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.evidence.span


def beside(
    chosen: Sequence[Evidence], evidence: Sequence[Evidence], language: AskerLanguage, embedder: Embedder
) -> tuple[list[Evidence], tuple[Corroboration, ...]]:
    """Further evidence to cite after the chosen, and how the cited sentences of different outlets stand to each other.

    Where all the evidence comes from one article, from one outlet, or from days far apart, there is nobody to compare
    with, and no work. A sentence takes some 10 ms to compare, so that only articles with somebody to compare with are.
    """
    pool = {each.article.id: each.article for each in (*chosen, *evidence)}
    own = {each.article.id for each in chosen}
    partners = {id_ for id_, each in pool.items() if any(may_relate(each, pool[quoted]) for quoted in own)}
    if not partners:
        return [], ()
    others = [each for each in evidence if each.article.id in partners | own and not _stands_in(chosen, each)]
    vectors = embedder.embed_passages([each.text for each in (*chosen, *others)])
    statements = [StatementOf(*each) for each in zip((*chosen, *others), vectors, strict=True)]
    first, rest = statements[: len(chosen)], statements[len(chosen) :]
    further, together = corroborate(first, rest, language, embedder.embed_passages)
    return [each.evidence for each in further], together


def comparable(chosen: Sequence[Evidence], evidence: Sequence[Evidence], catalogue: Catalogue) -> list[Evidence]:
    """What of the evidence may say the same as something chosen, by the vectors that the index holds.

    They hold the headline as well, which two articles may share: too near to settle it, near enough to rule out the
    rest, of which every sentence would take some 10 ms to compare.
    """
    windows = catalogue.windows([each.passage.id for each in (*chosen, *evidence)])
    vectors = [(each, _stored(each, windows)) for each in evidence if each.passage.id in windows]
    quotes = [(each, _stored(each, windows)) for each in chosen if each.passage.id in windows]
    return [
        each
        for each, vector in vectors
        if any(quote.article.id != each.article.id and float(vector @ other) >= _LEAST for quote, other in quotes)
    ]


def _stored(evidence: Evidence, windows: Mapping[str, Windows]) -> Vectors:
    """A sentence's unit vector in the index; of several windows, what they share."""
    import numpy as np

    found = windows[evidence.passage.id]
    total = found.vectors[windows_of(evidence.passage, evidence.span, found.starts)].sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), _TINY), np.float32)


def _stands_in(quotes: Sequence[Evidence], each: Evidence) -> bool:
    return any(
        each.article.id == quote.article.id and quote.span.start <= each.span.start < quote.span.end for quote in quotes
    )
