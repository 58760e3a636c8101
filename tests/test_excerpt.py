"""A cited sentence among its neighbours: whole sentences, a contiguous piece of the article, about so many words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.excerpt import Excerpt, excerpt, moved, still_says
from index.language import sentence_spans
from index.types import Article, Span
from tests.samples import BRIDGE

_LINES = ("One two three.", "Four five six.", "Seven eight nine.\n\nTen eleven twelve.", "Last of all here.")
NUMBERS = Article(id="numbers", source="/n.txt", text=" ".join(_LINES), language="en", title="Numbers")


def _span(words: str, article: Article = NUMBERS) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


@given(
    st.lists(st.sampled_from(["Міст відкрили.", "She left", " ", "\n\n", "№ 5.", "«Так»!", "🙂", "a"]), min_size=1),
    st.data(),
)
def test_excerpt_is_a_piece_of_the_article(pieces: list[str], data: st.DataObject) -> None:
    """Joined, the parts stand in the article around the span, and begin and end where sentences do."""
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    article = Article(id="a", source="/a", text=text, language="uk", title="")
    found = excerpt(article, span, data.draw(st.integers(0, 30)))
    whole = found.before + found.marked + found.after
    places = [place for place in range(len(text)) if text.startswith(whole, place)]
    assert text[span.start : span.end] in found.marked
    assert any(place <= span.start and span.end <= place + len(whole) for place in places)
    bounds = {edge for each in sentence_spans(text, "uk") for edge in (each.start, each.end)} | {span.start, span.end}
    assert any({place, place + len(whole)} <= bounds for place in places)


def test_marked_is_the_whole_sentence() -> None:
    """A span within a sentence marks all of it; one across two marks both."""
    assert excerpt(NUMBERS, _span("five"), 0).marked == "Four five six."
    assert excerpt(NUMBERS, _span("six. Seven"), 0).marked == "Four five six. Seven eight nine."


def test_neighbours_are_taken_evenly() -> None:
    """With room for two more sentences, one comes from either side."""
    assert excerpt(NUMBERS, _span("Four"), 9) == Excerpt("One two three. ", "Four five six.", " Seven eight nine.")


def test_room_left_by_one_side_goes_to_the_other() -> None:
    """At the start of an article all neighbours follow, paragraph breaks included."""
    found = excerpt(NUMBERS, _span("One"), 12)
    assert (found.before, found.after) == ("", " Four five six. Seven eight nine.\n\nTen eleven twelve.")


def test_words_are_not_exceeded_but_by_the_span_itself() -> None:
    """Neighbours that would go beyond are left out; the cited sentence is shown whatever its length."""
    assert excerpt(NUMBERS, _span("Four"), 8) == Excerpt("One two three. ", "Four five six.", "")
    assert excerpt(NUMBERS, _span("Four"), 1) == Excerpt("", "Four five six.", "")


def test_a_whole_short_article_fits() -> None:
    """Nothing is left out of an article shorter than the words asked for."""
    found = excerpt(BRIDGE, _span("Роботи", BRIDGE))
    assert found.before + found.marked + found.after == BRIDGE.text


@pytest.mark.parametrize("span", [Span(-1, 3), Span(3, 3), Span(5, 2), Span(0, 10_000)])
def test_spans_outside_the_text_are_refused(span: Span) -> None:
    """An empty span, or one that reaches outside the article, is an error that names the article."""
    with pytest.raises(ValueError, match="numbers: no text at"):
        excerpt(NUMBERS, span)


def test_a_quote_is_known_again() -> None:
    """The text at a span is compared with the quote; outside the text it says nothing."""
    assert still_says(NUMBERS, _span("Four five six."), "Four five six.")
    assert not still_says(NUMBERS, Span(1, 15), "Four five six.")
    assert not still_says(NUMBERS, Span(-5, -1), NUMBERS.text[-5:-1])


def test_a_moved_quote_is_found() -> None:
    """A quote that stands elsewhere is found at its first place; one that is gone, or empty, is not."""
    assert moved(NUMBERS, "Four five six.") == _span("Four five six.")
    assert moved(NUMBERS, "e") == Span(2, 3)
    assert moved(NUMBERS, "Thirteen") is None
    assert moved(NUMBERS, "") is None
