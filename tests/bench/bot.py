"""The bot as it is served, in its own processes, on the emulator of Telegram's servers: many people ask at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.bench.asking import percentile, usual_size
from tests.bench.figures import Figure, Spread
from tests.bench.questions import questions
from tests.bench.stores import store_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.figures import Settings
    from tests.fake_bot_api import ControlClient

_PROJECT = Path(__file__).parents[2]
_SECONDS = 600.0
"""Longest wait for all answers of a round."""
_PAUSE = 0.2


def measure(bench: Settings) -> list[Figure]:
    """Answers a second, and how long people wait for the typing sign and for their answer, with all asking at once."""
    from index.compose import open_catalogue

    config = store_of(bench, usual_size(bench))
    asked = questions(open_catalogue(config), bench.seed)
    bench.say(f"{bench.people} people ask the bot")
    with emulator() as server, _served(server, config.store.path):
        crowd = count(1001)
        _round(server, crowd, [next(asked)])
        rounds = [_round(server, crowd, list(islice(asked, bench.people))) for _ in range(bench.rounds)]
    return list(_figures(rounds, bench.people, usual_size(bench)))


def _figures(rounds: Sequence[Sequence[tuple[float, float]]], people: int, size: int) -> Iterator[Figure]:
    crowd = f"{people} people at once"
    rate = Spread.of(len(each) / max(answered for _, answered in each) for each in rounds)
    yield Figure("bot", f"questions a second, {crowd}", "1/s", rate, at=size)
    for place, what in enumerate(("acknowledged", "answered")):
        for name, share in (("median", 0.5), ("p95", 0.95)):
            took = Spread.of(percentile([each[place] for each in waits], share) for waits in rounds)
            yield Figure("bot", f"{what} after, {name}, {crowd}", "s", took, at=size)


def _round(server: ControlClient, crowd: Iterator[int], asked: Sequence[str]) -> list[tuple[float, float]]:
    """Each person's seconds until the typing sign and until the answer, counted from their own message.

    Nobody has asked before: what follows an answer late is never taken for the next one's. Raises TimeoutError where
    somebody is left without an answer.
    """
    before = max((call["seq"] for call in server.transcript()), default=0)
    sent: dict[int, float] = {}
    for question in asked:
        user = next(crowd)
        sent[user] = time.time()
        server.send_message(text=question, user=user)
    calls = _answers(server, set(sent), before)
    typing, told = (_first(calls, method) for method in ("sendChatAction", "sendMessage"))
    # An answer that comes before the sign is an acknowledgement as well.
    return [(min(typing.get(user, told[user]), told[user]) - at, told[user] - at) for user, at in sent.items()]


def _answers(server: ControlClient, users: set[int], before: int) -> list[dict[str, Any]]:
    """The bot's calls after that one, once each of the users has a message."""
    give_up = time.monotonic() + _SECONDS
    while time.monotonic() < give_up:
        calls: list[dict[str, Any]] = server.transcript(after=before)
        if users <= _first(calls, "sendMessage").keys():
            return calls
        time.sleep(_PAUSE)
    raise TimeoutError(f"the bot left questions without an answer for {_SECONDS:.0f} seconds")


def _first(calls: Sequence[dict[str, Any]], method: str) -> dict[int, float]:
    """When a method was first called for each chat, by the emulator's clock, which is this machine's."""
    found: dict[int, float] = {}
    for call in calls:
        if call["method"].lower() == method.lower():
            found.setdefault(call["params"]["chat_id"], call["time"])
    return found


@contextmanager
def emulator() -> Iterator[ControlClient]:
    """The emulator in a process of its own, without flood control: Telegram's limit would be what is measured."""
    from tests.fake_bot_api import ControlClient

    command = [sys.executable, "-m", "tests.fake_bot_api", "--no-flood"]
    with subprocess.Popen(command, cwd=_PROJECT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield ControlClient(running.stdout.readline().strip())
        finally:
            running.terminate()


@contextmanager
def _served(server: ControlClient, store: Path) -> Iterator[None]:
    """`citewire serve` on the store, with a state of its own each time; its log is shown where it ends too early."""
    command = [sys.executable, "-m", "bot.cli", "serve", "--store", str(store.resolve())]
    environment = os.environ | {"TELEGRAM_BOT_TOKEN": server.token}
    for state in store.glob("telegram-*"):
        state.unlink()
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+b") as log:
        running = subprocess.Popen(
            [*command, "--base-url", f"{server.url}/bot"], cwd=_PROJECT, env=environment, stdout=log, stderr=log
        )
        try:
            yield
        except BaseException as error:
            error.add_note((Path(folder) / "log").read_text("utf-8", "replace")[-2000:])
            raise
        finally:
            running.terminate()
            running.wait(30)
