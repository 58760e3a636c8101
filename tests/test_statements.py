"""Which sentences of a passage say something: no labels, subheadings, list marks or lines that name sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.statements import statement_spans
from index.types import Passage

if TYPE_CHECKING:
    from index.types import Language

LINES = [
    "Details:",
    "• Nine streets were flooded",
    "The dam gave way at dawn.",
    "Sources: the rescue service.",
    "",
    "—",
]


def _statements(text: str, language: Language = "en", start: int = 0) -> list[str]:
    """The statements' words, cut out of an article in which the passage begins at ``start``."""
    article = "#" * start + text
    spans = statement_spans(Passage("p", "a", start, start + len(text), language, text))
    return [article[span.start : span.end] for span in spans]


def test_sentences_are_cut_at_their_place_in_the_article() -> None:
    """Spans count from the article's start, not the passage's."""
    text = "The dam gave way at dawn. Nine streets of the town were flooded."
    assert _statements(text, start=170) == ["The dam gave way at dawn.", "Nine streets of the town were flooded."]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Details:"),
        ("ru", "Что известно о ремонте моста"),
        ("uk", "Джерело: пресслужба Лубенської міської ради."),
        ("ru", "Источники: мэрия города, спасатели, очевидцы."),
        ("en", "Sources: the town hall and the rescue service."),
    ],
)
def test_labels_subheadings_and_sources_say_nothing(language: Language, line: str) -> None:
    """What frames an article is not quoted as an answer."""
    assert _statements(line, language) == []


def test_a_list_item_is_quoted_without_its_mark() -> None:
    """An item needs no full stop to be a statement."""
    assert _statements("• дев'ять вулиць у центрі залило водою", "uk") == ["дев'ять вулиць у центрі залило водою"]


def test_a_long_line_without_a_stop_is_a_statement() -> None:
    """Text whose full stops were lost is still quoted."""
    line = "Rescuers say that nine streets in the centre of the town were under water for most of the day"
    assert _statements(line) == [line]


@given(st.one_of(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join), st.text(max_size=120)), st.integers(0, 9))
def test_statements_stand_in_order_within_the_passage(text: str, start: int) -> None:
    """Whatever the text, spans run forward, do not overlap, and never begin with the mark of a list."""
    spans = statement_spans(Passage("p", "a", start, start + len(text), "en", text))
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(start <= edge <= start + len(text) for edge in edges)
    assert all(not text[span.start - start :].startswith(("• ", "- ")) for span in spans)


@pytest.mark.parametrize("label", ["Деталі: ", "Подробности: ", "Details: ", "• "])
def test_labels_before_a_statement_are_left_out(label: str) -> None:
    """What a paragraph is headed with is not quoted."""
    text = f"{label}The project cost 412 million hryvnias."
    (span,) = statement_spans(Passage("p", "a", 0, len(text), "en", text))
    assert text[span.start : span.end] == "The project cost 412 million hryvnias."


def test_rows_of_a_table_are_no_statements() -> None:
    """Cells without a sentence around them are not quoted."""
    text = "Marko Lysenko | 9 639 | 52.3 percent of the vote."
    assert statement_spans(Passage("p", "a", 0, len(text), "en", text)) == []
