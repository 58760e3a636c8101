"""Where the words of an article stand that a written sentence rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.language import lemmas, name_keys
from index.types import Span

if TYPE_CHECKING:
    from index.answer.writing.offer import Offered
    from index.ports import Embedder
    from index.types import AskerLanguage, Language

_FEWEST_WORDS = 4
"""A shorter line is a label; it supports only where there is nothing else."""
_SHARED = 0.5
"""What all of a sentence's words found in another are worth beside their cosine, which lies between 0.75 and 1 in
multilingual-e5-small: a figure or a name decides between sentences about one thing."""
_FURTHER_WORDS = 3
"""Words, beside figures and names, for which a second sentence is cited: it says what the first does not."""
_FIGURE = re.compile(r"\d+(?:[  \u202f]\d{3})*(?:[.,]\d+)?")


def supporting_spans(sentence: str, language: AskerLanguage, offered: Offered, embedder: Embedder) -> list[Span]:
    """The sentence of a passage that comes nearest, and one more where that has what the first lacks.

    Two that follow each other in one paragraph become one span. In the order of the text.
    """
    article = offered.article
    spans = [each for each in offered.spans if _words(article.text, each) >= _FEWEST_WORDS] or list(offered.spans)
    texts = [article.text[each.start : each.end] for each in spans]
    held = [_marks(text, article.language, words=article.language == language) for text in texts]
    wanted = _marks(sentence, language, words=article.language == language)
    near = embedder.embed_passages([sentence, *texts])
    scores = [
        float(near[0] @ vector) + _SHARED * len(wanted & marks) / max(len(wanted), 1)
        for vector, marks in zip(near[1:], held, strict=True)
    ]
    best = max(range(len(spans)), key=scores.__getitem__)
    lacking = wanted - held[best]
    facts = lacking & _marks(sentence, language, words=False)
    more = max(range(len(spans)), key=lambda place: (len(facts & held[place]), len(lacking & held[place])))
    if not facts & held[more] and len(lacking & held[more]) < _FURTHER_WORDS:
        return [spans[best]]
    first, second = sorted((spans[best], spans[more]), key=lambda each: each.start)
    return _joined(first, second, article.text)


def _marks(text: str, language: Language, *, words: bool) -> set[str]:
    """What a sentence may share with another: figures, names under keys for all scripts, and in one language words."""
    figures = {re.sub(r"\D", "", each) for each in _FIGURE.findall(text)}
    return figures | set(name_keys(text, language)) | (set(lemmas(text, language)) if words else set())


def _joined(first: Span, second: Span, text: str) -> list[Span]:
    between = text[first.end : second.start]
    return [first, second] if between.strip() or "\n" in between else [Span(first.start, second.end)]


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())
