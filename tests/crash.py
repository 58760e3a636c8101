"""Kills writers at random moments and looks what is left: `python -m tests.crash --rounds 200 --seed 1`.

Each round changes a folder of small articles, starts a command over it (index, retention, watch, remove) on a real
catalogue and a real Chroma, and kills it: after a random time, at a step between the two stores, or at a statement of
the catalogue. What it had reported as stored or removed must be so, everything else as before or as wanted. Then the
command runs to its end, after which nothing may be missing, doubled or left over. Only the model is a stand-in.
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
from tempfile import mkdtemp
from threading import Event
from typing import TYPE_CHECKING

from index import compose
from index.adapters import chroma_collection
from index.config import ChunkSettings, Config, SourcesSettings, StoreSettings
from index.types import Selection
from tests.crash_inside import arm, article, is_old, look, report, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crash_inside import Stored

COMMANDS = ("index", "index", "retention", "watch", "remove")
MOMENTS = ("time", "time", "step", "statement")
_SERIES = 20
"""Rounds on one index; every other has Chroma write its files often, which it does by the thousand else."""
_KEEP_DAYS = 3650
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Tally:
    """What the rounds came to; ``torn`` counts kills after which the vectors had to be made anew."""

    rounds: int = 0
    killed: int = 0
    announced: int = 0
    torn: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass
class World:
    """A folder of articles, the index over it, and what must be in that."""

    folder: Path
    random: Random
    files: Stored = field(default_factory=dict)
    stored: Stored = field(default_factory=dict)
    versions: int = 0
    seconds: float = 0.3

    @property
    def log(self) -> Path:
        """What a command reports as done, line by line."""
        return self.folder / "log"

    def trouble(self) -> str:
        """What a process said of itself before it ended."""
        file = self.folder / "trouble"
        return file.read_text("utf-8") if file.exists() else "no word"

    def config(self, command: str) -> Config:
        """The settings under which a command runs."""
        articles = self.folder / "articles"
        return Config(
            store=StoreSettings(path=self.folder / "store", keep_days=_KEEP_DAYS * (command == "retention")),
            chunk=ChunkSettings(min_words=10, max_words=20),
            sources=SourcesSettings(folders=(articles,)),
        )

    def change(self) -> None:
        """Add, rewrite and delete some articles."""
        (self.folder / "articles").mkdir(exist_ok=True)
        for _ in range(self.random.randint(1, 6)):
            name = f"a{self.random.randrange(24)}"
            path = self.folder / "articles" / f"{name}.jsonl"
            if name in self.files and self.random.random() < 0.3:
                del self.files[name]
                path.unlink()
                continue
            self.versions += 1
            self.files[name] = self.versions
            path.write_text(article(name, self.versions), "utf-8")

    def wanted(self, command: str, gone: list[str]) -> Stored:
        """What is stored once the command has run to its end."""
        if command == "remove":
            return {name: version for name, version in self.stored.items() if name not in gone}
        return {name: each for name, each in self.files.items() if command != "retention" or not is_old(name)}


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds and print what was found; 1 where something was lost, doubled or left over."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    stand_in()
    tally, began = Tally(), time.monotonic()
    for first in range(0, options.rounds, _SERIES):
        random = Random(f"{options.seed}/{first}")  # noqa: S311 - repeatable, no secret
        _series(random, min(_SERIES, options.rounds - first), tally, first)
    seconds = time.monotonic() - began
    print(  # noqa: T201 - a command of its own
        f"seed {options.seed}: {tally.rounds} rounds, {tally.killed} killed at work, {tally.announced} left announced "
        f"vectors, {tally.torn} needed `check --repair`, {len(tally.failures)} failures, {seconds:.0f} s",
        *tally.failures,
        sep="\n",
    )
    return int(bool(tally.failures))


def _series(random: Random, rounds: int, tally: Tally, first: int) -> None:
    often = {"batch_size": 2, "sync_threshold": 8} if first // _SERIES % 2 else {}
    chroma_collection.CONFIGURATION["hnsw"] = {"space": "cosine", **often}  # type: ignore[typeddict-item] # its own keys
    world = World(Path(mkdtemp(prefix="citewire-crash-")), random)
    for number in range(first, first + rounds):
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
    gone = random.sample(sorted(before), min(3, len(before)))
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
    if command == "watch":
        done = compose.open_watcher(config, Event()).round()
        assert done.locked is None
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
