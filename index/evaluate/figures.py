"""What an evaluation finds: figures with their intervals, and what was run to get them.

Shares lie in [0, 1]. A figure belongs to a slice of the questions: a set, the language they are asked in, the language
of the documents, and how the documents were searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Condition = Literal["within", "open"]
"""``within``: only documents in the gold document's language are searched; ``open``: those of all languages at once."""

ALL = "all"
"""Stands for the language in a slice that takes all languages together."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % bootstrap interval; a share of nothing is told as 0.0."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Slice:
    """Which questions a figure is about; ``lang`` and ``doc_lang`` are ALL in the total of a set.

    ``set_name`` is the question file's name without its ending.
    """

    set_name: str
    lang: str
    doc_lang: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """How well documents were found: recall and nDCG of all gold documents of a question, MRR of the first."""

    slice: Slice
    questions: int
    recall_1: Interval
    recall_5: Interval
    recall_10: Interval
    mrr_10: Interval
    ndcg_10: Interval


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """How well questions with known answers were answered.

    ``sentence_1`` and ``sentence_3``: a gold answer stands in the first cited sentence, in one of the first three; a
    refusal counts as a miss. ``sentence_1_answered`` leaves the refused ones out. ``own_language``: the answer speaks
    the asker's language. ``exact_quotes``: share of ``citations`` whose quote is what the catalogue has at that place.
    """

    slice: Slice
    questions: int
    citations: int
    answered: Interval
    sentence_1: Interval
    sentence_3: Interval
    sentence_1_answered: Interval
    own_language: Interval
    exact_quotes: Interval


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What refusing below ``threshold`` of the confidence does.

    ``recall``: share of the unanswerable questions that are refused; ``precision``: share of the refused that are
    unanswerable; ``false_refusals``: share of the answerable ones that are refused.
    """

    threshold: float
    recall: Interval
    precision: Interval
    false_refusals: Interval


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of the trade-off between refusing the unanswerable and refusing the answerable."""

    threshold: float
    false_refusals: float
    recall: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Questions whose confidence lies in ``[low, high)``: how many, their mean confidence, the share answerable.

    Answerable and unanswerable questions weigh half each, whatever their numbers; both means are 0.0 in an empty bin.
    """

    low: float
    high: float
    questions: int
    confidence: float
    answerable: float


@dataclass(frozen=True, slots=True)
class RefusalFigures:
    """How well answerable and unanswerable questions in one language (or in ALL) are told apart.

    ``within_5`` and ``within_15`` are the thresholds that refuse the most while refusing at most 5 % and 15 % of the
    answerable questions; ``curve`` goes from the lowest threshold to the highest.
    """

    lang: str
    answerable: int
    unanswerable: int
    configured: OperatingPoint
    within_5: OperatingPoint
    within_15: OperatingPoint
    curve: tuple[CurvePoint, ...]
    calibration_error: Interval
    bins: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long one question took: the middle and the slow end, over so many questions."""

    questions: int
    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class BaselineFigures:
    """What another system finds on the documents and questions of one collection; ``seconds`` for one search."""

    system: str
    retrieval: tuple[RetrievalFigures, ...]
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A system that could not be compared with, and why."""

    system: str
    why: str


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents of one file with the distractors beside them, as they were indexed; ``seconds`` to index them.

    ``skipped``: documents that could not be indexed, so that no question about them finds its own.
    """

    name: str
    documents: int
    distractors: int
    passages: int
    skipped: int
    sets: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the figures were measured; ``cores`` are those that this process may use."""

    cpu: str
    cores: int
    python: str
    platform: str


@dataclass(frozen=True, slots=True)
class Run:
    """What was run: enough to run it again and to tell two reports apart. ``started`` is ISO 8601 with its zone."""

    folder: str
    command: str
    started: str
    seconds: float
    version: str
    commit: str | None
    embedder: str
    threshold: float
    collections: tuple[Collection, ...]
    machine: Machine


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an evaluation found. ``searching`` is one search of the documents, ``answering`` one whole answer.

    Where no question was of the kind, figures are empty and seconds None.
    """

    run: Run
    retrieval: tuple[RetrievalFigures, ...]
    answers: tuple[AnswerFigures, ...]
    refusals: tuple[RefusalFigures, ...]
    searching: Seconds | None
    answering: Seconds | None
    baselines: tuple[BaselineFigures, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
