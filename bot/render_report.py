"""An evaluation's report as tables that fit 80 columns. Pure; English only, since it speaks to developers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from index.evaluate.figures import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from index.evaluate.figures import (
        AnswerFigures,
        Interval,
        OperatingPoint,
        RefusalFigures,
        Report,
        RetrievalFigures,
        Run,
        Seconds,
        Slice,
    )

_CONDITIONS = {"within": "only documents in their language searched", "open": "all languages searched"}
_BOUNDS_WIDTH = 9
"""Characters that an interval takes at the most: ".123–.456"."""


def report(found: Report) -> RenderableType:
    """What was run, then retrieval, answers, refusals, baselines and times; intervals stand under their figures."""
    parts = [
        _run(found.run),
        *_retrieval(found.retrieval, "Finding documents"),
        *_answers(found.answers),
        *(_refusals(each) for each in found.refusals),
        *(table for each in found.baselines for table in _retrieval(each.retrieval, each.system)),
        _times(found),
        *(Text(f"Not compared: {each.system}: {each.why}") for each in found.left_out),
    ]
    return Group(*(line for part in parts for line in (part, Text())))


def _run(run: Run) -> RenderableType:
    lines = [
        f"{run.folder}, {run.started}, {run.seconds:.0f} s",
        f"citewire {run.version}, commit {run.commit or 'unknown'}",
        f"{run.embedder}",
        f"{run.machine.cpu}, {run.machine.cores} cores, Python {run.machine.python}, {run.machine.platform}",
    ]
    for each in run.collections:
        skipped = f", {each.skipped} could not be indexed" if each.skipped else ""
        lines.append(
            f"{each.name}: {each.documents} documents and {each.distractors} distractors in {each.passages} passages, "
            f"indexed in {each.seconds:.0f} s{skipped}"
        )
    return Text("\n".join(lines), style="dim")


def _retrieval(found: Sequence[RetrievalFigures], title: str) -> Iterator[RenderableType]:
    """A table for each set and condition."""
    for part, rows in groupby(found, key=lambda each: (each.slice.set_name, each.slice.condition)):
        table = _table("questions", "n")
        for name in ("recall@1", "recall@5", "recall@10", "MRR@10", "nDCG@10"):
            table.add_column(name, justify="right", min_width=_BOUNDS_WIDTH)
        for each in rows:
            cells = (each.recall_1, each.recall_5, each.recall_10, each.mrr_10, each.ndcg_10)
            table.add_row(_pair(each.slice), str(each.questions), *map(_figure, cells))
        yield Group(_title(f"{title}: {part[0]}, {_CONDITIONS[part[1]]}"), table)


def _answers(found: Sequence[AnswerFigures]) -> Iterator[RenderableType]:
    """A table for each set."""
    for name, rows in groupby(found, key=lambda each: each.slice.set_name):
        table = _table("questions", "n")
        for heading in ("answered", "sentence @1", "sentence @3", "@1 if answered", "asker's language", "exact quotes"):
            table.add_column(heading, justify="right", min_width=_BOUNDS_WIDTH)
        for each in rows:
            sentences = (each.answered, each.sentence_1, each.sentence_3, each.sentence_1_answered)
            cells = (*sentences, each.own_language, each.exact_quotes)
            table.add_row(_pair(each.slice), str(each.questions), *map(_figure, cells))
        yield Group(_title(f"Answering: {name}, {_CONDITIONS['within']}"), table)


def _refusals(found: RefusalFigures) -> RenderableType:
    title = f"Refusing: {_language(found.lang)}, {found.unanswerable} unanswerable and {found.answerable} answerable"
    table = _table("refuse where", "below")
    for name in ("recall", "precision", "false refusals"):
        table.add_column(name, justify="right", min_width=_BOUNDS_WIDTH)
    points: Mapping[str, OperatingPoint] = {
        "as set": found.configured,
        "5 % are false": found.within_5,
        "15 % are false": found.within_15,
    }
    for name, point in points.items():
        cells = (point.recall, point.precision, point.false_refusals)
        table.add_row(name, f"{point.threshold:.3f}", *map(_figure, cells))
    error = found.calibration_error
    return Group(
        _title(title), table, Text(f"Calibration error of the confidence: {error.value:.3f} ({_bounds(error)})")
    )


def _times(found: Report) -> RenderableType:
    table = _table("work", "n")
    table.add_column("median", justify="right")
    table.add_column("95 % within", justify="right")
    rows: list[tuple[str, Seconds | None]] = [("searching", found.searching), ("answering", found.answering)]
    homes = {name: each.name for each in found.run.collections for name in each.sets}
    rows += [(f"{each.system}, {homes[each.retrieval[0].slice.set_name]}", each.seconds) for each in found.baselines]
    for name, taken in rows:
        if taken:
            table.add_row(name, str(taken.questions), f"{taken.median:.3f}", f"{taken.p95:.3f}")
    return Group(_title("Seconds a question, all languages searched"), table)


def _title(text: str) -> Text:
    return Text(text, style="bold underline")


def _table(what: str, count: str) -> Table:
    """A table with a column for what a row is about and one for a number that goes with it."""
    table = Table(box=None, padding=(0, 1), pad_edge=False, collapse_padding=True)
    table.add_column(what)
    table.add_column(count, justify="right")
    return table


def _pair(part: Slice) -> str:
    return ALL if part.lang == ALL else f"{part.lang} > {part.doc_lang}"


def _language(lang: str) -> str:
    return "all languages" if lang == ALL else lang


def _figure(found: Interval) -> Text:
    return Text.assemble(f"{found.value:.3f}\n", (_bounds(found), "dim"))


def _bounds(found: Interval) -> str:
    """Both bounds in nine characters: without the zero that they begin with, 1 and 0 as they are."""
    return "–".join(
        f"{bound:.3f}".lstrip("0") if 0 < bound < 1 else f"{bound:.0f}" for bound in (found.low, found.high)
    )
