"""What a language model is given: whole passages that fit, as data, and the orders that go with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.to_models import speaks_to_models
from index.errors import LanguageModelError
from index.language import sentence_spans
from index.types import Span
from prompts import orders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.types import Answer, Article, AskerLanguage, Hit, Passage

_MOST_PASSAGES = 6
"""More help no answer: the sentences that answer stand in the best three, others are for what else outlets say."""
_BYTES_A_TOKEN = 3
"""UTF-8 bytes that a model's token holds at the least: vocabularies that know Cyrillic hold four or more in Russian and
Ukrainian text and in English text, so that a prompt reckoned like this fits."""
_FRAME = 60
"""Tokens for what servers put around instructions and material."""
_TAGS = str.maketrans({"<": "‹", ">": "›", '"': "'"})
"""Without these nothing in an article can end the fence around it or open another."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A passage that the model is given, under its number: what of its text is shown, and where its sentences stand."""

    number: int
    article: Article
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that the model is given: its instructions, the material, and what to add where it takes another language."""

    passages: tuple[Offered, ...]
    instructions: str
    material: str
    reminder: str


def make_offer(question: str, language: AskerLanguage, hits: Iterable[Hit], room: int) -> Offer:
    """The best hits, each with its whole passage, as far as they fit into so many tokens with the orders.

    Paragraphs that speak to language models are left out: what stands in them is neither told nor a ground to cite.

    Raises:
        LanguageModelError: Not even one passage fits.
    """
    instructions, frame, reminder = orders("write", language)
    left = room - _FRAME - tokens(instructions + frame + reminder + question)
    chosen: list[Offered] = []
    for hit in hits:
        offered = _offered(len(chosen) + 1, hit)
        cost = tokens(_fenced(offered))
        if offered.spans and cost <= left and len(chosen) < _MOST_PASSAGES:
            chosen.append(offered)
            left -= cost
    if not chosen:
        raise LanguageModelError("No passage fits into the language model's context: raise [llm] context")
    fenced = "\n\n".join(map(_fenced, chosen))
    material = frame.format_map({"passages": fenced, "question": question.translate(_TAGS)})
    return Offer(tuple(chosen), instructions, material, reminder)


def worth_offering(found: Answer) -> list[Hit]:
    """The hits of an answer, those that it quotes first, without copies of what is quoted."""
    copies = {copy.id for story in found.stories for copy in story.copies}
    hits = [hit for hit in found.hits if hit.article.id not in copies]
    return sorted(hits, key=lambda hit: not _is_quoted(hit.passage, found))


def tokens(text: str) -> int:
    """At the most so many tokens has a text, whatever the model."""
    return len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN + 1


def _is_quoted(passage: Passage, found: Answer) -> bool:
    return any(
        each.article.id == passage.article_id and passage.start <= each.span.start < passage.end
        for each in found.citations
    )


def _offered(number: int, hit: Hit) -> Offered:
    lines = list(_lines(hit.passage))
    text = "\n".join(hit.passage.text[each.start : each.end] for each in lines)
    return Offered(number, hit.article, text, tuple(_sentences(hit.passage, lines)))


def _lines(passage: Passage) -> Iterator[Span]:
    """The paragraphs of a passage that do not speak to language models."""
    for line in re.finditer(r"[^\n]+", passage.text):
        if not speaks_to_models(line.group()):
            yield Span(line.start(), line.end())


def _sentences(passage: Passage, lines: Sequence[Span]) -> Iterator[Span]:
    for line in lines:
        for span in sentence_spans(passage.text[line.start : line.end], passage.language):
            start = passage.start + line.start
            yield Span(start + span.start, start + span.end)


def _fenced(offered: Offered) -> str:
    article = offered.article
    day = article.published.day.isoformat() if article.published else "unknown"
    title, outlet = _label(article.title), _label(article.outlet or "")
    head = f'<passage number="{offered.number}" title="{title}" outlet="{outlet}" published="{day}">'
    return f"{head}\n{offered.text.translate(_TAGS)}\n</passage>"


def _label(text: str) -> str:
    """A title or an outlet on one line; one that speaks to language models is none."""
    return "unknown" if not text.strip() or speaks_to_models(text) else " ".join(text.split()).translate(_TAGS)
