"""The sentences of a passage that say something: no labels, subheadings or lines that name the sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.language import sentence_spans
from index.types import Span

if TYPE_CHECKING:
    from index.types import Passage

_FEWEST_WORDS = 4
"""A shorter line ("Details:") is a label rather than a statement."""
_LONG_HEADING = 15
"""A line without a full stop that is shorter than this is a subheading."""
_CELLS = " | "
_OPENING = re.compile(
    r"[•●▪–—*-]\s+"
    r"|(?:Детал[іи]|Подробности|Дослівно|Дословно|Оновлено|Обновлено|Передісторія|Предыстория|Що передувало|"
    r"Что предшествовало|Нагадаємо|Напомним|Details|Update|Background)\s*:\s+"
)
"""What stands before a statement and is no part of it: the mark of a list item, the label of a paragraph."""
_ATTRIBUTION = re.compile(r"(?:Джерел[оа]|Источники?|Sources?)\s*:", re.IGNORECASE)


def statement_spans(passage: Passage) -> list[Span]:
    """Where the statements of a passage stand in its article, in order, without marks of list items and labels."""
    return [span for span in by_sentence(passage) if span]


def by_sentence(passage: Passage) -> list[Span | None]:
    """The same for each sentence of the passage: None where it is no statement."""
    return [_statement(passage, span) for span in sentence_spans(passage.text, passage.language)]


def _statement(passage: Passage, span: Span) -> Span | None:
    opening = _OPENING.match(passage.text, span.start, span.end)
    start = opening.end() if opening else span.start
    states = is_statement(passage.text[start : span.end], is_item=opening is not None)
    return Span(passage.start + start, passage.start + span.end) if states else None


def is_statement(sentence: str, *, is_item: bool) -> bool:
    """Whether a sentence says something: a label, a subheading, a table's row or a line that names sources does not."""
    words = len(sentence.split())
    heading = words < _LONG_HEADING and not is_item and sentence[-1].isalnum()
    return words >= _FEWEST_WORDS and not heading and _CELLS not in sentence and not _ATTRIBUTION.match(sentence)
