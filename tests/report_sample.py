"""A made-up evaluation report, small and with a set whose name is hostile."""

from __future__ import annotations

from typing import get_args

from index.evaluate.figures import (
    ALL,
    AnswerFigures,
    BaselineFigures,
    Collection,
    Condition,
    CurvePoint,
    Interval,
    LeftOut,
    Machine,
    OperatingPoint,
    RefusalFigures,
    ReliabilityBin,
    Report,
    RetrievalFigures,
    Run,
    Seconds,
    Slice,
)

HOSTILE = '<script id="x" src="http://example.org/x.js">$\\frac$_&"\'#010203 новини 新闻'
PAIRS = ((ALL, ALL), ("en", "en"), ("en", "ru"), ("ru", "en"), ("ru", "ru"), ("uk", "uk"))


def sample_report() -> Report:
    """Two sets over one collection each, one baseline, three languages."""
    return Report(
        run=_run(),
        retrieval=(*_retrieval("plain", 0.8), *_retrieval(HOSTILE, 0.7)),
        answers=tuple(_answers(Slice("plain", *pair, "within")) for pair in PAIRS),
        refusals=tuple(_refusals(lang, 0.1 * place) for place, lang in enumerate((ALL, "en", "ru", "uk"))),
        searching=Seconds(50, 0.021, 0.044),
        answering=Seconds(50, 0.187, 0.3123),
        baselines=(
            BaselineFigures("BM25 on words", _retrieval("plain", 0.55), Seconds(50, 0.0006, 0.0012)),
            BaselineFigures("BM25 on words", _retrieval(HOSTILE, 0.45), Seconds(50, 0.0007, 0.0013)),
            BaselineFigures("dense only", _retrieval("plain", 0.75), Seconds(50, 0.019, 0.03)),
            BaselineFigures("LlamaIndex default", _retrieval("plain", 0.6), Seconds(50, 0.06, 0.09)),
        ),
        left_out=(LeftOut("Chroma default embedding", "its model is not here"),),
    )


def _run() -> Run:
    collections = tuple(Collection(name, 700, 0, 1500, 1, (name,), 61.7) for name in ("plain", HOSTILE))
    machine = Machine("Some Processor", 2, "3.11.9", "Linux")
    return Run("eval/dev", "citewire eval eval/dev", "2026-01-02", 99.0, "0.1", None, "e5", 0.5, collections, machine)


def _retrieval(set_name: str, value: float) -> tuple[RetrievalFigures, ...]:
    return tuple(
        RetrievalFigures(
            Slice(set_name, *pair, condition), 60, *(_interval(value + 0.01 * place + k / 50) for k in range(5))
        )
        for condition in get_args(Condition)
        for place, pair in enumerate(PAIRS)
    )


def _answers(part: Slice) -> AnswerFigures:
    return AnswerFigures(part, 60, 120, *(_interval(value) for value in (0.9, 0.6, 0.8, 0.7, 1.0, float("nan"))))


def _refusals(lang: str, shift: float) -> RefusalFigures:
    point = OperatingPoint(0.5, _interval(0.7 - shift), _interval(0.6), _interval(0.1 + shift / 3))
    curve = tuple(CurvePoint(x / 10, x / 10, min(1, (x / 10) ** 0.5 + shift / 4)) for x in range(11))
    bins = tuple(
        ReliabilityBin(x / 10, (x + 1) / 10, 0 if x == 4 else 9, x / 10 + 0.05, min(1, x / 10 + shift))
        for x in range(10)
    )
    return RefusalFigures(lang, 80, 40, point, point, point, curve, _interval(0.123), bins)


def _interval(value: float) -> Interval:
    return Interval(value, value - 0.041, min(1.0, value + 0.032))
