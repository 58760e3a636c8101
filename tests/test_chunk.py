"""Passages: exact offsets, full coverage, limits kept, sentences whole."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.chunk import ChunkLimits, chunk, windows
from index.language import sentence_spans
from index.types import Article
from index.windows import WINDOW_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Passage, Span

SENTENCE = "Город купил двадцать новых автобусов и открыл ещё пять больших школ."
PARAGRAPH = " ".join([SENTENCE] * 6)
SMALL = ChunkLimits(min_words=5, max_words=12, max_tokens=20)
WINDOW = ChunkLimits(*WINDOW_WORDS)


def _tokens(texts: Sequence[str]) -> list[int]:
    """Four letters a token, word by word: like a subword model, no more for a whole than for its parts."""
    return [sum(-(-len(word) // 4) for word in text.split()) for text in texts]


def _article(text: str, title: str = "Заголовок") -> Article:
    return Article("a1", "a1.txt", text, "ru", title)


def _chunk(text: str, limits: ChunkLimits | None = None) -> list[Passage]:
    return chunk(_article(text), _tokens, limits or ChunkLimits())


def _words(passages: Sequence[Passage]) -> list[int]:
    return [len(passage.text.split()) for passage in passages]


TEXTS = st.lists(st.sampled_from(["Слово", "и", "конец.", "\n", " ", ", ", "длинное" * 6, "x" * 120]), max_size=80)


@given(st.one_of(st.text(max_size=400), TEXTS.map(" ".join), TEXTS.map("".join)))
@example("а" * 500)
@example("а, " * 100)
def test_passages_cover_the_text_within_the_limits(text: str) -> None:
    """Offsets are exact, nothing but space is left out or repeated, and no passage is too long, whatever the text."""
    passages = _chunk(text, SMALL)
    assert [text[passage.start : passage.end] for passage in passages] == [passage.text for passage in passages]
    edges = [0, *(edge for passage in passages for edge in (passage.start, passage.end)), len(text)]
    assert edges == sorted(edges)
    assert not "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)).strip()
    assert all(words <= SMALL.max_words for words in _words(passages))
    assert all(tokens <= SMALL.max_tokens for tokens in _tokens([passage.text for passage in passages]))


@given(TEXTS.map(" ".join))
def test_the_same_article_gives_the_same_passages(text: str) -> None:
    """Ingesting twice changes nothing, and no two passages share an id."""
    passages = _chunk(text, SMALL)
    assert passages == _chunk(text, SMALL)
    assert len({passage.id for passage in passages}) == len(passages)


def test_passages_are_whole_sentences_of_the_wanted_length() -> None:
    """Where sentences are ordinary, every passage begins and ends with one and has 120 to 220 words."""
    text = "\n".join([PARAGRAPH] * 12)
    passages = _chunk(text)
    spans = sentence_spans(text, "ru")
    assert {passage.start for passage in passages} <= {span.start for span in spans}
    assert {passage.end for passage in passages} <= {span.end for span in spans}
    assert all(120 <= words <= 220 for words in _words(passages))


def test_passages_end_with_paragraphs_where_they_can() -> None:
    """Paragraphs of 132 words become a passage each."""
    paragraph = " ".join([SENTENCE] * 12)
    assert [passage.text for passage in _chunk("\n".join([paragraph] * 3))] == [paragraph] * 3


def test_a_short_tail_is_not_left_alone() -> None:
    """A last sentence joins the passage before it, or takes sentences from it where the two are too long together."""
    assert len(_chunk("\n".join([" ".join([SENTENCE] * 18), SENTENCE]))) == 1
    balanced = _words(_chunk("\n".join([" ".join([SENTENCE] * 20), SENTENCE])))
    assert len(balanced) == 2
    assert min(balanced) > 90


def test_a_short_article_is_one_passage() -> None:
    """A title-like text is indexed as it stands."""
    assert [passage.text for passage in _chunk(f"  {SENTENCE}\n")] == [SENTENCE]
    assert _chunk(" \n ") == []


def test_a_long_sentence_is_divided_at_a_clause() -> None:
    """Commas come before bare spaces."""
    text = "один два три четыре пять шесть, семь восемь девять десять одиннадцать двенадцать тринадцать"
    assert _chunk(text, SMALL)[0].text.endswith("шесть,")


def test_words_are_cut_only_when_one_is_too_long_by_itself() -> None:
    """Without commas the cut falls at a space; without spaces, between code points."""
    words = [f"слово{number}" for number in range(30)]
    assert [word for passage in _chunk(" ".join(words), SMALL) for word in passage.text.split()] == words
    assert "".join(passage.text for passage in _chunk("а" * 500, SMALL)) == "а" * 500


def test_tokens_are_counted_in_one_batch() -> None:
    """The tokenizer is called once an article, as its calls cost more than its work."""
    batches: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        batches.append(len(texts))
        return _tokens(texts)

    chunk(_article("\n".join([PARAGRAPH] * 5)), count, ChunkLimits())
    assert batches == [30]


def test_ids_change_with_what_is_embedded() -> None:
    """A new title or text means a new vector, so a new id; ids are 24 hexadecimal digits."""
    original, retitled = (chunk(_article(SENTENCE, title), _tokens, ChunkLimits())[0] for title in ("А", "Б"))
    assert original.id != retitled.id
    assert len(original.id) == 24
    assert int(original.id, 16) >= 0


@pytest.mark.parametrize("limits", [(0, 10, 10), (20, 10, 10), (5, 10, 0)])
def test_limits_must_agree(limits: tuple[int, int, int]) -> None:
    """Contradictory limits are refused at once."""
    with pytest.raises(ValueError, match="passage limits"):
        ChunkLimits(*limits)


@pytest.mark.parametrize("text", [PARAGRAPH + "\n", "а", "слово, ", "а "])
def test_time_is_linear_in_the_length(text: str) -> None:
    """An article of 300,000 characters takes a few seconds at most, even without stops or spaces."""
    began = time.process_time()
    _chunk(text * (300_000 // len(text)))
    assert time.process_time() - began < 6


def _windows(passage: Passage, limits: ChunkLimits = WINDOW) -> list[Span]:
    return windows(passage, _tokens, limits)


@given(st.one_of(st.text(max_size=400), TEXTS.map(" ".join)))
def test_windows_cover_every_word_of_the_passage_once(text: str) -> None:
    """Counted from the passage's start, wherever that lies, whatever the text: no word is lost, repeated or added."""
    for passage in _chunk(text):
        pieces = [passage.text[span.start : span.end] for span in _windows(passage, SMALL)]
        assert "".join("".join(pieces).split()) == "".join(passage.text.split())
        assert all(piece == piece.strip() for piece in pieces)
        assert all(len(piece.split()) <= SMALL.max_words for piece in pieces)


def test_a_window_is_a_sentence() -> None:
    """Where sentences are ordinary, each is one."""
    passage = _chunk("\n".join([PARAGRAPH] * 12))[1]
    pieces = [passage.text[span.start : span.end] for span in _windows(passage)]
    assert passage.start > 0
    assert set(pieces) == {SENTENCE}


def test_fragments_go_with_the_sentence_after_them() -> None:
    """A label or subheading says nothing by itself; the last one has nothing after it."""
    (passage,) = _chunk(f"Деталі:\n{SENTENCE}\nПідсумки")
    assert [passage.text[span.start : span.end] for span in _windows(passage)] == [f"Деталі:\n{SENTENCE}", "Підсумки"]


def test_a_short_passage_is_one_window() -> None:
    """A passage of one sentence is described by one vector."""
    (passage,) = _chunk(f"\n{SENTENCE}")
    assert [(span.start, span.end) for span in _windows(passage)] == [(0, len(SENTENCE))]
