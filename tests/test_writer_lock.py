"""One writer an index at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from index.adapters.writer_lock import writer_lock
from index.errors import StoreError, StoreLocked

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, pathlib
from index.adapters.writer_lock import writer_lock
with writer_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """While another process writes, a writer is refused, and the error names that process."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(StoreLocked, match=rf"process {other.pid} on .+ \(`-c .+`\) since 2\d\d\d-\d\d-\d\d"),
            writer_lock(tmp_path),
        ):
            pass
        other.communicate()


def test_lock_of_a_dead_writer_is_free(tmp_path: Path) -> None:
    """A writer that was killed leaves no lock behind."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    with writer_lock(tmp_path):
        assert f"process {os.getpid()}" in (tmp_path / "writer.txt").read_text("utf-8")


def test_lock_is_released_after_an_error(tmp_path: Path) -> None:
    """An error inside passes through unchanged and frees the lock."""
    with pytest.raises(KeyError), writer_lock(tmp_path):
        raise KeyError("inside")
    with writer_lock(tmp_path):
        pass


def test_unwritable_place_is_named(tmp_path: Path) -> None:
    """A store path that cannot be a folder is an error that names it."""
    (tmp_path / "store").write_text("a file", "utf-8")
    with pytest.raises(StoreError, match="store: cannot be written"), writer_lock(tmp_path / "store"):
        pass
