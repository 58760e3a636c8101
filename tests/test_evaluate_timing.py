"""Clocks, machines and commits: what a report says beside its figures."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from index.evaluate.figures import Seconds
from index.evaluate.machine import commit, this_machine
from index.evaluate.timing import durations, seconds, spread

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_call_is_made_twice() -> None:
    """Once to load what it needs, then against the clock like the others."""
    calls: list[str] = []
    measured = durations([lambda: calls.append("a"), lambda: calls.append("b")])
    assert calls == ["a", "a", "b"]
    assert len(measured) == 2
    assert min(measured) >= 0


def test_median_and_slow_end() -> None:
    """Of 0 to 100: 50 and 95; of nothing, nothing."""
    assert seconds([float(number) for number in range(101)]) == Seconds(101, 50, 95)
    assert seconds(durations([])) is None


@given(st.lists(st.integers(), unique=True), st.integers(1, 20))
def test_a_spread_is_an_ordered_part(items: list[int], most: int) -> None:
    """As many as asked for where there are so many, in their order, the first one among them."""
    found = spread(items, most)
    assert len(found) == min(len(items), most)
    assert found == [each for each in items if each in set(found)]
    assert found[:1] == items[:1]


def test_the_machine_is_told() -> None:
    """Name of the processor, cores, Python and system are filled in."""
    machine = this_machine()
    assert machine.cores >= 1
    assert all((machine.cpu, machine.python, machine.platform))


def test_the_commit_of_a_checkout(tmp_path: Path) -> None:
    """The full hash; marked where files were changed; nothing outside a checkout or in an empty one."""
    assert commit(tmp_path) is None
    _git(tmp_path, "init")
    assert commit(tmp_path) is None
    (tmp_path / "a.txt").write_text("a", "utf-8")
    _git(tmp_path, "add", "a.txt")
    _git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-m", "a")
    clean = commit(tmp_path)
    assert clean == _git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / "a.txt").write_text("b", "utf-8")
    assert commit(tmp_path) == f"{clean}-dirty"


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S607 - as found
    return done.stdout.strip()
