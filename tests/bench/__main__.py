"""The benchmark's command line: `python -m tests.bench [--only indexing,asking] [--articles 200] [--rounds 5] ...`.

Writes ``results.json``, ``page.html`` and ``RESULTS.md`` into a folder, and prints the last; with ``--record`` it is
written beside this file as well. Sections that are not measured this time are taken from the folder's results where
these are of the same commit: a long benchmark can be run part by part.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.evaluate.machine import commit
from index.evaluate.page import require_page
from tests.bench import results
from tests.bench.figures import SECTIONS, Settings
from tests.bench.page import page
from tests.bench.rivals import RIVALS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.figures import Figure

PROJECT = Path(__file__).parents[2]
SCALE = PROJECT.parent / "shared" / "eval" / "scale"
RECORD = Path(__file__).with_name("RESULTS.md")
RESULTS = "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write and print; returns the exit code, which is 0 whatever was measured."""
    options = _parser().parse_args(arguments)
    require_page()
    options.out.mkdir(parents=True, exist_ok=True)
    bench = _settings(options)
    run = results.Run.now(bench, _earlier(options.out, options.only))
    for name in options.only:
        run = replace(run, figures=(*run.figures, *_section(name)(bench)))
        # After each, so that a long run that is cut short leaves what it found.
        _write(options.out, run)
    text = results.markdown(run)
    if options.record:
        RECORD.write_text(text, "utf-8")
    print(text)  # noqa: T201 - a command's output
    return 0


def _earlier(out: Path, only: Sequence[str]) -> list[Figure]:
    """Figures of other sections that the same code, as far as its commit tells, was found to have."""
    file = out / RESULTS
    found = results.from_json(file.read_text("utf-8")) if file.exists() else None
    if found is None or found.commit != commit():
        return []
    return [each for each in found.figures if each.of not in only]


def _section(name: str) -> Callable[[Settings], list[Figure]]:
    """What measures it; loaded when it is its turn, so that none has another's libraries in its memory."""
    return cast("Callable[[Settings], list[Figure]]", importlib.import_module(f"tests.bench.{name}").measure)


def _write(out: Path, run: results.Run) -> None:
    (out / RESULTS).write_text(results.as_json(run), "utf-8")
    (out / RECORD.name).write_text(results.markdown(run), "utf-8")
    (out / "page.html").write_text(page(run), "utf-8")


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        articles=options.articles,
        passages=options.passages,
        rounds=options.rounds,
        seed=options.seed,
        work=options.out / "work",
        scale=options.scale if options.scale and options.scale.is_dir() else None,
        rivals=options.rivals,
        questions=options.questions,
        people=options.people,
        large=options.large,
        say=lambda text: print(text, file=sys.stderr, flush=True),  # noqa: T201 - how it goes, meanwhile
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Citewire beside its rivals.")
    add = parser.add_argument
    add("--only", type=_among(SECTIONS), default=SECTIONS, help=f"of {','.join(SECTIONS)} (default: all)")
    add("--articles", type=_positive, default=200, help="indexed with the model (default: %(default)s)")
    add("--large", type=_positive, default=20_000, help="articles of the large store (default: %(default)s)")
    add("--passages", type=_numbers, default=(1000, 10_000, 100_000), help="sizes of stores that are asked")
    add("--rounds", type=_positive, default=5, help="of every measurement (default: %(default)s)")
    add("--seed", type=int, default=1)
    add("--questions", type=_positive, default=20_000, help="of the soak (default: %(default)s)")
    add("--people", type=_positive, default=50, help="who use the bot at once (default: %(default)s)")
    add("--rivals", type=_among([each.name for each in RIVALS]), default=(), help="only these (default: all installed)")
    add("--scale", type=Path, default=SCALE, help="folder of real articles; generated ones where it is not there")
    add("--out", type=Path, default=PROJECT / "build" / "bench", help="folder for results and stores")
    add("--record", action="store_true", help=f"write {RECORD.relative_to(PROJECT)}")
    return parser


def _among(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def _names(text: str) -> tuple[str, ...]:
        wanted = tuple(text.split(","))
        strangers = [each for each in wanted if each not in known]
        if strangers:
            raise argparse.ArgumentTypeError(f"{', '.join(strangers)}: not among {', '.join(known)}")
        return wanted

    return _names


def _positive(text: str) -> int:
    number = int(text.replace("_", ""))
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: at least 1")
    return number


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(_positive, text.split(",")))


if __name__ == "__main__":
    sys.exit(main())
