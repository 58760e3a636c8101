"""A run's figures as JSON and as the text of RESULTS.md: ratios first, then what they are made of."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.evaluate.machine import commit, this_machine
from tests.bench.figures import SECTIONS, Figure, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.bench.figures import Settings

HEADINGS = {
    "indexing": "Indexing",
    "asking": "Asking, warm",
    "cold": "Cold start",
    "growth": "Growth",
    "bot": "The bot, on the emulator of Telegram's servers",
    "soak": "Many questions",
}
HOW = """\
Written by `make bench BENCH=--record`. Each figure is a median, with least and most in brackets; a ratio is ours
divided by the other's, taken within a round in which both ran, and above 1 where ours is more. Articles of other sizes
and another machine give other figures; ratios travel better."""
TRIED = """\
What a user would pick instead is LlamaIndex, as its documentation begins, or a package for cited answers that runs
locally. Of the latter these were looked at in the package index: what is in was installed and run, what is out was told
by what it requires and by its code.

- **txtai** 9.14: in. It embeds with a model from a local folder. It makes one vector an article, of the first 512
  tokens, and so does less work than ours.
- **piragi** 1.2: in where it is installed, with its hierarchical chunks: its default ones fetch a tokenizer of another
  model from a hub, whatever is set.
- **haiku.rag** 0.101, the nearest in kind: out; every release needs Python 3.12, and this is measured on 3.11, the
  oldest Python that is supported.
- **upii** 0.8: out; it needs NumPy below 2 and click below 8.2, against what the others run on, and a running Ollama.
- **proofrag-ai** 0.1: out; it needs sentence-transformers below 6, against the one measured here, and a service's key.
- **chatify-app** 0.4: out; it is an application in a browser that finds by words, without vectors.
- **paper-qa** 2026.8: out; it has a language model rate the passages of every question, and so measures that model.

LlamaIndex's default splits into 1,024 tokens of another model's, 200 of them shared with the next. Of such a chunk our
model reads the first 512 of its own tokens: the rest is never embedded, which saves LlamaIndex time."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, of which code, where and when, with which choices."""

    figures: tuple[Figure, ...]
    commit: str
    machine: str
    day: str
    choices: tuple[tuple[str, str], ...]

    @classmethod
    def now(cls, bench: Settings, figures: Sequence[Figure]) -> Run:
        """The run of this code on this machine, today."""
        made = this_machine()
        machine = f"{made.cpu}, {made.cores} cores, Python {made.python}, {made.platform}"
        return cls(tuple(figures), commit() or "unknown", machine, f"{datetime.now(UTC):%Y-%m-%d}", _choices(bench))


def as_json(run: Run) -> str:
    """All of it, for programs."""
    return json.dumps(asdict(run), ensure_ascii=False, indent=1)


def from_json(text: str) -> Run:
    """What ``as_json`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    found = json.loads(text)
    figures = tuple(_figure(each) for each in found.pop("figures"))
    choices = tuple((name, value) for name, value in found.pop("choices"))
    return Run(figures=figures, choices=choices, **found)


def markdown(run: Run) -> str:
    """RESULTS.md: how it was measured, the bars, then each part."""
    parts = [
        "# Benchmark",
        HOW,
        f"Commit {run.commit}; {run.day}; {run.machine}.\n{told(run.choices)}",
    ]
    judged = [each for each in run.figures if each.wanted]
    if judged:
        parts += ["## What must hold", _table(judged, bars=True)]
    for name in SECTIONS:
        mine = [each for each in run.figures if each.of == name]
        if mine:
            parts += [f"## {HEADINGS[name]}", _table(mine), *_stages(mine)]
    return "\n\n".join([*parts, "## Rivals tried", TRIED]) + "\n"


def told(choices: Iterable[tuple[str, str]]) -> str:
    """A run's choices as a sentence."""
    return f"Choices: {', '.join(f'{name} {value}' for name, value in choices)}."


def shown(found: Spread, unit: str = "") -> str:
    """A median with least and most, three digits of each."""
    spread = "" if found.least == found.most else f" ({digits(found.least)} to {digits(found.most)})"
    return f"{digits(found.median)}{spread} {unit}".rstrip()


def digits(value: float) -> str:
    """Three digits, whole thousands with commas, never an exponent."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.2g}" if 0 < size < 0.01 else f"{value:.3g}"


def head(*, bars: bool) -> tuple[str, ...]:
    """The cells above ``row``."""
    return ("measured", "at", "ratio", "against", "ours", *(("wanted", "holds") if bars else ()))


def row(each: Figure, *, bars: bool) -> tuple[str, ...]:
    """A figure as cells of a table in Markdown; with ``bars``, what is wanted of it and whether it holds."""
    at = f"{each.at:,}" if each.at else ""
    ratio = f"**{shown(each.ratio)}**" if each.ratio else ""
    cells = (each.name, at, ratio, each.against, shown(each.value, each.unit))
    return (*cells, each.wanted, "yes" if each.holds else "**no**") if bars else cells


def _table(figures: Iterable[Figure], *, bars: bool = False) -> str:
    lines = [head(bars=bars), ("---",) * len(head(bars=bars)), *(row(each, bars=bars) for each in figures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _stages(figures: Iterable[Figure]) -> Iterator[str]:
    for each in figures:
        if each.parts:
            stages = ", ".join(f"{stage} {digits(took)}" for stage, took in each.parts)
            yield f"{each.name}{f', at {each.at:,}' if each.at else ''}, in ms: {stages}."


def _figure(found: dict[str, Any]) -> Figure:
    value, ratio, parts = found.pop("value"), found.pop("ratio"), found.pop("parts")
    stages = tuple((stage, took) for stage, took in parts)
    return Figure(value=Spread(**value), ratio=Spread(**ratio) if ratio else None, parts=stages, **found)


def _choices(bench: Settings) -> tuple[tuple[str, str], ...]:
    source = "real" if bench.scale else "generated"
    sizes = "/".join(f"{each:,}" for each in bench.passages)
    return (
        ("articles", f"{bench.articles:,} ({source})"),
        ("large store", f"{bench.large:,} articles"),
        ("passages", sizes),
        ("rounds", str(bench.rounds)),
        ("seed", str(bench.seed)),
        ("questions", f"{bench.questions:,}"),
        ("people", str(bench.people)),
    )
