"""JSONL streams line by line; a bad line is reported with its number and costs no other line."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.load import load
from index.load.encodings import tidy
from index.types import RawArticle, Skipped

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 100_000


def _loaded(tmp_path: Path, *lines: object, limit: int = LIMIT) -> list[RawArticle | Skipped]:
    """What comes of these lines; what is no text or bytes is written as JSON."""
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"\n".join(_line(line) for line in lines))
    return list(load(path, limit))


def _line(line: object) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()


def _reason(tmp_path: Path, line: object, limit: int = LIMIT) -> str:
    skipped = _loaded(tmp_path, line, limit=limit)[0]
    assert isinstance(skipped, Skipped)
    return skipped.reason


def test_every_field_finds_its_place(tmp_path: Path) -> None:
    """The names of the file become the names of the article; the source carries the line number."""
    record = {"id": "n1", "title": "Т", "date": "2026-01-02", "lang": "uk", "source": "Вісник", "author": "Х. Т."}
    (raw,) = _loaded(tmp_path, record | {"url": "https://a.example/1", "text": "Слова.", "unknown": [1]})
    assert raw == RawArticle(
        source=f"{tmp_path / 'news.jsonl'}#1",
        text="Слова.",
        id="n1",
        title="Т",
        date="2026-01-02",
        author="Х. Т.",
        outlet="Вісник",
        url="https://a.example/1",
        language="uk",
    )


def test_text_alone_is_enough(tmp_path: Path) -> None:
    """Missing, null and blank fields are unknown, not wrong."""
    (raw,) = _loaded(tmp_path, {"text": "Слова.", "title": None, "author": "  "})
    assert isinstance(raw, RawArticle)
    assert (raw.id, raw.title, raw.author) == (None, None, None)


@pytest.mark.parametrize(("given_id", "expected"), [(17, "17"), ("017", "017"), (1.5, "1.5")])
def test_numbers_serve_as_ids(tmp_path: Path, given_id: object, expected: str) -> None:
    """An id is a name: a number becomes its digits."""
    (raw,) = _loaded(tmp_path, {"id": given_id, "text": "Слова."})
    assert isinstance(raw, RawArticle)
    assert raw.id == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut off', "broken JSON at line 1"),
        ("[" * 100_000, "broken JSON at line 1"),
        (b"\x89PNG\r\n\x1a\n", "broken JSON at line 1"),
        (["text"], "not a JSON object at line 1"),
        ({"title": "no text"}, "no `text` field at line 1"),
        ({"text": None}, "no `text` field at line 1"),
        ({"text": " \n"}, "empty `text` at line 1"),
        ({"text": 5}, "`text` is not a string at line 1"),
        ({"text": "a", "title": ["b"]}, "`title` is not a string at line 1"),
        ({"text": "a", "id": True}, "`id` is not a string at line 1"),
    ],
)
def test_a_bad_line_has_its_reason(tmp_path: Path, line: object, reason: str) -> None:
    """What is wrong is named together with the line."""
    assert _reason(tmp_path, line, limit=1_000_000) == reason


def test_a_bad_line_costs_no_other(tmp_path: Path) -> None:
    """Reading goes on, blank lines are nothing, and numbers count every line."""
    loaded = _loaded(tmp_path, {"text": "Раз."}, "", "{oops", "   ", {"text": "Два."})
    assert [raw.source.rpartition("#")[2] for raw in loaded] == ["1", "3", "5"]
    assert [type(raw) for raw in loaded] == [RawArticle, Skipped, RawArticle]


def test_other_encodings_are_read_line_by_line(tmp_path: Path) -> None:
    """A mark at the start and lines in Windows-1251 do no harm."""
    legacy = '{"text": "Уряд змінив правила для водіїв"}'.encode("windows-1251")
    loaded = _loaded(tmp_path, b"\xef\xbb\xbf" + _line({"text": "Раз."}), legacy)
    assert [raw.text for raw in loaded if isinstance(raw, RawArticle)] == ["Раз.", "Уряд змінив правила для водіїв"]


def test_a_lone_surrogate_does_no_harm(tmp_path: Path) -> None:
    """Half of a character is dropped, so that text and metadata can be stored."""
    (raw,) = _loaded(tmp_path, '{"text": "Сло\\ud800ва", "title": "\\udfffТ"}')
    assert isinstance(raw, RawArticle)
    assert (raw.text, raw.title) == ("Слова", "Т")


def test_text_that_looks_like_html_stays_text(tmp_path: Path) -> None:
    """Nothing in a record is interpreted."""
    (raw,) = _loaded(tmp_path, {"text": "<p>if a < b</p>"})
    assert isinstance(raw, RawArticle)
    assert (raw.text, raw.markup) == ("<p>if a < b</p>", "text")


@given(st.dictionaries(st.sampled_from(["text", "title", "id"]), st.text() | st.integers() | st.none()))
def test_any_record_gives_an_article_or_a_reason(tmp_path_factory: pytest.TempPathFactory, record: Any) -> None:
    """Whatever values a record has, one thing comes of it, and text is tidy."""
    (raw,) = _loaded(tmp_path_factory.mktemp("any"), json.dumps(record))
    assert raw.reason.endswith("at line 1") if isinstance(raw, Skipped) else tidy(raw.text) == raw.text


def test_gzip_is_unpacked_as_it_is_read(tmp_path: Path) -> None:
    """A file that unpacks to 50 MB of lines takes a small part of that memory."""
    path = tmp_path / "news.JSONL.gz"
    line = _line({"text": "слово " * 1_000}) + b"\n"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(5_000):
            file.write(line)
    tracemalloc.start()
    assert sum(isinstance(raw, RawArticle) for raw in load(path, LIMIT)) == 5_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_line_over_the_limit_ends_the_reading(tmp_path: Path) -> None:
    """A line without end, as in a packed bomb, is given up at the limit; the lines before it stand."""
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(_line({"text": "Раз."}) + b"\n" + b" " * 50_000_000))
    first, last = load(path, LIMIT)
    assert isinstance(first, RawArticle)
    assert last == Skipped(f"{path}#2", "line 2 is over the size limit of 100000 bytes")


@pytest.mark.parametrize("damage", [lambda data: data[:-20], lambda data: data[:60] + b"\0" * 40 + data[100:]])
def test_damaged_gzip_is_reported_after_what_could_be_read(tmp_path: Path, damage: Any) -> None:
    """A cut or spoilt archive keeps the articles that it still holds and says that it is damaged."""
    path = tmp_path / "news.jsonl.gz"
    lines = b"".join(_line({"text": f"Слово {number * 7919}."}) + b"\n" for number in range(50))
    path.write_bytes(damage(gzip.compress(lines)))
    *_, last = load(path, LIMIT)
    assert isinstance(last, Skipped)
    assert last.reason.startswith("damaged gzip")


def test_what_is_not_gzip_is_reported(tmp_path: Path) -> None:
    """A plain file with the name of a packed one is damaged as far as anyone can tell."""
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(_line({"text": "Слова."}))
    assert list(load(path, LIMIT)) == [Skipped(str(path), "damaged gzip after line 0")]


def test_file_without_records_is_listed(tmp_path: Path) -> None:
    """A file with no line to read is reported as empty."""
    (tmp_path / "none.jsonl").write_bytes(b"\n \n")
    assert list(load(tmp_path / "none.jsonl", 1000)) == [Skipped(str(tmp_path / "none.jsonl"), "empty")]
