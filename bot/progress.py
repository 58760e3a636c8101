"""How far indexing has come, on standard error: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.load import count_articles
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.types import AskerLanguage

_LINE_SECONDS = 10.0
"""Seconds between two plain lines: a log stays short."""


class CountingProgress:
    """Counts what is done against how much there is to do; use it as a context manager."""

    def __init__(self, label: str, total: int, line_seconds: float = _LINE_SECONDS) -> None:
        """``label`` says what is being done; a plain line comes every ``line_seconds``."""
        self._console = Console(stderr=True, highlight=False)
        self._line_seconds = line_seconds
        self._label, self._total = label, total
        self._done = 0
        self._started = self._said = time.monotonic()
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=self._console, disable=not self._console.is_terminal, transient=True)
        self._task = self._bar.add_task(self._label, total=self._total, rate="")

    def __enter__(self) -> Self:
        """Show the bar where there is a terminal, else say how much there is to do."""
        self._bar.start()
        if self._bar.disable:
            self._console.print(f"{self._label}: 0/{self._total}")
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._bar.stop()

    def advance(self, count: int) -> None:
        """So many more are done."""
        self._done += count
        now = time.monotonic()
        rate = self._done / max(now - self._started, 1e-6)
        self._bar.update(self._task, advance=count, rate=f"{rate:.1f}/s")
        if self._bar.disable and now - self._said >= self._line_seconds:
            self._said = now
            left = max(self._total - self._done, 0) / rate
            self._console.print(f"{self._label}: {self._done}/{self._total}, {rate:.1f}/s, {left:.0f} s")


class IndexingProgress(CountingProgress):
    """Counts articles done against the number that the sources hold (an address: one page)."""

    def __init__(
        self, sources: Sequence[Path | str], language: AskerLanguage, line_seconds: float = _LINE_SECONDS
    ) -> None:
        total = sum(1 if isinstance(source, str) else count_articles(source) for source in sources)
        super().__init__(message("indexing", language), total, line_seconds)
