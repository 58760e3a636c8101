"""Other outlets beside the answer: who reports the same independently, and who says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.corroboration import corroborate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.evidence import Evidence
    from index.ports import Embedder, Vectors
    from index.types import Article, AskerLanguage, Corroboration, Span


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

    Where all the evidence comes from one article, or from one outlet, there is nobody to compare with, and no work.
    """
    sources = {(each.article.outlet or each.article.id).casefold() for each in evidence}
    if not chosen or len(sources) == 1:
        return [], ()
    others = [each for each in evidence if not any(_within(each, quote) for quote in chosen)]
    vectors = embedder.embed_passages([each.text for each in (*chosen, *others)])
    statements = [StatementOf(*each) for each in zip((*chosen, *others), vectors, strict=True)]
    first, rest = statements[: len(chosen)], statements[len(chosen) :]
    further, together = corroborate(first, rest, language, embedder.embed_passages)
    return [each.evidence for each in further], together


def _within(each: Evidence, quote: Evidence) -> bool:
    return each.article.id == quote.article.id and quote.span.start <= each.span.start < quote.span.end
