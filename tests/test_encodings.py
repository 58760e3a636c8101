"""Encodings are found from the bytes, for short texts as well as long ones, and wrong declarations do no harm."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.load.encodings import decode, decode_page, plausibility, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

RUSSIAN = (
    "Губернатор объявил о начале ремонта моста через реку",
    "«Съезд завершён», — сказала ведущая вечернего эфира",
    "Цены на яблоки выросли на 12 процентов, говорят фермеры",
    "В МИД подтвердили визит делегации",
    "Экипаж вернулся домой",
)
UKRAINIAN = (
    "Мешканці громади обрали нового голову сільської ради",
    "Її звали Ґанна, і вона жила біля лісу",
    "Єдиний потяг їде щосереди, повідомили на вокзалі",
    "Уряд змінив правила в'їзду для водіїв",
    "Школярі посадили дуби",
)
ENGLISH = (
    "The council’s “final” offer – £5 a day – was refused",
    "A café owner’s naïve plan paid off…",
    "Ferry service returns",
)
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


def _sentences(choices: Sequence[str]) -> st.SearchStrategy[str]:
    """One to five sentences in any order, as written or in capitals, as headlines are."""
    texts = st.lists(st.sampled_from(choices), min_size=1, max_size=5).map(". ".join)
    return texts.flatmap(lambda text: st.sampled_from([text, text.upper()]))


@given(_sentences(RUSSIAN), st.sampled_from(["windows-1251", "koi8-r", "koi8-u", *WIDE]))
def test_russian_survives_each_encoding(text: str, encoding: str) -> None:
    """Russian sentences come back from every encoding in use for them."""
    writable = text.encode(encoding, errors="ignore")
    assert decode(writable) == tidy(writable.decode(encoding))


@given(_sentences(UKRAINIAN), st.sampled_from(["windows-1251", "koi8-u", *WIDE]))
def test_ukrainian_survives_each_encoding(text: str, encoding: str) -> None:
    """Ukrainian sentences come back from every encoding that has the letters і, ї, є and ґ."""
    assert decode(text.encode(encoding)) == text


@given(_sentences(ENGLISH), st.sampled_from(["windows-1252", *WIDE]))
def test_english_survives_each_encoding(text: str, encoding: str) -> None:
    """English with curly quotes, accents and pound signs comes back as well."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-u", "utf-8", "utf-16-le", "utf-16-be"])
def test_each_ukrainian_letter_survives(encoding: str) -> None:
    """The letters that Russian lacks come back in both cases."""
    text = "їжак і Їжакова, ґрунт і Ґудзь, єнот і Європа, ірис та Ірина"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["Новости спорта сегодня", "ПОГОДА НА ВЫХОДНЫЕ", "Что пишут газеты?"])
@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_a_headline_of_three_words_is_enough(text: str, encoding: str) -> None:
    """Three words decide between encodings that differ in every letter, in small letters and capitals."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_byte_order_marks_decide_and_disappear(mark: bytes, encoding: str) -> None:
    """A mark names the encoding and is no part of the text."""
    assert decode(mark + "Ніч".encode(encoding)) == "Ніч"


def test_utf8_with_a_few_broken_bytes_stays_utf8() -> None:
    """Damage in one place costs one character, not the whole text."""
    data = "Паводок отступил. ".encode() * 50
    assert decode(data[:401] + data[402:]).count("Паводок отступил.") == 49


def test_truncated_utf8_stays_utf8() -> None:
    """A text cut in the middle of its last letter reads up to there."""
    assert decode("Ремонт дороги закінчили в серпні".encode()[:-1]).startswith("Ремонт дороги закінчили в серпн")


def test_an_odd_byte_in_english_loses_nothing_else() -> None:
    """Plain text with one byte that means nothing keeps all of its words."""
    text = decode(b"The mayor \x81 resigned on Monday")
    assert text.startswith("The mayor ")
    assert text.endswith(" resigned on Monday")


@given(st.binary(max_size=400))
def test_any_bytes_give_clean_text_or_a_reason(data: bytes) -> None:
    """Whatever a file holds, there is text without control characters, or one of three reasons."""
    try:
        text = decode(data)
    except ValueError as error:
        text = str(error)
    assert tidy(text) == text
    assert text.strip()


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"\x1f\x8b"]
)
def test_known_binary_formats_are_named_binary(head: bytes) -> None:
    """Documents, pictures and archives are told by their first bytes, although the rest may look like text."""
    with pytest.raises(ValueError, match="binary"):
        decode(head + b"plain words follow here")


def test_many_control_characters_mean_binary() -> None:
    """Without a known beginning, control characters give a binary file away."""
    with pytest.raises(ValueError, match="binary"):
        decode(bytes(range(1, 32)) * 20)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0\0\0\0", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_nothing_readable_is_empty(data: bytes) -> None:
    """Whitespace, padding and a lone mark are no text."""
    with pytest.raises(ValueError, match="empty"):
        decode(data)


def test_bytes_of_no_known_encoding_are_undecodable() -> None:
    """Text of another script in an encoding of its own is refused rather than indexed as noise."""
    with pytest.raises(ValueError, match="undecodable"):
        decode("新しい橋が今日から使えるようになった。".encode("euc-jp"))


def test_tidy_unifies_line_ends_and_drops_controls() -> None:
    """Line ends of all systems become one kind; controls go, tabs stay."""
    assert tidy("a\r\nb\rc\u2028d\x85e\x0cf\tg\0h\x1b\ufeff\x9fi") == "a\nb\nc\nd\ne\nf\tghi"


def test_tidy_drops_lone_surrogates() -> None:
    """What is left can always be stored as UTF-8."""
    assert tidy("a\ud800b").encode() == b"ab"


def test_right_readings_are_more_plausible_than_wrong_ones() -> None:
    """The measure ranks a text above the same bytes read in another encoding."""
    text = "Депутати ухвалили бюджет"
    wrong = text.encode("windows-1251").decode("koi8-u")
    assert plausibility(text) > 0.5
    assert plausibility(wrong) < 0


PAGE = '<html><head><meta charset="{0}"></head><body><p>Поезд прибыл на вокзал вовремя</p></body></html>'


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "iso-8859-5"])
def test_a_right_declaration_is_honoured(encoding: str) -> None:
    """A page is read in the encoding that it names, also one that is never guessed."""
    page = PAGE.format(encoding)
    assert decode_page(page.encode(encoding)) == page


@pytest.mark.parametrize("declared", ["utf-8", "koi8-r", "windows-1252", "iso-8859-1", "no-such-charset", "base64"])
def test_a_wrong_declaration_is_overruled(declared: str) -> None:
    """Windows-1251 under another name, a usual mistake, is read as what it is."""
    page = PAGE.format(declared)
    assert decode_page(page.encode("windows-1251")) == page


def test_utf8_under_another_name_stays_utf8() -> None:
    """Valid UTF-8 is UTF-8, whatever the page says."""
    page = PAGE.format("windows-1251")
    assert decode_page(page.encode()) == page


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="windows-1251"?>',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<META CHARSET=windows-1251>",
    ],
)
def test_each_form_of_declaration_is_read(head: str) -> None:
    """XML declarations and both kinds of meta element count: a lone abbreviation shows it."""
    page = f"{head}<p>ЧП</p>"
    assert decode_page(page.encode("windows-1251")) == page


def test_the_http_charset_is_honoured() -> None:
    """What the server stated serves where the page states nothing."""
    assert decode_page("<p>ЧП</p>".encode("koi8-r"), charset="koi8-r") == "<p>ЧП</p>"
