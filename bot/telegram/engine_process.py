"""What runs in the engine's process: the index is opened, then jobs are worked on in threads as they come."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.telegram.logs import REQUEST, set_up
from bot.telegram.workroom import threads
from index.compose import open_archive
from index.errors import CitewireError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from index.compose import Archive
    from index.config import Config

_LOG = logging.getLogger(__name__)

_NICENESS = 5
"""Where processors are few, acknowledging a question comes before computing an answer."""


@dataclass(frozen=True, slots=True)
class Order:
    """A job under its number, and the request it is done for; one that ``tells`` is given a way to."""

    number: int
    request: str
    job: Callable[..., Any]
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an order's job tells of how far it is."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order; number 0 tells whether the index was opened."""

    number: int
    result: Any = None
    error: CitewireError | None = None


def work(line: Connection, config: Config) -> None:
    """Work on orders from the line until it ends, which it does when the other side closes it or dies."""
    token = os.environ.pop("TELEGRAM_BOT_TOKEN", "")
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # the bot says when to stop
    if sys.platform != "win32":
        os.nice(_NICENESS)
    set_up(token, texts=config.telegram.log_texts)
    try:
        archive = open_archive(config)
    except CitewireError as error:
        line.send(Done(0, error=CitewireError(str(error))))
        return
    line.send(Done(0))
    _take_orders(line, archive, threads(config.telegram.workers))
    os._exit(0)  # threads that still compute would keep the process alive


def _take_orders(line: Connection, archive: Archive, at_once: int) -> None:
    """Fill orders as they come, until the line ends."""
    speaking, pool = threading.Lock(), ThreadPoolExecutor(at_once, thread_name_prefix="work")

    def send(words: Done | Told) -> None:
        """Say it on the line, one thread at a time."""
        with speaking:
            line.send(words)

    def fill(order: Order) -> None:
        """Work on an order, and send what came of it."""
        REQUEST.set(order.request)
        send(_filled(order, archive, send))

    with suppress(EOFError, OSError):
        while True:
            pool.submit(fill, line.recv())


def _filled(order: Order, archive: Archive, send: Callable[[Told], None]) -> Done:
    """What came of it; errors that only this process can unpack become words."""
    ways = [lambda value: send(Told(order.number, value))] if order.tells else []
    try:
        return Done(order.number, order.job(archive, *ways))
    except CitewireError as error:
        return Done(order.number, error=CitewireError(str(error)))
    except Exception as error:  # noqa: BLE001 - one job must not stop those beside it
        _LOG.exception("job failed")
        return Done(order.number, error=CitewireError(type(error).__name__))
