"""Reports for people and for programs: every figure is there, at 80 columns and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from bot import render_report, report_json
from tests.evaluation_samples import report_run, sample_report


def _drawn(width: int = 80) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width).print(render_report.report(sample_report()))
    return stream.getvalue()


def test_tables_fit_eighty_columns() -> None:
    """Nothing is cut off or broken."""
    assert "…" not in _drawn()
    assert max(len(line) for line in _drawn().splitlines()) <= 80


@pytest.mark.parametrize(
    "words",
    [
        "citewire 0.1.0, commit unknown",
        "stories: 9 documents and 2 distractors in 11 passages, indexed in 3 s, 1 could not be indexed",
        "Finding documents: facts, only documents in their language searched",
        "Answering: facts, only documents in their language searched",
        "Refusing: all languages, 3 unanswerable and 5 answerable",
        "Calibration error of the confidence: 0.500 (.250–.754)",
        "word search: facts, all languages searched",
        "word search, stories",
        "Not compared: a guess: nobody made one",
    ],
)
def test_every_part_is_drawn(words: str) -> None:
    """What was run, each kind of figure, the baselines and the times."""
    assert words in _drawn(width=120)


def test_rows_tell_pair_count_figure_and_interval() -> None:
    """A row's figures stand above their intervals; a bound of 1 or 0 is written short."""
    lines = _drawn().splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith("uk > uk"))
    assert lines[row].split() == ["uk", ">", "uk", "1135", *["0.500"] * 6]
    assert lines[row + 1].split() == [".250–.754"] * 6
    assert "1–1" in _drawn()


def test_what_was_not_measured_is_not_drawn() -> None:
    """A report of nothing but a run still draws."""
    empty = replace(sample_report(), retrieval=(), answers=(), refusals=(), searching=None, baselines=())
    stream = io.StringIO()
    Console(file=stream, width=80).print(render_report.report(empty))
    assert "Finding" not in stream.getvalue()
    assert "answering" not in stream.getvalue()


def test_the_document_has_every_field() -> None:
    """Nested dataclasses become objects, tuples lists, and what is missing null."""
    document = json.loads(json.dumps(report_json.report(sample_report())))
    assert list(document)[:7] == ["run", "retrieval", "answers", "refusals", "searching", "answering", "baselines"]
    assert document["run"]["collections"][0]["sets"] == ["crossing", "facts", "unknown"]
    assert document["retrieval"][1]["slice"] == {
        "set_name": "facts",
        "lang": "en",
        "doc_lang": "en",
        "condition": "within",
    }
    assert document["refusals"][0]["bins"][1] == {
        "low": 0.9,
        "high": 1.0,
        "questions": 5,
        "confidence": 0.95,
        "answerable": 1.0,
    }
    assert document["answering"] is None


def test_figures_are_rounded_and_counts_stay_whole() -> None:
    """Four digits are more than the intervals bear."""
    document = report_json.report(sample_report())
    assert document["answers"][0]["sentence_1"] == {"value": 0.5, "low": 0.25, "high": 0.7543}
    assert document["answers"][0]["questions"] == 1135
    assert document["run"]["commit"] is report_run().commit
