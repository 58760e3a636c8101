"""`citewire feedback export`: ratings as JSON Lines."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import main
from bot.telegram.state import State, state_file
from tests.test_telegram_state import ANSWER, NOW, Clock, kept

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that two bots answered from."""
    for bot, answer in (("7", ANSWER), ("8", kept(text="", question="Who?", understood="Who?", language="en"))):
        with closing(State.open(state_file(tmp_path, f"{bot}:secret"), Clock())) as state:
            state.ratings.rate(state.answers.keep(answer), 880_444, 1 if answer.text else -1, NOW)
    return tmp_path


def export(store: Path, *options: str) -> int:
    """Run the command."""
    return main(["feedback", "export", "--store", str(store), *options])


def read(text: str) -> list[dict[str, Any]]:
    """The objects of JSON Lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_ratings_of_all_bots_are_printed(store: Path, capfd: pytest.CaptureFixture[str], options: tuple[str]) -> None:
    """One object a line; an answer and a refusal."""
    assert export(store, *options) == 0
    found = read(capfd.readouterr().out)
    assert [(each["vote"], each["answer"]) for each in found] == [(1, "Мостів два."), (-1, None)]


def test_a_rating_holds_what_was_asked_and_answered(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Question, answer, citations, passages and version are there; who gave it is not."""
    export(store)
    written = capfd.readouterr().out
    first = read(written)[0]
    assert "880" not in written
    assert (first["question"], first["understood"], first["lang"]) == (ANSWER.question, ANSWER.understood, "uk")
    assert first["citations"] == [{"article_id": "bridge-7", "start": 3, "end": 14, "quote": "мостів два"}]
    assert (first["passages"], first["version"]) == (list(ANSWER.passages), "0.2.0")
    assert first["rated"] == first["asked"] == NOW.isoformat()


def test_ratings_go_into_a_file(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The file holds what would be printed, and nothing is."""
    out = tmp_path / "ratings.jsonl"
    assert export(store, "--out", str(out)) == 0
    assert len(read(out.read_text("utf-8"))) == 2
    assert capfd.readouterr().out == ""


def test_a_file_is_written_whole_or_not_at_all(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Where one bot's state cannot be read, what was in the file stays."""
    out = tmp_path / "ratings.jsonl"
    out.write_text("before", "utf-8")
    (store / "telegram-9.sqlite3").write_text("no database " * 100, "utf-8")
    assert export(store, "--out", str(out)) == 1
    assert out.read_text("utf-8") == "before"
    assert "telegram-9.sqlite3" in capfd.readouterr().err
    assert list(tmp_path.glob("*.part")) == []


def test_a_store_without_bots_is_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It names the store and what to do; nothing is made there."""
    assert export(tmp_path / "none") == 1
    assert f"{tmp_path / 'none'}: no bot has answered" in capfd.readouterr().err
    assert not (tmp_path / "none").exists()
