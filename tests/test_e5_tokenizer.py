"""Tokens: the same as the common library finds with the same vocabulary, whatever the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.adapters.e5_tokenizer import SPECIAL_PIECES, UNKNOWN, UnigramTokenizer
from index.adapters.e5_weights import load_weights, locate_weights

TINY = {"▁": -2.0, "a": -3.0, "b": -3.0, "ab": -4.0, "▁ab": -9.0, "б": -1.0}
PIECES = ["<s>", "<pad>", "</s>", "<unk>", *TINY]


@pytest.fixture(scope="module")
def real() -> tuple[UnigramTokenizer, Tokenizer]:
    """Ours and the library's, both over the vocabulary of multilingual-e5-small."""
    pieces = load_weights(locate_weights()).pieces
    # Special pieces are made unreadable in a text, as ours are.
    known = [(f"\0{i}" if piece in SPECIAL_PIECES else piece, score) for i, (piece, score) in enumerate(pieces)]
    library = Tokenizer(models.Unigram(known, unk_id=UNKNOWN))
    library.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    library.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    return UnigramTokenizer(*zip(*pieces, strict=True)), library


def known_to_both(text: str) -> bool:
    """Not among the characters that the two treat differently: NUL, and those newer than either's Unicode tables."""
    return "\0" not in text and all(unicodedata.category(c) != "Cn" and ord(c) < 0x10000 for c in text)


@given(st.text(max_size=60).filter(known_to_both))
@settings(max_examples=300, deadline=None)
def test_agrees_with_the_library_on_any_text(real: tuple[UnigramTokenizer, Tokenizer], text: str) -> None:
    """Every script, sign and space."""
    ours, library = real
    assert ours.ids(text) == library.encode(text, add_special_tokens=False).ids


@given(st.text("абвгґїієщъыэёabcdefz0159 .,«»'’-–\n", max_size=200))
@settings(max_examples=300, deadline=None)
def test_agrees_with_the_library_on_our_alphabets(real: tuple[UnigramTokenizer, Tokenizer], text: str) -> None:
    """Cyrillic and Latin letters, digits and the punctuation of news."""
    ours, library = real
    assert ours.ids(text) == library.encode(text, add_special_tokens=False).ids


def tokens(text: str, limit: int | None = None) -> list[str]:
    """Pieces that the tiny vocabulary splits a text into."""
    scores = [0.0, 0.0, 0.0, 0.0, *TINY.values()]
    return [PIECES[i] for i in UnigramTokenizer(PIECES, scores).ids(text, limit)]


def test_takes_the_split_of_the_largest_score() -> None:
    """▁ + ab (-6) beats ▁ab (-9) and ▁ + a + b (-8)."""
    assert tokens("ab") == ["▁", "ab"]


def test_unknown_characters_in_a_row_are_one_token() -> None:
    """As the model was trained."""
    assert tokens("a??b") == ["▁", "a", "<unk>", "b"]


def test_special_tokens_are_not_read_out_of_a_text() -> None:
    """An article may contain the characters of </s> without ending the text."""
    assert "</s>" not in tokens("a</s>b")


def test_nul_and_lone_surrogates_vanish() -> None:
    """They can be in a message, and mean nothing."""
    assert tokens("a\0\ud800b") == tokens("ab")


@pytest.mark.parametrize("space", ["\u2581", "\ufffd", "\u200b", "\ufeff", "\u00a0", "\n"])
def test_odd_spaces_are_spaces(space: str) -> None:
    """Printed or not."""
    assert tokens(f"a{space}b") == tokens("a b")


def test_a_very_long_word_begins_once() -> None:
    """It is split unseen, and what follows is no new word, nor are its neighbours affected."""
    assert tokens("ab " + "a" * 900 + " ab") == ["▁", "ab", "▁", *"a" * 900, "▁", "ab"]


def test_composed_and_decomposed_letters_are_the_same(real: tuple[UnigramTokenizer, Tokenizer]) -> None:
    """MacOS writes й and ї as two code points."""
    text = "Її знайомий йде"
    assert real[0].ids(unicodedata.normalize("NFD", text)) == real[0].ids(text)


@pytest.mark.parametrize("text", ["а" * 500_000, "\u0315\u0300" * 250_000, "\ufdfa" * 200_000, "б " * 250_000])
def test_a_limit_bounds_the_work(text: str) -> None:
    """Half a million characters, in one word or many, give the limit's number of tokens at once."""
    assert len(tokens(text, limit=510)) <= 510


@given(st.text(max_size=80), st.integers(0, 20))
def test_a_limit_only_cuts(text: str, limit: int) -> None:
    """The first tokens are those of the whole text."""
    assert tokens(text, limit) == tokens(text)[:limit]
