"""Cold start: commands in processes of their own, beside the bare import of the libraries that an answer needs."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, Spread, compared, judged
from tests.bench.pairing import alternate, seconds
from tests.bench.questions import questions
from tests.bench.stores import store_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.figures import Settings

_PROJECT = Path(__file__).parents[2]
_CITEWIRE = sys.executable, "-m", "bot.cli"
_IMPORT = sys.executable, "-c", "import llama_index.core, chromadb"
_BARE = sys.executable, "-c", ""
_AGAINST = "bare import of llama_index.core and chromadb"


def measure(bench: Settings) -> list[Figure]:
    """Seconds of a help text and of an answer, from the command to its end.

    All run once before, so that compiled files and the disk's cache are there: cold is the process, not the machine.
    """
    from index.compose import open_catalogue

    config = store_of(bench, min(bench.passages))
    question = next(questions(open_catalogue(config), bench.seed))
    store = str(config.store.path.resolve())
    commands = {
        "help": (*_CITEWIRE, "--help"),
        "ask": (*_CITEWIRE, "ask", question, "--store", store),
        "import": _IMPORT,
        "python": _BARE,
    }
    runs = {name: partial(seconds, partial(_run, command)) for name, command in commands.items()}
    for run in runs.values():
        run()
    bench.say("starting commands")
    took = alternate(bench.rounds, runs)
    started = Figure("cold", "citewire --help", "s", Spread.of(took["help"]))
    asked = Figure("cold", "citewire ask", "s", Spread.of(took["ask"]), at=min(bench.passages))
    return [
        judged(compared(asked, _AGAINST, took["ask"], took["import"]), most=1.5),
        compared(started, "python that does nothing", took["help"], took["python"]),
    ]


def _run(command: Sequence[str]) -> None:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    subprocess.run(command, cwd=_PROJECT, capture_output=True, check=True)
