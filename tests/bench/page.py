"""A run as one HTML page: plots, and the figures behind them as tables. It refers to nothing outside itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import plots, results
from tests.bench.figures import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.figures import Figure
    from tests.bench.results import Run

_TEMPLATE = Path(__file__).with_name("page.html")


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the head's cells, and rows of as many cells."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: plots as SVG, and the table that says the same."""

    heading: str
    plots: tuple[str, ...]
    table: Table


def page(run: Run) -> str:
    """The whole page, in the evaluation's looks. Raises ConfigError where the extra ``eval`` is not installed."""
    from index.evaluate.page import require_page

    require_page()
    from jinja2 import Environment, StrictUndefined

    looks = resources.files("index.evaluate").joinpath("page.html").read_text("utf-8")
    style = re.search(r"<style>.*?</style>", looks, re.DOTALL)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    made = f"Commit {run.commit}; {run.day}; {run.machine}."
    texts = [results.HOW.replace("`", ""), made, results.told(run.choices)]
    return template.render(style=style[0] if style else "", texts=texts, sections=list(_sections(run)))


def _sections(run: Run) -> Iterator[Section]:
    judged = [each for each in run.figures if each.wanted]
    if judged:
        yield Section("What must hold", (plots.ratios(judged, "bars"),), _table(judged, bars=True))
    for name in SECTIONS:
        mine = [each for each in run.figures if each.of == name]
        if mine:
            grown = [plot for _, plot in plots.growth(mine, f"{name}-growth")]
            drawn = (plots.ratios(mine, f"{name}-ratios"), plots.stages(mine, f"{name}-stages"), *grown)
            yield Section(results.HEADINGS[name], drawn, _table(mine))


def _table(figures: Sequence[Figure], *, bars: bool = False) -> Table:
    rows = [tuple(cell.replace("*", "") for cell in results.row(each, bars=bars)) for each in figures]
    return Table("Figures", results.head(bars=bars), tuple(rows))
