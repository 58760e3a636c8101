"""A report's figures as tables of text: what the page shows beside and instead of its plots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.evaluate.figures import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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

OURS = "Citewire"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a heading; the first cell of a row says what the row is about.

    ``prose`` tells cells of words, which may be wrapped, from figures, which stand as they are.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    prose: bool = False


def run_table(run: Run) -> Table:
    """What was run, where and with what code."""
    machine = run.machine
    rows = (
        ("Folder", run.folder),
        ("Command", run.command),
        ("Started", run.started),
        ("Took", f"{run.seconds:.0f} s"),
        ("Version", f"{run.version}, commit {run.commit or 'unknown'}"),
        ("Embedding model", run.embedder),
        ("Refuses below", f"confidence {run.threshold:g}"),
        ("Machine", f"{machine.cpu}, {machine.cores} cores, Python {machine.python}, {machine.platform}"),
    )
    return Table("This run", ("what", "value"), rows, prose=True)


def collections_table(run: Run) -> Table:
    """What was indexed."""
    head = ("collection", "documents", "distractors", "passages", "not indexed", "seconds to index", "questions")
    rows = (
        (
            each.name,
            str(each.documents),
            str(each.distractors),
            str(each.passages),
            str(each.skipped),
            f"{each.seconds:.0f}",
            ", ".join(each.sets),
        )
        for each in run.collections
    )
    return Table("Documents indexed", head, tuple(rows), prose=True)


def left_out_table(found: Report) -> Table:
    """The systems that are not in the comparison, and why."""
    rows = tuple((each.system, each.why) for each in found.left_out)
    return Table("Not compared", ("system", "reason"), rows, prose=True)


def retrieval_table(systems: Mapping[str, Sequence[RetrievalFigures]]) -> Table:
    """One set under one condition: for each language pair what each system finds."""
    head = ("questions → documents", "system", "questions", "recall@1", "recall@5", "recall@10", "MRR@10", "nDCG@10")
    rows = [(pair(each.slice), system, each) for system, figures in systems.items() for each in figures]
    rows.sort(key=lambda row: row[0] != ALL)
    order = list(dict.fromkeys(name for name, _, _ in rows))
    rows.sort(key=lambda row: order.index(row[0]))
    return Table("Recall, MRR and nDCG", head, tuple(_retrieval_row(*row) for row in rows))


def _retrieval_row(name: str, system: str, found: RetrievalFigures) -> tuple[str, ...]:
    figures = (found.recall_1, found.recall_5, found.recall_10, found.mrr_10, found.ndcg_10)
    return (name, system, str(found.questions), *map(interval, figures))


def answers_table(name: str, found: Iterable[AnswerFigures]) -> Table:
    """One set: how its questions were answered."""
    head = (
        "questions → documents",
        "questions",
        "answered",
        "answer in sentence 1",
        "answer in sentences 1 to 3",
        "in sentence 1, of the answered",
        "in the asker's language",
        "citations",
        "exact quotes",
    )
    return Table(name, head, tuple(map(_answers_row, found)))


def _answers_row(found: AnswerFigures) -> tuple[str, ...]:
    shares = (found.answered, found.sentence_1, found.sentence_3, found.sentence_1_answered, found.own_language)
    figures = map(interval, shares)
    return (pair(found.slice), str(found.questions), *figures, str(found.citations), interval(found.exact_quotes))


def refusals_table(found: Iterable[RefusalFigures]) -> Table:
    """For each language: what the configured threshold does, and what others would do."""
    head = (
        "language",
        "threshold",
        "below",
        "unanswerable refused",
        "refused that are unanswerable",
        "answerable refused",
    )
    rows = []
    for each in found:
        points = {"as set": each.configured, "at most 5 %": each.within_5, "at most 15 %": each.within_15}
        rows += [(language(each.lang), name, *_point(point)) for name, point in points.items()]
    return Table("Refusals by threshold", head, tuple(rows))


def _point(point: OperatingPoint) -> tuple[str, ...]:
    figures = (point.recall, point.precision, point.false_refusals)
    return (f"{point.threshold:.3f}", *map(interval, figures))


def curve_table(found: RefusalFigures) -> Table:
    """The points of one language's trade-off curve."""
    head = ("threshold", "answerable refused", "unanswerable refused")
    rows = ((f"{each.threshold:.3f}", f"{each.false_refusals:.3f}", f"{each.recall:.3f}") for each in found.curve)
    return Table(f"Trade-off: {language(found.lang)}", head, tuple(rows))


def reliability_table(found: RefusalFigures) -> Table:
    """One language's confidence against how often it was right."""
    error = interval(found.calibration_error).replace("\n", " ")
    head = ("confidence", "questions", "mean confidence", "share answerable")
    rows = (
        (f"{each.low:.1f} to {each.high:.1f}", str(each.questions), f"{each.confidence:.3f}", f"{each.answerable:.3f}")
        for each in found.bins
        if each.questions
    )
    return Table(f"{language(found.lang).capitalize()}: calibration error {error}", head, tuple(rows))


def seconds_table(rows: Iterable[tuple[str, Seconds]]) -> Table:
    """How long one question took."""
    head = ("work", "questions", "median", "95th percentile")
    cells = ((name, str(took.questions), f"{took.median:.4f}", f"{took.p95:.4f}") for name, took in rows)
    return Table("Seconds a question", head, tuple(cells))


def pair(part: Slice) -> str:
    """The languages of questions and documents, ALL for the total of a set."""
    return ALL if part.lang == ALL else f"{part.lang} → {part.doc_lang}"


def language(lang: str) -> str:
    """A language as a reader sees it."""
    return "all languages" if lang == ALL else lang


def interval(found: Interval) -> str:
    """A figure above its bounds; a dash where there was nothing to measure."""
    if math.isnan(found.value):
        return "–"
    return f"{found.value:.3f}\n({found.low:.3f}–{found.high:.3f})"
