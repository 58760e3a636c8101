"""``citewire watch``, and the same within the bot: rounds over folders and feeds, on a schedule, until stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot import json_form
from bot.asking import spoken_language
from bot.output import print_json
from index import compose
from index.errors import CitewireError
from prompts import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from bot.telegram.examples import Examples
    from bot.telegram.workroom import Workroom
    from index.compose import Archive
    from index.config import Config
    from index.types import AskerLanguage
    from index.watch import Round, Watcher

_LOG = logging.getLogger(__name__)
_TO_END = 8.0
"""Seconds in which a writing that has begun may end; after that the process does: an index bears being cut off."""
_LONGEST_ROUND = 6 * 3600.0
_NAMED = 20
"""Sources that could not be read, named in one line of the bot's log."""


def watch(options: argparse.Namespace, config: Config) -> int:
    """Keep the index in line with its sources until SIGTERM or SIGINT, or for one round; 1 where that gave nothing."""
    stopped, language = threading.Event(), spoken_language(options, os.environ)
    tell = _tell_json if options.json else lambda done: _tell(done, language)
    rounds = _Rounds(compose.open_watcher(config, stopped), config.sources.minutes * 60.0, tell, once=options.once)
    # In a thread: a server that keeps us waiting must not keep us from ending.
    work = threading.Thread(target=rounds.work, name="rounds", daemon=True)
    with _signals_set(stopped):
        work.start()
        while work.is_alive() and not stopped.is_set():
            work.join(0.2)
        work.join(_TO_END)
    if work.is_alive():
        sys.stdout.flush()
        os._exit(0)
    if rounds.trouble:
        raise rounds.trouble
    return 1 if options.once and rounds.last and _is_vain(rounds.last) else 0


@dataclass(slots=True)
class _Rounds:
    """Round after round; the last one, or what ended them, is left behind."""

    watcher: Watcher
    seconds: float
    tell: Callable[[Round], None]
    once: bool
    last: Round | None = field(default=None, init=False)
    trouble: Exception | None = field(default=None, init=False)

    def work(self) -> None:
        """Rounds until told to stop, or one; an error ends them and is kept."""
        stopped = self.watcher.hosts.stopped
        try:
            while not stopped.is_set():
                self.last = self.watcher.round()
                self.tell(self.last)
                if self.once or stopped.wait(max(self.seconds - self.last.report.seconds, 1.0)):
                    break
        except Exception as error:  # noqa: BLE001 - told in the main thread
            self.trouble = error


async def keep_watching(workroom: Workroom, examples: Examples, seconds: float) -> None:
    """Rounds as jobs of the bot's engine, each so many seconds after the one before began; never ends."""
    loop = asyncio.get_running_loop()
    while True:
        begun = loop.time()
        try:
            done = await workroom.run_aside(_round, _LONGEST_ROUND)
        except (CitewireError, TimeoutError) as error:
            _LOG.warning("a round failed", extra={"fields": {"reason": str(error) or type(error).__name__}})
        else:
            _LOG.info("round", extra={"fields": _logged(done)})
            if done.report.added or done.report.updated or done.report.removed:
                examples.renew()
        await asyncio.sleep(max(seconds - (loop.time() - begun), 1.0))


def _round(archive: Archive) -> Round:
    return archive.watcher().round()


@contextmanager
def _signals_set(stopped: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set the event meanwhile."""
    wanted = (signal.SIGTERM, signal.SIGINT)
    former = [signal.signal(each, lambda *_: stopped.set()) for each in wanted]
    try:
        yield
    finally:
        for each, handler in zip(wanted, former, strict=True):
            signal.signal(each, handler)


def _is_vain(done: Round) -> bool:
    report = done.report
    changed = report.added + report.updated + report.unchanged + report.removed
    return done.locked is not None or (changed == 0 and bool(report.skipped))


def _tell(done: Round, language: AskerLanguage) -> None:
    """One line on standard output; what could not be read, on standard error."""
    report = done.report
    counts = {"added": report.added, "updated": report.updated, "removed": report.removed}
    parts = [f"{message(f'indexed_{name}', language)} {count}" for name, count in counts.items() if count]
    parts = parts or [message("watched_nothing", language)]
    if report.skipped:
        parts.append(message("indexed_skipped", language, count=len(report.skipped)))
    if done.locked:
        parts.append(message("watched_locked", language))
    for each in report.skipped:
        print(f"  {each.source}: {each.reason}", file=sys.stderr, flush=True)  # noqa: T201 - the command line prints
    print(f"{done.at.astimezone():%Y-%m-%d %H:%M:%S}  {', '.join(parts)}", flush=True)  # noqa: T201 - likewise


def _tell_json(done: Round) -> None:
    print_json(json_form.watched(done))


def _logged(done: Round) -> dict[str, object]:
    document = json_form.watched(done)
    return {**document, "skipped": document["skipped"][:_NAMED], "skipped_count": len(done.report.skipped)}
