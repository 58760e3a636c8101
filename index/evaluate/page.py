"""A report as one HTML page: plots, and the figures behind them as tables. It refers to nothing outside itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from index.evaluate import tables
from index.evaluate.extra import require
from index.evaluate.plots import recall_bars, refusal_curves, reliability, seconds_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.evaluate.figures import Report, RetrievalFigures, Seconds
    from index.evaluate.tables import Table

_CONDITIONS = {"within": "only documents in their language searched", "open": "all languages searched"}


@dataclass(frozen=True, slots=True)
class Part:
    """A plot, as SVG, with the tables that say the same; or tables alone."""

    tables: tuple[Table, ...]
    plot: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page that answers one question."""

    heading: str
    text: str
    parts: tuple[Part, ...]


def page(report: Report) -> str:
    """The whole page. Raises ConfigError where the extra ``eval`` is not installed."""
    require_page()
    from jinja2 import Environment, StrictUndefined

    sections = [section for section in _sections(report) if section.parts]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(resources.files("index.evaluate").joinpath("page.html").read_text("utf-8"))
    text = template.render(title=f"Citewire evaluation: {report.run.folder}", sections=sections)
    # A file's name may hold bytes that are no text; the page is UTF-8 all the same.
    return text.encode("utf-8", "replace").decode("utf-8")


def require_page() -> None:
    """Raise ConfigError, before anything is measured, where a page could not be written."""
    for library in ("jinja2", "matplotlib"):
        require(library, "--html")


def _sections(report: Report) -> Iterator[Section]:
    yield Section(
        "Finding documents",
        "The share of questions whose document is among the first five found. “en → ru” are English questions about "
        "Russian documents.",
        tuple(_retrieval_parts(report)),
    )
    yield Section(
        "Answering",
        "Whether the known answer stands in the sentences quoted. A refusal counts as a miss.",
        tuple(_answer_parts(report)),
    )
    yield from _refusal_sections(report)
    yield Section("Time", "The dot is the median, the line ends at the 95th percentile.", tuple(_time_parts(report)))
    run = [tables.run_table(report.run), tables.collections_table(report.run)]
    yield Section("What was run", "", (Part((*run, tables.left_out_table(report)) if report.left_out else (*run,)),))


def _retrieval_parts(report: Report) -> Iterator[Part]:
    """A plot for each set and condition, our own figures beside every baseline's."""
    for number, (of_set, condition) in enumerate(dict.fromkeys(map(_key, report.retrieval))):
        systems = {tables.OURS: [each for each in report.retrieval if _key(each) == (of_set, condition)]}
        for baseline in report.baselines:
            figures = [each for each in baseline.retrieval if _key(each) == (of_set, condition)]
            systems |= {baseline.system: figures} if figures else {}
        yield Part(
            (tables.retrieval_table(systems),),
            recall_bars(systems, f"recall-{number}"),
            f"{of_set}, {_CONDITIONS[condition]}",
        )


def _key(found: RetrievalFigures) -> tuple[str, str]:
    return found.slice.set_name, found.slice.condition


def _answer_parts(report: Report) -> Iterator[Part]:
    for name, figures in groupby(report.answers, key=lambda each: each.slice.set_name):
        yield Part((tables.answers_table(name, figures),))


def _refusal_sections(report: Report) -> Iterator[Section]:
    found = report.refusals
    if not found:
        return
    points = tables.refusals_table(found)
    yield Section(
        "Refusing",
        "Every threshold of the confidence refuses some unanswerable questions and some answerable ones; the dot is "
        "the threshold set. Further up and further left is better.",
        (Part(tuple(map(tables.curve_table, found)), refusal_curves(found)), Part((points,))),
    )
    yield Section(
        "Confidence",
        "How often questions were answerable, by the confidence their answers had; answerable and unanswerable "
        "questions weigh half each. On the dashed line confidence is right.",
        (Part(tuple(map(tables.reliability_table, found)), reliability(found)),),
    )


def _time_parts(report: Report) -> Iterator[Part]:
    rows = list(_times(report))
    if rows:
        yield Part((tables.seconds_table(rows),), seconds_lines(rows))


def _times(report: Report) -> Iterator[tuple[str, Seconds]]:
    """What was timed; a baseline once for each collection it was built over."""
    for name, took in (("searching", report.searching), ("answering", report.answering)):
        if took:
            yield f"{tables.OURS}, {name}", took
    homes = {name: each.name for each in report.run.collections for name in each.sets}
    for baseline in report.baselines:
        home = next((homes[each.slice.set_name] for each in baseline.retrieval if each.slice.set_name in homes), "")
        yield f"{baseline.system}, {home}" if len(report.run.collections) > 1 else baseline.system, baseline.seconds
