"""From the findings of all tasks to one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.evaluate.answers import answer_figures
from index.evaluate.figures import ALL, Report
from index.evaluate.refusals import refusal_figures
from index.evaluate.timing import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.evaluate.figures import AnswerFigures, LeftOut, RefusalFigures, Run
    from index.evaluate.run import Judged, TaskFindings


def report(run: Run, findings: Sequence[TaskFindings], left_out: tuple[LeftOut, ...] = ()) -> Report:
    """All figures of a run; those of refusals and of time are over all of its tasks."""
    return Report(
        run=run,
        retrieval=tuple(figures for finding in findings for figures in finding.retrieval),
        answers=tuple(_answer_figures(findings)),
        refusals=tuple(_refusal_figures(findings, run.threshold)),
        searching=seconds([each for finding in findings for each in finding.searching]),
        answering=seconds([each for finding in findings for each in finding.answering]),
        baselines=tuple(each for finding in findings for each in finding.baselines),
        left_out=left_out,
    )


def _answer_figures(findings: Iterable[TaskFindings]) -> Iterator[AnswerFigures]:
    """The answer figures of every set whose questions have known answers."""
    for finding in findings:
        for part, judged in finding.judged:
            yield from answer_figures(part.name, [each for each in judged if each[0].answers])


def _refusal_figures(findings: Iterable[TaskFindings], threshold: float) -> Iterator[RefusalFigures]:
    """The refusal figures over the tasks that have unanswerable questions: for all languages, then for each.

    Answerable are questions with known answers in their own language. Those across languages are left out: their
    false refusals are told by the share answered.
    """
    judged = _judged_where_refused(findings)
    for lang in (ALL, *sorted({question.lang for question, _ in judged})):
        asked = [each for each in judged if lang in (ALL, each[0].lang)]
        answerable = [outcome for question, outcome in asked if question.kind == "mono"]
        unanswerable = [outcome for question, outcome in asked if question.kind == "unanswerable"]
        figures = refusal_figures(lang, answerable, unanswerable, threshold)
        if figures:
            yield figures


def _judged_where_refused(findings: Iterable[TaskFindings]) -> Judged:
    """All that was judged in the tasks that have unanswerable questions."""
    judged: Judged = []
    for finding in findings:
        of_task = [each for _, part in finding.judged for each in part]
        if any(question.kind == "unanswerable" for question, _ in of_task):
            judged += of_task
    return judged
