"""Kills writers at random moments and looks what is left: `python -m tests.crash --rounds 200 --seed 1`.

Each round changes a folder, a feed and an export of small articles, starts a command (index, retention, watching the
folder or the feed, remove, import, or migrate from Chroma's folder to a server and back) on a real catalogue and a real
Chroma, and kills it: after a random time, at a step between the two stores, or at a statement of the catalogue. What it
had reported as stored or removed must be so, everything else as before or as wanted. Then the command runs to its end,
after which nothing may be missing, doubled, left over, or in another story than it belongs to. Only the model is a
stand-in.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp
from threading import Event
from typing import TYPE_CHECKING

from index import compose
from index.adapters import chroma_collection
from index.types import Selection
from tests.chroma_run import ChromaRun
from tests.crash_inside import arm, look, report, stand_in
from tests.crash_world import World, is_local
from tests.web_server import web_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crash_inside import Stored

COMMANDS = ("index", "index", "retention", "watch", "feed", "feed", "remove", "import", "import", "migrate")
MOMENTS = ("time", "time", "step", "statement")
_SERIES = 20
"""Rounds on one index; every other has Chroma write its files often, which it does by the thousand else."""
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Tally:
    """What the rounds came to; ``torn`` counts kills after which the vectors had to be made anew."""

    rounds: int = 0
    killed: int = 0
    announced: int = 0
    torn: int = 0
    failures: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds and print what was found; 1 where something was lost, doubled or left over."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    stand_in()
    tally, began = Tally(), time.monotonic()
    with TemporaryDirectory(prefix="citewire-chroma-") as folder, web_server() as web:
        server = ChromaRun(Path(folder))
        try:
            for first in range(0, options.rounds, _SERIES):
                random = Random(f"{options.seed}/{first}")  # noqa: S311 - repeatable, no secret
                world = World(Path(mkdtemp(prefix="citewire-crash-")), random, web, server.address)
                _series(world, range(first, min(first + _SERIES, options.rounds)), tally)
        finally:
            server.stop()
    seconds = time.monotonic() - began
    print(  # noqa: T201 - a command of its own
        f"seed {options.seed}: {tally.rounds} rounds, {tally.killed} killed at work, {tally.announced} left announced "
        f"vectors, {tally.torn} needed `check --repair`, {len(tally.failures)} failures, {seconds:.0f} s",
        *tally.failures,
        sep="\n",
    )
    return int(bool(tally.failures))


def _series(world: World, numbers: range, tally: Tally) -> None:
    often = {"batch_size": 2, "sync_threshold": 8} if numbers[0] // _SERIES % 2 else {}
    chroma_collection.CONFIGURATION["hnsw"] = {"space": "cosine", **often}  # type: ignore[typeddict-item] # its own keys
    for number in numbers:
        tally.rounds += 1
        found = _round(world, tally)
        if found:
            tally.failures.append(f"round {number} ({world.folder}): {found}")
            return
    shutil.rmtree(world.folder)


def _round(world: World, tally: Tally) -> str | None:
    """Kill, look, run again, look; what is wrong, None where nothing is."""
    random, before = world.random, dict(world.stored)
    command, moment = random.choice(COMMANDS), random.choice(MOMENTS)
    local = sorted(filter(is_local, before))  # an article of a feed that was removed does not come back
    gone = random.sample(local, min(3, len(local)))
    world.change()
    wanted = world.wanted(command, gone)
    at = random.uniform(0, world.seconds) if moment == "time" else random.randrange(60 if moment == "statement" else 12)
    said = f"{command}, killed by {moment} at {at:.2f}"
    world.log.write_text("", "utf-8")
    ended = _run(world, lambda: _work(world, command, gone, moment, int(at)), at if moment == "time" else 60)
    tally.killed += ended == -signal.SIGKILL
    if ended not in (0, -signal.SIGKILL):
        return f"{said}: {world.trouble()}"
    if _run(world, lambda: _look(world, before, wanted, finished=False), 120):
        return f"{said}: {world.trouble()}"
    announced, torn = (int(each) for each in (world.folder / "seen").read_text("utf-8").split())
    tally.announced, tally.torn = tally.announced + announced, tally.torn + torn
    began = time.monotonic()
    if _run(world, lambda: _work(world, command, gone, "never", 0), 120):
        return f"{said}, the second run: {world.trouble()}"
    world.seconds = 0.7 * world.seconds + 0.3 * (time.monotonic() - began)
    world.stored = wanted
    if command == "migrate" and before:
        world.address = world.elsewhere
    if _run(world, lambda: _look(world, wanted, wanted, finished=True), 120):
        return f"{said}, after the second run: {world.trouble()}"
    return None


def _run(world: World, work: Callable[[], None], seconds: float) -> int:
    """Do it in a process of its own, which is killed after so many seconds; how that ended."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001 - whatever it was, it goes no further
            (world.folder / "trouble").write_text(traceback.format_exc(), "utf-8")
            os._exit(1)
        os._exit(0)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _work(world: World, command: str, gone: list[str], moment: str, left: int) -> None:
    """The command itself; with a moment other than a time, it kills itself."""
    report(world.log)
    if moment in ("step", "statement"):
        arm(moment, left)
    config = world.config(command)
    if command in ("watch", "feed"):
        done = compose.open_watcher(config, Event()).round()
        assert done.locked is None
        assert not done.report.skipped, done.report.skipped
    elif command == "import":
        compose.import_articles(config, world.export, lambda _: None)
    elif command == "migrate":
        if world.stored:
            compose.migrate(config, world.elsewhere, drop=False, progress=lambda _: None)
    elif command != "remove":
        with compose.open_ingester(config) as ingester:
            ingester.ingest(list(config.sources.folders), _NOW, lambda _: None)
    elif gone:
        compose.remove_articles(config, Selection(ids=tuple(gone)))


def _look(world: World, before: Stored, wanted: Stored, *, finished: bool) -> None:
    seen = look(world.config("index"), world.log, before, wanted, finished=finished)
    (world.folder / "seen").write_text(" ".join(map(str, seen)), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
