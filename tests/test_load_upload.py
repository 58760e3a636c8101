"""Documents and posts that somebody sent: read as files are, under names that nobody need trust."""

from __future__ import annotations

import gzip
import json
import tempfile
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import article_id
from index.load import SUPPORTED, load_post, load_upload
from index.load.upload import clean_name
from index.types import RawArticle, Skipped

if TYPE_CHECKING:
    from pathlib import Path

MOST = 100_000
TITLE = "The Sula bridge reopens after repairs"
WORDS = "The bridge over the Sula reopened on Saturday. It cost 412 million hryvnias and took nineteen months."
PAGE = f"<html><body><article><h1>{TITLE}</h1><p>{WORDS}</p></article></body></html>".encode()
RECORDS = b"\n".join(json.dumps({"title": TITLE, "text": f"{n}. {WORDS}"}).encode() for n in range(3))


def _one(name: str, data: bytes) -> RawArticle:
    (raw,) = load_upload(name, data, MOST)
    assert isinstance(raw, RawArticle), raw
    return raw


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bridge.txt", WORDS.encode()),
        ("bridge.TXT", WORDS.encode("utf-16")),
        ("bridge.md", f"# {TITLE}\n\n**{WORDS}**".encode()),
        ("bridge.html", PAGE),
        ("bridge.htm", PAGE),
    ],
)
def test_a_document_is_read_like_a_file(name: str, data: bytes) -> None:
    """Each kind of document gives its article; the source is the name it was sent under."""
    raw = _one(name, data)
    assert (raw.text, raw.source) == (WORDS, f"upload:{name}")
    assert raw.title in (None, TITLE)


@pytest.mark.parametrize(("name", "data"), [("all.jsonl", RECORDS), ("all.jsonl.gz", gzip.compress(RECORDS))])
def test_each_line_is_an_article(name: str, data: bytes) -> None:
    """Records have the line in their source; a bad one among them is told and stops nothing."""
    raws = load_upload(name, data, MOST)
    assert [raw.source for raw in raws] == [f"upload:{name}#{line}" for line in (1, 2, 3)]
    broken = load_upload("all.jsonl", RECORDS.replace(b"}", b"", 1), MOST)
    assert [type(raw) for raw in broken] == [Skipped, RawArticle, RawArticle]


def test_a_document_sent_again_is_the_same_article() -> None:
    """The name decides who an article is; a page that states its address, that address."""
    assert article_id(_one("a.txt", b"One text.")) == article_id(_one("a.txt", b"Another text."))
    assert article_id(_one("a.txt", b"One text.")) != article_id(_one("b.txt", b"One text."))
    stated = PAGE.replace(b"<body>", b'<head><link rel="canonical" href="https://post.example/bridge"></head><body>')
    assert article_id(_one("a.html", stated)) == article_id(_one("b.html", stated))


@pytest.mark.parametrize("name", ["news.pdf", "news", "", "..", "news.txt/", "a." + "б" * 200, "x.jsonl#3"])
def test_other_kinds_are_refused(name: str) -> None:
    """What cannot be read is told with what can."""
    (skipped,) = load_upload(name, WORDS.encode(), MOST)
    assert isinstance(skipped, Skipped)
    assert all(kind in skipped.reason for kind in SUPPORTED)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"%PDF-1.7\x00\x01", "binary"),
        ("a.html", b"<p></p>", "no text"),
        ("a.jsonl.gz", b"plain", "damaged gzip after line 0"),
        ("a.txt", b"a" * (MOST + 1), "over the size limit of 100000 bytes"),
        ("a.jsonl", b"{}\n" * MOST, "over the size limit of 100000 bytes"),
        ("a.jsonl.gz", gzip.compress(b"{}\n" * 10_000_000), "over the size limit of 100000 bytes"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, data: bytes, reason: str) -> None:
    """Reasons are those of files; the limit holds for all of a document, and for what it unpacks to."""
    assert load_upload(name, data, MOST) == [Skipped(f"upload:{name}", reason)]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file outlives the reading."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert len(load_upload("all.jsonl", RECORDS, MOST)) == 3
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_the_work_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary folder can be made, the document is left out with the reason."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert load_upload("a.txt", WORDS.encode(), MOST) == [Skipped("upload:a.txt", "no such file or folder")]


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\news\\міст.txt", "міст.txt"),
        ("a\x00b\x1b[31m\u202ec.txt", "a b [31m c.txt"),
        ("  два   слова .md ", "два слова .md"),
        ("\u0438\u0306.txt", "\u0439.txt"),
        ("\ud800", "document"),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    """Folders, controls, marks that turn text around and doubled spaces go; letters are composed."""
    assert clean_name(name) == cleaned


def test_long_names_stay_apart() -> None:
    """A name that is cut keeps its end, and what tells it from others."""
    one, other = clean_name("a" * 300 + "1.jsonl.gz"), clean_name("a" * 300 + "2.jsonl.gz")
    assert one != other
    assert all(len(name) <= 120 and name.endswith(".jsonl.gz") for name in (one, other))


@given(st.text() | st.text().map("{}.txt".format))
def test_any_name_can_be_stored(name: str) -> None:
    """A cleaned name is one line without invisible characters, and cleaning it again changes nothing."""
    cleaned = clean_name(name)
    assert cleaned == clean_name(cleaned) == cleaned.strip()
    assert 0 < len(cleaned) <= 120
    assert not any(char in "/\\" or unicodedata.category(char).startswith("C") for char in cleaned)


@given(st.sampled_from(SUPPORTED), st.binary())
def test_any_bytes_are_read_or_refused(kind: str, data: bytes) -> None:
    """Nothing raises."""
    assert all(each.source.startswith(f"upload:a{kind}") for each in load_upload(f"a{kind}", data, MOST))


def test_a_post_is_an_article_of_its_channel() -> None:
    """Channel, time and address are kept; cleaning looks for the headline."""
    sent = datetime(2026, 3, 14, 9, 15, tzinfo=UTC)
    raw = load_post(f"{TITLE}\n\n{WORDS}", outlet="Sula News", published=sent, url="https://t.me/sula/7")
    assert (raw.source, raw.url, raw.outlet) == ("https://t.me/sula/7", "https://t.me/sula/7", "Sula News")
    assert (raw.date, raw.title) == ("2026-03-14T09:15:00+00:00", None)


def test_a_post_without_an_address_is_known_by_its_text() -> None:
    """The same post forwarded twice is one article; another text or channel makes another."""
    posts = [(WORDS, "A"), (WORDS, "A"), (WORDS, "B"), (TITLE, "A"), ("\ud800", None)]
    raws = [load_post(text, outlet=outlet, published=None, url=None) for text, outlet in posts]
    assert len({article_id(raw) for raw in raws}) == 4
    assert all(raw.source.startswith("post:") for raw in raws)
