"""The benchmark's own parts: figures, pairing, processes, articles, texts, plots. The measurements are run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench import __main__ as command
from tests.bench import pairing, results
from tests.bench.child import in_child, peak, resident
from tests.bench.figures import Figure, Settings, Spread, compared, judged
from tests.bench.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

SPEED = Figure("indexing", "throughput", "articles/s", Spread.of([4.0, 5.0, 6.0]))
ASKED = Figure("asking", "warm ask", "ms", Spread.of([20.0]), at=1000, parts=(("embed", 9.0), ("fuse", 0.25)))


@pytest.fixture
def bench(tmp_path: Path) -> Settings:
    """The smallest choices."""
    return Settings(articles=3, passages=(1000,), rounds=1, seed=1, work=tmp_path, rivals=("bm25s",), large=4)


@pytest.fixture
def run(bench: Settings) -> results.Run:
    """A run with a figure that holds, one that does not, and two that nothing is wanted of."""
    slower = judged(compared(SPEED, "the limit <alone>", [8.0], [10.0]), least=0.9)
    faster = judged(compared(SPEED, "another", [30.0], [10.0]), least=2)
    return results.Run.now(bench, [slower, faster, ASKED, replace(ASKED, at=10_000, value=Spread.of([30.0]))])


def test_a_spread_is_median_least_and_most() -> None:
    """Of an even number, the median lies between the middle two."""
    assert Spread.of([4.0, 1.0, 3.0, 10.0]) == Spread(3.5, 1.0, 10.0)
    with pytest.raises(ValueError, match="no value"):
        Spread.of([])


def test_ratios_are_taken_round_by_round() -> None:
    """A round in which the machine was slow for both changes no ratio."""
    assert compared(SPEED, "it", [2.0, 40.0, 3.0], [1.0, 20.0, 1.0]).ratio == Spread(2.0, 2.0, 3.0)
    with pytest.raises(ValueError, match="longer"):
        compared(SPEED, "it", [2.0], [1.0, 1.0])


@pytest.mark.parametrize(("ratio", "holds"), [(0.89, False), (0.9, True), (1.5, True), (2.1, False)])
def test_a_bar_is_kept_or_not(ratio: float, holds: bool) -> None:  # noqa: FBT001 - a case's expectation
    """The ratio's median is judged; the words say by what."""
    found = judged(compared(SPEED, "it", [ratio], [1.0]), least=0.9, most=2)
    assert (found.wanted, found.holds) == ("at least 0.9, at most 2", holds)


def test_without_a_ratio_the_value_is_judged() -> None:
    """As for megabytes, which are compared with nothing."""
    assert judged(SPEED, most=5).holds
    assert not judged(SPEED, most=4.9).holds


def test_runs_alternate_and_each_is_first_in_turn() -> None:
    """Every round runs all once."""
    order: list[str] = []

    def _noted(name: str) -> float:
        order.append(name)
        return float(len(order))

    found = pairing.alternate(3, {name: partial(_noted, name) for name in "abc"})
    assert "".join(order) == "abcbcacab"
    assert found == {"a": [1.0, 6.0, 8.0], "b": [2.0, 4.0, 9.0], "c": [3.0, 5.0, 7.0]}


def test_processor_time_is_told_from_waiting() -> None:
    """A call that works uses the processor about as long as it takes, or less where others use it as well."""
    found = pairing.timed(lambda: sum(range(2_000_000)))
    assert 0 < found["processor"] <= found["seconds"] + 0.05


def sample(size: int) -> dict[str, int]:
    """What a child of these tests does: hold so many bytes for a moment."""
    return {"size": len(bytearray(os.urandom(1)) * size), "process": os.getpid()}


def test_a_child_gives_its_result_and_its_own_memory() -> None:
    """It is another process, and its peak counts what it held, not what its parent holds."""
    small, large = in_child("tests.test_bench:sample", 1), in_child("tests.test_bench:sample", 80_000_000)
    assert large.result["size"] == 80_000_000
    assert large.result["process"] != os.getpid()
    assert 60_000_000 < large.peak - small.peak < 120_000_000
    assert 0 < large.before < large.peak
    assert large.seconds > 0


def test_a_child_that_fails_says_why() -> None:
    """With the end of what it wrote."""
    with pytest.raises(RuntimeError, match=r"tests.test_bench:sample failed(?s:.*)TypeError"):
        in_child("tests.test_bench:sample", "a word")


def test_memory_is_counted_in_bytes() -> None:
    """An interpreter with these tests holds some megabytes, and never held less than now."""
    assert 10_000_000 < resident() <= peak() * 1.01


def test_results_say_ratio_bar_and_machine(run: results.Run) -> None:
    """What does not hold is marked; stages and sizes are told."""
    text = results.markdown(run)
    assert "| throughput |  | **0.8** | the limit <alone> | 5 (4 to 6) articles/s | at least 0.9 | **no** |" in text
    assert "at least 2 | yes |" in text
    assert "warm ask, at 1,000, in ms: embed 9, fuse 0.25." in text
    assert f"Commit {run.commit}" in text
    assert "haiku.rag" in text


def test_results_are_the_same_from_json(run: results.Run) -> None:
    """Programs read all of it."""
    assert results.from_json(results.as_json(run)) == run


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0"), (0.00123, "0.0012"), (0.5, "0.5"), (12.345, "12.3"), (98765.4, "98,765")]
)
def test_figures_have_three_digits(value: float, words: str) -> None:
    """And never an exponent."""
    assert results.digits(value) == words


def test_the_page_shows_plots_and_refers_to_nothing_outside(run: results.Run) -> None:
    """Ratios, stages and growth are drawn; what comes from figures is escaped."""
    html = page(run)
    assert html.count("<svg ") == 4
    assert "<alone>" not in html
    assert "src=" not in html.replace("xmlns", "")
    assert "Growth" not in html


def measured(name: str) -> Callable[[Settings], list[Figure]]:
    """A section that finds the same at once."""
    return lambda _: [replace(ASKED, of=name)]


def test_the_command_writes_what_it_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As JSON, as a page and as text."""
    monkeypatch.setattr(command, "_section", measured)
    assert command.main(["--only", "asking", "--out", str(tmp_path), "--passages", "10,1_000"]) == 0
    found = results.from_json((tmp_path / "results.json").read_text("utf-8"))
    assert found.figures == (ASKED,)
    assert ("passages", "10/1,000") in found.choices
    assert "warm ask" in (tmp_path / "page.html").read_text("utf-8")
    assert "warm ask" in (tmp_path / "RESULTS.md").read_text("utf-8")


def test_sections_may_be_measured_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the same commit gave earlier is kept, what another gave is not."""
    monkeypatch.setattr(command, "_section", measured)
    for sections in ("asking,cold", "cold"):
        command.main(["--only", sections, "--out", str(tmp_path)])
    assert [each.of for each in command._earlier(tmp_path, ["soak"])] == ["asking", "cold"]
    monkeypatch.setattr(command, "commit", lambda: "another")
    assert command._earlier(tmp_path, ["soak"]) == []


@pytest.mark.parametrize("wrong", [["--only", "nothing"], ["--articles", "0"], ["--rivals", "nobody"]])
def test_wrong_options_are_refused(wrong: list[str]) -> None:
    """With what is known, before anything is measured."""
    bench, project = [sys.executable, "-m", "tests.bench", *wrong], Path(__file__).parents[1]
    done = subprocess.run(bench, check=False, capture_output=True, text=True, cwd=project)
    assert done.returncode == 2
    assert "error: argument" in done.stderr
