"""`citewire eval` end to end: the real model on a small folder, what it prints and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from index.weights import ConfidenceWeights, RetrievalWeights, SentenceWeights
from tests.evaluation_samples import question, write_folder, write_lines

ROOT = Path(__file__).parent.parent


@pytest.fixture
def cache(model_cache: Path, tmp_path: Path) -> Path:
    """The prepared model, in a folder where the remembered vectors may be left."""
    folder = tmp_path / "cache"
    folder.mkdir()
    for path in model_cache.iterdir():
        if path.is_dir() or path.suffix == ".lock":
            (folder / path.name).symlink_to(path.resolve())
    return folder


def _evaluate(folder: Path, cache: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CITEWIRE_")}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "eval", str(folder), *more],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder.parent,
        env={**clean, "CITEWIRE_EMBEDDER_CACHE": str(cache), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        check=False,
        timeout=300,
    )


def _document(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.usefixtures("embedder")
def test_figures_of_a_small_folder(tmp_path: Path, cache: Path) -> None:
    """The report's figures are those of the questions asked; a second run finds the same with remembered vectors."""
    folder = write_folder(tmp_path / "eval")
    first = _document(_evaluate(folder, cache, "--json"))
    within = [each for each in first["retrieval"] if each["slice"]["condition"] == "within"]
    assert {each["recall_10"]["value"] for each in within} == {1.0}
    assert {each["own_language"]["value"] for each in first["answers"]} == {1.0}
    assert {each["lang"] for each in first["refusals"]} == {"all", "en", "uk"}
    assert first["run"]["collections"][0]["documents"] == 9
    assert (cache / "evaluation-vectors.sqlite3").is_file()
    second = _document(_evaluate(folder, cache, "--json"))
    assert [second[part] for part in ("retrieval", "answers", "refusals")] == [
        first[part] for part in ("retrieval", "answers", "refusals")
    ]
    assert not (tmp_path / ".citewire").exists()


@pytest.mark.usefixtures("embedder")
def test_tables_distractors_and_sample(tmp_path: Path, cache: Path) -> None:
    """For people: tables on standard output, progress on standard error."""
    more = write_lines(tmp_path / "more.jsonl", [{"id": "snow", "text": "Snow fell on Sunday in the hills."}])
    done = _evaluate(write_folder(tmp_path / "eval"), cache, "--sample", "1", "--distractors", str(more))
    assert done.returncode == 0, done.stderr
    assert "9 documents and 1 distractors" in " ".join(done.stdout.split())
    assert "Finding documents: facts" in done.stdout
    assert "stories: indexing: 10" in done.stderr
    assert "crossing: answering" not in done.stderr  # its questions have no known answers


def test_what_cannot_be_measured_is_said_at_once(tmp_path: Path) -> None:
    """An empty folder, a missing file of distractors and a report without a folder: one line each, no model."""
    nothing = tmp_path / "cache"
    folder = write_folder(tmp_path / "eval")
    (tmp_path / "empty").mkdir()
    for done, words in (
        (_evaluate(tmp_path / "empty", nothing), "no NAME.docs.jsonl here"),
        (_evaluate(folder, nothing, "--distractors", "nowhere.jsonl"), "nowhere.jsonl: no such file"),
        (_evaluate(folder, nothing, "--html", "nowhere/report.html"), "no such folder"),
    ):
        assert (done.returncode, done.stdout) == (1, "")
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert _evaluate(folder, nothing, "--sample", "0").returncode == 2
    assert not nothing.exists()


@pytest.mark.usefixtures("embedder")
def test_weights_are_learnt_and_written(tmp_path: Path, cache: Path) -> None:
    """`--fit` writes a file that reads as the one in use, says how it was made, and prints nothing to stdout."""
    file = tmp_path / "weights.toml"
    done = _evaluate(write_folder(tmp_path / "eval"), cache, "--fit", str(file))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    tables = tomllib.loads(file.read_text("utf-8"))
    RetrievalWeights(**tables["retrieval"])
    SentenceWeights(**tables["sentence"])
    assert [ConfidenceWeights(**table) for table in tables["confidence"].values()]
    assert "8 questions of stories, " in file.read_text("utf-8")
    assert f"--fit {file}" in file.read_text("utf-8")


def test_weights_need_questions_with_answers(tmp_path: Path) -> None:
    """A folder in which no question has an answer is refused in one line, before any model is opened."""
    folder = write_folder(tmp_path / "eval")
    write_lines(folder / "facts.questions.jsonl", [question("q", "en", "What reopened?", "bridge-en")])
    done = _evaluate(folder, tmp_path / "cache", "--fit", str(tmp_path / "weights.toml"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [f"citewire: {folder}: no question here has an answer to learn from"]
    assert not (tmp_path / "cache").exists()
    assert not (tmp_path / "weights.toml").exists()


def test_weights_need_a_folder_to_go_to(tmp_path: Path) -> None:
    """A file that cannot be written is refused before anything is learnt."""
    done = _evaluate(write_folder(tmp_path / "eval"), tmp_path / "cache", "--fit", "nowhere/weights.toml")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "no such folder" in done.stderr
    assert not (tmp_path / "cache").exists()
