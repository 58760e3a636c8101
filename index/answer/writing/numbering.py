"""The citations of a written answer: numbered by code, in the order in which its sentences rest on them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.types import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Answer, Article, Corroboration, Span


@dataclass(slots=True)
class Numbering:
    """Gives each stretch of an article one number, from 1 on; ``citations`` are those given so far."""

    citations: list[Citation] = field(default_factory=list)

    def number(self, article: Article, span: Span) -> int:
        """The number of these words: what stands within words that have one already takes theirs."""
        for each in self.citations:
            inside = each.span.start <= span.start and span.end <= each.span.end
            if each.article.id == article.id and inside:
                return each.number
        self.citations.append(Citation(len(self.citations) + 1, article, span))
        return len(self.citations)


def kept_corroborations(found: Answer, numbering: Numbering) -> tuple[Corroboration, ...]:
    """What outlets are to each other in a quoting answer, under the numbers that their words have or get now."""
    together = found.corroborations
    return tuple(replace(each, citations=_renumbered(found, each.citations, numbering)) for each in together)


def _renumbered(found: Answer, numbers: Sequence[int], numbering: Numbering) -> tuple[int, ...]:
    quoted = [found.citations[number - 1] for number in numbers]
    return tuple(numbering.number(each.article, each.span) for each in quoted)
