"""Rich text in messages: whatever the text, Telegram takes each of them, and together they say all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rich import Block, Run, chunks, is_link, is_visible
from tests.telegram_parser import parse
from tests.telegram_strain import assert_taken

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
PIECES = [
    "слово",
    "Кінець. ",
    " ",
    "\n",
    "<b>",
    "</b>",
    "&amp;",
    "&",
    ">",
    '"',
    "x" * 700,
    FAMILY,
    "🇺🇦",
    "e\u0301",
    "𝔘",
]
PIECES += [
    "\x00",
    "\x1b",
    "\r\n",
    "\ud83d",
    "\ude00",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\u0085",
    "\ufffe",
]

texts = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
urls = st.sampled_from(["", "https://visnyk.example/a?b=1&c=%22", 'https://visnyk.example/"><b>', "javascript:x", "x"])
runs = st.builds(Run, texts, st.sampled_from(["", "bold", "italic", "underline", "code"]), urls, st.booleans())
paragraphs = st.builds(Block, st.lists(runs, max_size=6).map(tuple), st.booleans(), st.booleans())


def _block(text: str, mark: str = "") -> Block:
    return Block((Run(text), Run(mark, "bold", firm=True)), quote=True)


@given(st.lists(paragraphs, max_size=8), st.sampled_from([64, 300, 4096]))
def test_telegram_takes_any_text(blocks: list[Block], limit: int) -> None:
    """Each message is within all limits, means to Telegram what it should, and nothing that can be seen is lost."""
    assert_taken(blocks, chunks(blocks, limit), limit)


def test_what_fits_is_one_message() -> None:
    """Blocks are parted by an empty line, tight ones by none, and styles, quotations and links are Telegram's."""
    link = Run("Мост", "bold", "https://visnyk.example/mist?a=1&b=2")
    (chunk,) = chunks([Block((link, Run(" <i> & co."))), Block((Run("Цитата"),), quote=True, tight=True), _block("X")])
    shown = parse(chunk.html)
    assert chunk.plain == shown.text == "Мост <i> & co.\nЦитата\n\nX"
    assert shown.styled("Bold") == ["Мост"]
    assert shown.styled("BlockQuote") == ["Цитата", "X"]
    assert shown.links == {"Мост": "https://visnyk.example/mist?a=1&b=2"}


def test_cut_between_blocks_first() -> None:
    """A block that fits into a message of its own is not cut."""
    blocks = [_block(f"{number}. " + "Слово. " * 300) for number in range(5)]
    assert [chunk.plain[:2] for chunk in chunks(blocks)] == ["0.", "1.", "2.", "3.", "4."]


def test_long_block_is_cut_between_sentences() -> None:
    """A block too long for a message is cut where sentences end, and initials end none."""
    said = chunks([_block("Міст відкрив І. Франко о дев'ятій ранку. " * 300)])
    assert len(said) > 2
    assert all(chunk.plain.startswith("Міст") and chunk.plain.endswith("ранку.") for chunk in said)


def test_long_sentence_is_cut_between_words() -> None:
    """A sentence too long for a message is cut between words."""
    said = chunks([_block("мост " * 3000)])
    assert {word for chunk in said for word in chunk.plain.split()} == {"мост"}


@pytest.mark.parametrize("sign", [FAMILY, "🇺🇦", "👍🏽", "e\u0301", "Ї", "𝔘"])
def test_endless_word_is_cut_between_characters(sign: str) -> None:
    """A word too long for a message is cut where a reader sees a character end."""
    said = chunks([_block(sign * 5000)])
    assert len(said) > 1
    assert all(chunk.plain == sign * (len(chunk.plain) // len(sign)) for chunk in said)


@pytest.mark.parametrize("sentence", ["Коротко.", "Слово " * 200 + "кінець.", "х" * 5000 + "!"])
def test_marks_stay_with_their_sentence(sentence: str) -> None:
    """A citation's mark is whole and stands in the message in which its sentence ends."""
    said = chunks([Block(tuple(run for n in range(99) for run in (Run(f" {sentence}"), Run(f" [{n}]", firm=True))))])
    plain = [chunk.plain for chunk in said]
    assert sum(text.count(f"{sentence[-5:]} [{n}]") for n in range(99) for text in plain) == 99
    assert not any(text.startswith("[") for text in plain)


def test_endless_mark_is_cut_after_all() -> None:
    """A stretch that must not be cut, yet fits into no message, is cut."""
    said = chunks([_block("Речення", " [1]" * 3000)])
    assert "".join("".join(chunk.plain.split()) for chunk in said) == "Речення" + "[1]" * 3000


def test_styles_go_on_after_a_cut() -> None:
    """Tags are closed before a cut and opened again after it."""
    for chunk in chunks([Block((Run("Дуже довго. " * 1000, "italic", "https://visnyk.example"),), quote=True)]):
        shown = parse(chunk.html)
        assert shown.styled("Italic") == shown.styled("BlockQuote") == list(shown.links) == [chunk.plain]


def test_one_style_is_one_entity() -> None:
    """A message holds as many words of one style as fit: they count once."""
    assert len(chunks([Block((Run("так " * 1500, "bold"),))])) == 2


def test_many_links_take_several_messages() -> None:
    """A message has at most a hundred entities and 32 KiB of markup, however short its text."""
    blocks = [Block((Run("a", "bold", f"https://visnyk.example/{'x' * 900}{n}"),)) for n in range(250)]
    said = chunks(blocks)
    assert_taken(blocks, said)
    assert sum(len(parse(chunk.html).links) for chunk in said) >= len(said)
    assert len(said) > 5


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d", "\u2800 \ufe0f", "\u3164\xa0\u202e"])
def test_what_nobody_sees_is_not_sent(text: str) -> None:
    """Telegram refuses a message without anything visible, so there is none."""
    assert chunks([_block(text)]) == []
    assert not is_visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a b"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2029d", "a\nb\nc\nd"),
        ("\ud83d\ude00", "😀"),
        ("a\ud83d", "a\ufffd"),
    ],
)
def test_odd_characters_are_replaced(text: str, shown: str) -> None:
    """Control characters become spaces, odd line ends line feeds, halves of a surrogate pair whole or a sign."""
    assert [chunk.plain for chunk in chunks([_block(text)])] == [shown]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://visnyk.example/mist", True),
        ("HTTP://новини.укр:8080/а?б#в", True),
        ("https://127.0.0.1/", True),
        ("https://localhost/", False),
        ("https://user:secret@visnyk.example/", False),
        ("ftp://visnyk.example/", False),
        ("javascript:alert(1)", False),
        ("https://visnyk.example/ a", False),
        ("https://visnyk.example/" + "x" * 2000, False),
        ("", False),
    ],
)
def test_links_are_those_telegram_takes(url: str, *, link: bool) -> None:
    """Only addresses on the web become links; other text stays as it is, and Telegram agrees."""
    (chunk,) = chunks([Block((Run("тут", url=url),))])
    assert is_link(url) is link
    assert bool(parse(chunk.html).links) is link
