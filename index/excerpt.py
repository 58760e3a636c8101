"""A cited stretch of an article with the sentences around it, for reading it in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language import sentence_spans
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article

_AROUND = 5000
"""Characters read on either side: several times what an excerpt shows."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A contiguous piece of an article's text in three parts: ``before + marked + after`` stands there as it is.

    ``marked`` holds the whole sentences that were asked for. The space between sentences, paragraph breaks included,
    is part of ``before`` and ``after``, which are empty at the ends of the article.
    """

    before: str
    marked: str
    after: str


def excerpt(article: Article, span: Span, words: int = 120) -> Excerpt:
    """The sentences of a span with whole neighbours around them, as many as make about so many words in all.

    Neighbours are taken from the side that has fewer words until the nearest one would go beyond ``words``. Of a long
    article only the part around the span is read.

    Raises:
        ValueError: The span is empty or reaches outside the text.
    """
    if not 0 <= span.start < span.end <= len(article.text):
        raise ValueError(f"{article.id}: no text at {span.start} to {span.end}, it has {len(article.text)} characters")
    sentences = _sentences_around(article, span)
    touched = [place for place, each in enumerate(sentences) if each.start < span.end and span.start < each.end]
    if not touched:  # nothing but space
        return Excerpt("", article.text[span.start : span.end], "")
    first, last = _widened([_words(article.text, each) for each in sentences], touched[0], touched[-1], words)
    start, end = min(span.start, sentences[touched[0]].start), max(span.end, sentences[touched[-1]].end)
    return Excerpt(
        article.text[min(start, sentences[first].start) : start],
        article.text[start:end],
        article.text[end : max(end, sentences[last].end)],
    )


def _sentences_around(article: Article, span: Span) -> list[Span]:
    """The sentences near the span; those that the cut through a long article may have broken are left out."""
    start, end = max(0, span.start - _AROUND), min(len(article.text), span.end + _AROUND)
    found = [
        Span(each.start + start, each.end + start) for each in sentence_spans(article.text[start:end], article.language)
    ]
    first, last = int(start > 0 and len(found) > 1), len(found) - int(end < len(article.text) and len(found) > 1)
    kept = found[first:last]
    return kept if any(each.start < span.end and span.start < each.end for each in kept) else found


def still_says(article: Article, span: Span, quote: str) -> bool:
    """Whether the article's text at the span is the quote: it may have been indexed anew since it was cited."""
    return span.start >= 0 and article.text[span.start : span.end] == quote


def moved(article: Article, quote: str) -> Span | None:
    """Where the quote stands in the article, its first place if there are several; None where it is gone or empty."""
    start = article.text.find(quote) if quote else -1
    return Span(start, start + len(quote)) if start >= 0 else None


def _widened(lengths: Sequence[int], first: int, last: int, words: int) -> tuple[int, int]:
    """The first and the last sentence when neighbours are added, evenly on both sides, within so many words."""
    before, after, room = 0, 0, words - sum(lengths[first : last + 1])
    while first > 0 or last + 1 < len(lengths):
        backwards = first > 0 and (before <= after or last + 1 == len(lengths))
        length = lengths[first - 1] if backwards else lengths[last + 1]
        if length > room:
            break
        room -= length
        if backwards:
            first, before = first - 1, before + length
        else:
            last, after = last + 1, after + length
    return first, last


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())
