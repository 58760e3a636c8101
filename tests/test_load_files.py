"""Files and folders load in order, one bad file never stops the rest, and every reason is said."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from index.load import SUPPORTED, count_articles, load
from index.load.limits import over_limit, why_unreadable
from index.types import RawArticle, Skipped

LIMIT = 10_000


def _loaded(source: Path, limit: int = LIMIT) -> list[RawArticle | Skipped]:
    return list(load(source, limit))


def _names(folder: Path) -> list[str]:
    return [str(Path(raw.source).relative_to(folder)) for raw in _loaded(folder)]


def _reason(source: Path, limit: int = LIMIT) -> str:
    (skipped,) = _loaded(source, limit)
    assert isinstance(skipped, Skipped)
    assert skipped.source == str(source)
    return skipped.reason


def _write(path: Path, text: str = "Міст відкрили вчора.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_file_is_an_article(tmp_path: Path) -> None:
    """A file named alone gives its text, with its path as the source."""
    path = _write(tmp_path / "a.txt", "Рядок.\r\nДругий.")
    assert _loaded(path) == [RawArticle(source=str(path), text="Рядок.\nДругий.")]


def test_a_folder_is_read_to_the_bottom_in_order(tmp_path: Path) -> None:
    """Subfolders count too, and the order is that of the names."""
    for name in ("b.txt", "a/z.md", "a/c/y.txt", "c.TXT"):
        _write(tmp_path / name)
    assert _names(tmp_path) == ["a/c/y.txt", "a/z.md", "b.txt", "c.TXT"]


def test_hidden_and_unsupported_files_are_passed_over(tmp_path: Path) -> None:
    """A folder may hold other things; they are not worth a word."""
    for name in (".hidden.txt", ".git/config.txt", "photo.jpg", "notes.docx", "a.txt"):
        _write(tmp_path / name)
    assert _names(tmp_path) == ["a.txt"]


def test_links_that_lead_back_are_left_out(tmp_path: Path) -> None:
    """A folder linked from inside itself is listed once."""
    _write(tmp_path / "sub/a.txt")
    (tmp_path / "sub/loop").symlink_to(tmp_path)
    (tmp_path / "twin").symlink_to(tmp_path / "sub")
    assert _names(tmp_path) == ["sub/a.txt"]


def test_linked_folders_elsewhere_are_read(tmp_path: Path) -> None:
    """A link to another place is followed, and its files are named by the way they were found."""
    _write(tmp_path / "archive/a.txt")
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/old").symlink_to(tmp_path / "archive")
    assert _names(tmp_path / "desk") == ["old/a.txt"]


def test_two_spellings_of_a_path_give_one_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths and detours name the same article, so that it is not indexed twice."""
    path = _write(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    for spelling in (Path("a.txt"), Path("./sub/../a.txt"), path):
        assert _loaded(spelling)[0].source == str(path)


def test_a_missing_path_is_reported(tmp_path: Path) -> None:
    """What is not there is said, whatever its name ends in."""
    assert _reason(tmp_path / "none.txt") == "no such file or folder"
    assert _reason(tmp_path / "none") == "no such file or folder"


def test_an_unsupported_file_named_directly_is_reported(tmp_path: Path) -> None:
    """The reason lists what would have been read."""
    reason = _reason(_write(tmp_path / "report.docx"))
    assert all(end in reason for end in SUPPORTED)


def test_a_broken_link_is_reported(tmp_path: Path) -> None:
    """A link to nothing is no article, and the rest of the folder is read."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    _write(tmp_path / "b.txt")
    assert [isinstance(raw, Skipped) for raw in _loaded(tmp_path)] == [True, False]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Reading something that is no file could hang for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert _reason(tmp_path / "pipe.txt") == "not a regular file"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(("data", "reason"), [(b" \n", "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "binary")])
def test_unreadable_content_is_reported(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Empty and binary files are named as such, whatever kind they claim to be."""
    (tmp_path / name).write_bytes(data)
    assert _reason(tmp_path / name) == reason


def test_a_file_over_the_limit_is_reported_and_one_at_the_limit_read(tmp_path: Path) -> None:
    """The limit counts bytes, and the reason says it."""
    path = _write(tmp_path / "a.txt", "x" * 21)
    assert _reason(path, 20) == "over the size limit of 20 bytes"
    assert isinstance(_loaded(path, 21)[0], RawArticle)


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """The files before and after it are loaded."""
    _write(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    _write(tmp_path / "c.txt")
    assert [type(raw) for raw in _loaded(tmp_path)] == [RawArticle, Skipped, RawArticle]


def test_a_name_that_is_not_utf8_gives_a_source_that_can_be_stored(tmp_path: Path) -> None:
    """Names from archives of other systems must not break the index."""
    (tmp_path / os.fsdecode("новость.txt".encode("windows-1251"))).write_text("Слова", encoding="utf-8")
    (raw,) = _loaded(tmp_path)
    assert raw.source.encode().startswith(os.fsencode(tmp_path))


def test_articles_can_be_counted_beforehand(tmp_path: Path) -> None:
    """A document counts one, a JSONL file its lines, a missing path the one complaint that comes of it."""
    _write(tmp_path / "a.txt")
    _write(tmp_path / "b.jsonl", '{"text": "Раз."}\n{"text": "Два."}\n')
    assert count_articles(tmp_path) == len(_loaded(tmp_path)) == 3
    assert count_articles(tmp_path / "none.txt") == 1


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    """No files, no articles, no complaint."""
    assert _loaded(tmp_path) == []


def test_articles_come_before_later_files_are_opened(tmp_path: Path) -> None:
    """Loading is a stream: what a later file holds is read when its turn comes."""
    _write(tmp_path / "a.txt")
    later = _write(tmp_path / "b.txt")
    articles = load(tmp_path, LIMIT)
    next(articles)
    _write(later, "Змінено.")
    assert next(articles) == RawArticle(source=str(later), text="Змінено.")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOENT, "no such file or folder"),
        (errno.EACCES, "permission denied"),
        (errno.EIO, "not readable: input/output error"),
    ],
)
def test_errors_of_the_system_have_short_reasons(code: int, reason: str) -> None:
    """The reason says what a person can act on, without the path that stands beside it."""
    assert why_unreadable(OSError(code, os.strerror(code), "/some/path")) == reason


def test_large_limits_are_told_in_megabytes() -> None:
    """The unit is that of the settings."""
    assert over_limit(20_000_000) == "over the size limit of 20 MB"
