"""Progress on standard error: plain lines where nobody watches, a bar on a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.progress import IndexingProgress

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
STEPS = """
import sys, pathlib
from bot.progress import IndexingProgress
with IndexingProgress([pathlib.Path(sys.argv[1])], "en") as progress:
    progress.advance(2)
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder that holds four articles: two lines of JSONL and two files."""
    (tmp_path / "all.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n', "utf-8")
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / "b.md").write_text("b", "utf-8")
    return tmp_path


def test_plain_lines_tell_count_rate_and_time_left(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Elsewhere than on a terminal: the total at the start, then lines with rate and seconds left."""
    with IndexingProgress([news], "uk", line_seconds=0.0) as progress:
        progress.advance(1)
    shown = capsys.readouterr()
    first, second = shown.err.splitlines()
    assert first == "Індексація: 0/4"
    assert second.startswith("Індексація: 1/4, ")
    assert second.endswith(" s")
    assert shown.out == ""


def test_lines_are_not_told_for_every_article(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A quick run makes no more than the first line."""
    with IndexingProgress([news], "en") as progress:
        for _ in range(4):
            progress.advance(1)
    assert capsys.readouterr().err == "Indexing: 0/4\n"


def test_bar_on_a_terminal(news: Path) -> None:
    """On a terminal a bar counts articles."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", STEPS, str(news)]
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    subprocess.run(command, stderr=theirs, check=True, cwd=ROOT, env=environ)
    os.close(theirs)
    shown = b"".join(_read(ours)).decode("utf-8")
    assert "2/4" in shown
    assert "━" in shown


def _read(terminal: int) -> Iterator[bytes]:
    """What was written to a terminal whose other end is closed; Linux ends it with an error."""
    try:
        while block := os.read(terminal, 4096):
            yield block
    except OSError:
        return
    finally:
        os.close(terminal)
