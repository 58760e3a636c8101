"""Article ids are stable and digests tell a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.identity import article_id, canonical_url, digest, file_of
from index.types import DroppedLine, RawArticle

FILE = RawArticle("/news/2026/Міст відкрили.txt", "Текст.")
RECORD = RawArticle("/news/all.jsonl#7", "Текст.")


def test_stated_id_is_the_id() -> None:
    """A record's own id becomes the article's."""
    assert article_id(replace(RECORD, id="xq-1", url="https://a.example/b")) == "xq-1"


def test_file_is_known_by_its_path() -> None:
    """The same path gives the same id whatever the text; another path another id; the name stays readable."""
    assert article_id(FILE) == article_id(replace(FILE, text="Інший текст."))
    assert article_id(FILE) != article_id(replace(FILE, source="/other/Міст відкрили.txt"))
    assert article_id(FILE).startswith("міст-відкрили-")


def test_record_is_known_by_its_text() -> None:
    """A JSONL record keeps its id when lines are added above it."""
    assert article_id(RECORD) == article_id(replace(RECORD, source="/news/all.jsonl#8"))
    assert article_id(RECORD) != article_id(replace(RECORD, text="Інший текст."))


@pytest.mark.parametrize(
    "variant",
    [
        "https://Post.example/Bridge/?utm_source=tg&utm_medium=social",
        "http://post.example/Bridge#comments",
        "https://post.example/Bridge/",
    ],
)
def test_one_page_has_one_id(variant: str) -> None:
    """Tracking parameters, fragment, scheme, host's case and a closing slash make no second article."""
    page = replace(FILE, url="https://post.example/Bridge")
    assert canonical_url(variant) == canonical_url("https://post.example/Bridge")
    assert article_id(replace(page, url=variant)).partition("-")[2] == article_id(page).partition("-")[2]


def test_digest_tells_a_change() -> None:
    """Content and settings change the digest; where the article lies does not."""
    assert digest(FILE, 1) == digest(replace(FILE, source="/elsewhere.txt"), 1)
    assert len({digest(FILE, 1), digest(FILE, 2), digest(replace(FILE, title="Міст"), 1)}) == 3


def test_what_a_page_on_the_web_leaves_out_does_not_count() -> None:
    """Of a saved page it does: what was dropped is stored with the article."""
    around = (DroppedLine("Інші новини", "read-also"),)
    page = replace(FILE, source="https://post.example/bridge")
    assert digest(page, 1) == digest(replace(page, dropped=around), 1) == digest(FILE, 1)
    assert digest(FILE, 1) != digest(replace(FILE, dropped=around), 1)


def test_digest_takes_any_text() -> None:
    """A lone surrogate, as broken JSON may hold, does no harm."""
    assert digest(replace(FILE, text="\ud800"), 1)
    assert article_id(replace(RECORD, text="\ud800"))


def test_file_of_a_record() -> None:
    """A record's line number is not part of its file's name; a # in a plain file's name is."""
    assert file_of("/news/all.jsonl.gz#12") == Path("/news/all.jsonl.gz")
    assert file_of("/news/issue#12") == Path("/news/issue#12")
