"""What the benchmark measures and how it is told to: figures, and the choices of one run."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

SECTIONS = ("indexing", "asking", "cold", "growth", "bot", "soak")
"""What ``Figure.of`` may be, in the order of reports."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several measurements, with the least and the most of them."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Raises ValueError where there is no value."""
        found = sorted(values)
        if not found:
            raise ValueError("no value was measured")
        return cls(statistics.median(found), found[0], found[-1])


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured; ``of`` groups figures.

    ``against`` says in words what it is compared with; ``ratio`` is ours divided by that, measured in alternation and
    taken pair by pair. ``wanted`` is the bar in words, ``holds`` whether the median keeps it. ``at`` is a size
    (passages or articles) for plots of growth, ``parts`` where the time goes: stages with their milliseconds.
    """

    of: str
    name: str
    unit: str
    value: Spread
    against: str = ""
    ratio: Spread | None = None
    wanted: str = ""
    holds: bool | None = None
    at: int | None = None
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one run.

    ``articles`` are indexed; ``passages`` are the sizes of stores that are asked; every figure is the median of so many
    ``rounds``. ``work`` keeps stores from run to run; ``scale`` holds ``*.jsonl.gz`` of real articles, None for
    generated ones. ``rivals`` names those measured beside ours, all of them where it is empty. ``questions`` are those
    of the soak, ``people`` those who use the bot at once, ``large`` the articles of the store to which one is added.
    """

    articles: int
    passages: tuple[int, ...]
    rounds: int
    seed: int
    work: Path
    scale: Path | None = None
    rivals: tuple[str, ...] = ()
    questions: int = 20_000
    people: int = 50
    large: int = 20_000
    say: Callable[[str], None] = print


def compared(figure: Figure, against: str, ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """The figure with its ratio to what it is compared with: ours divided by theirs, round by round.

    Raises ValueError where there are no rounds, or not as many of each.
    """
    ratio = Spread.of(mine / other for mine, other in zip(ours, theirs, strict=True))
    return replace(figure, against=against, ratio=ratio)


def judged(figure: Figure, *, least: float | None = None, most: float | None = None) -> Figure:
    """The figure with its bar: what the median of its ratio, or of its value where it has none, is to keep."""
    found = (figure.ratio or figure.value).median
    words = [f"{name} {bar:g}" for name, bar in (("at least", least), ("at most", most)) if bar is not None]
    holds = (least is None or found >= least) and (most is None or found <= most)
    return replace(figure, wanted=", ".join(words), holds=holds)
