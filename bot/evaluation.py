"""Measuring an evaluation folder: what `citewire eval` does."""

from __future__ import annotations

import shlex
import sys
import time
from argparse import Namespace
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot import render_report, report_json
from bot.asking import query_of
from bot.evaluation_progress import EvaluationProgress
from bot.output import show_result
from index import compose
from index.errors import SourceError
from index.evaluate.figures import Run
from index.evaluate.machine import commit, this_machine
from index.evaluate.page import page, require_page
from index.evaluate.questions import read_folder
from index.evaluate.report import report
from index.evaluate.run import Examiner, sampled
from index.evaluate.weights_file import Provenance, weights_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.config import Config
    from index.evaluate.questions import Task
    from index.evaluate.run import TaskFindings
    from index.types import Language, Query


def evaluate_folder(options: Namespace, config: Config) -> int:
    """Ask an evaluation folder's questions and print the figures.

    Raises:
        SourceError: The folder is not one of evaluation files, or a file named beside it cannot be used.
        ConfigError: A library that only baselines or the page need is not installed.
    """
    _check(options)
    contenders, left_out = compose.open_baselines() if options.baselines else ((), ())
    tasks = [sampled(task, options.sample) if options.sample else task for task in read_folder(options.folder)]
    if options.fit:
        return _learn(options, config, tasks)
    started, clock = datetime.now().astimezone(), time.perf_counter()
    with EvaluationProgress() as progress:
        examiner = Examiner(options.distractors, contenders, _asked_as, progress)
        findings = [_examine(task, examiner, config) for task in tasks]
    found = report(_run(options, config, findings, started, time.perf_counter() - clock), findings, left_out)
    if options.html:
        _write(options.html, page(found))
    show_result(options, report_json.report(found), lambda: render_report.report(found))
    return 0


def _learn(options: Namespace, config: Config, tasks: Sequence[Task]) -> int:
    """Learn the weights from the collection whose questions have answers, and write them as a weights.toml."""
    task = next((task for task in tasks if any(each.answers for part in task.sets for each in part.questions)), None)
    if task is None:
        raise SourceError(str(options.folder), "no question here has an answer to learn from")
    with EvaluationProgress() as progress, compose.open_bench(config) as bench:
        weights = Examiner(options.distractors, (), _asked_as, progress).learn(task, bench)
        embedder = bench.ingester.embedder.fingerprint
    asked = sum(len(part.questions) for part in task.sets)
    provenance = Provenance(_command(), task.name, asked, embedder, version("citewire"))
    _write(options.fit, weights_file(weights, provenance))
    return 0


def _examine(task: Task, examiner: Examiner, config: Config) -> TaskFindings:
    with compose.open_bench(config) as bench:
        return examiner.examine(task, bench)


def _asked_as(question: str, languages: tuple[Language, ...]) -> Query:
    """The query that `citewire ask` makes of the question: the asker's language is found, not given."""
    typed = Namespace(lang=None, article_lang=languages, source=(), since=None, until=None)
    return query_of(typed, question)


def _check(options: Namespace) -> None:
    """Say at once what would fail only after a long measurement."""
    if options.html:
        require_page()
    for path in options.distractors:
        if not path.is_file():
            raise SourceError(str(path), "no such file; --distractors takes files of articles")
    for option, file in (("--html", options.html), ("--fit", options.fit)):
        if file and not file.parent.is_dir():
            raise SourceError(str(file), f"no such folder; {option} takes the name of a file to write")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceError(str(path), f"cannot be written: {error.strerror or error}") from error


def _command() -> str:
    return shlex.join(["citewire", *sys.argv[1:]])


def _run(
    options: Namespace, config: Config, findings: Sequence[TaskFindings], started: datetime, seconds: float
) -> Run:
    return Run(
        folder=str(options.folder),
        command=_command(),
        started=started.isoformat(timespec="seconds"),
        seconds=seconds,
        version=version("citewire"),
        commit=commit(),
        embedder=findings[0].embedder,
        threshold=config.answer.min_confidence,
        collections=tuple(finding.collection for finding in findings),
        machine=this_machine(),
    )
