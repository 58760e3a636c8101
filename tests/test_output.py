"""Where results go: text that can be copied, errors that no terminal obeys, lines in a file or on standard output."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.output import complain, draw, put_lines

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from rich.console import RenderableType


def _drawn(renderable: RenderableType) -> str:
    screen = io.StringIO()
    draw(renderable, screen)
    return screen.getvalue()


def test_no_line_is_filled_up_with_spaces() -> None:
    """What is indented or in columns ends where its words end, also where it is styled."""
    table = Table.grid(padding=(0, 2))
    table.add_row(Text("Articles", style="bold"), "72")
    table.add_row("Dates", "")
    shown = _drawn(Group(table, Padding(Text("a passage", style="on red"), (0, 0, 0, 4)), Text(), Text("end ")))
    assert shown == "Articles  72\nDates\n    a passage\n\nend\n"


@given(st.lists(st.text("аб \t", max_size=100), max_size=4))
def test_words_are_drawn_in_full(lines: list[str]) -> None:
    """Whatever is taken away at the end of lines, no word is."""
    text = "\n".join(lines)
    shown = _drawn(Text(text))
    assert "".join(shown.split()) == "".join(text.split())
    assert not any(line.endswith(" ") for line in shown.split("\n"))


def test_errors_are_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    """A file's name with an escape sequence in it turns no terminal red."""
    complain("\x1b[31mбурі.txt: no such file")
    assert capsys.readouterr() == ("", "citewire: [31mбурі.txt: no such file\n")


def test_lines_go_to_a_file_or_to_standard_output(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The same bytes in both places."""
    put_lines(tmp_path / "out", ["міст\n", "судно\n"])
    put_lines(None, ["міст\n", "судно\n"])
    assert capfdbinary.readouterr().out == (tmp_path / "out").read_bytes() == "міст\nсудно\n".encode()
