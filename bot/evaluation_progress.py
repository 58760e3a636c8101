"""How far a measurement has come, on standard error: a bar on a terminal, a line a piece of work elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from rich.progress import TaskID


class EvaluationProgress:
    """The Watcher of an evaluation; use it as a context manager. English only: it speaks to developers."""

    def __init__(self) -> None:
        """Nothing is shown yet."""
        self._console = Console(stderr=True, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, disable=not self._console.is_terminal, transient=True)
        self._work: TaskID | None = None

    def __enter__(self) -> Self:
        """Show the bar where there is a terminal."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._bar.stop()

    def begin(self, work: str, total: int) -> None:
        """So many steps of this work lie ahead; work without any is not shown."""
        if self._work is not None:
            self._bar.remove_task(self._work)
        self._work = self._bar.add_task(work, total=total) if total else None
        if self._bar.disable and total:
            self._console.print(f"{work}: {total}")

    def advance(self, steps: int) -> None:
        """So many more are done."""
        if self._work is not None:
            self._bar.advance(self._work, steps)
