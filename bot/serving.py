"""``citewire serve``: the token, the log, the state and the index, opened in this order, and the service over them."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from bot.telegram.engine_room import EngineRoom
from bot.telegram.logs import set_up
from bot.telegram.service import Service
from bot.telegram.state import State, state_file
from index import compose
from index.errors import ConfigError, StoreError, StoreLocked

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from index.config import Config


def serve(options: argparse.Namespace, config: Config) -> int:
    """Answer in Telegram until stopped."""
    token = _token(os.environ)
    webhook = _webhook(options.webhook)
    set_up(token, texts=config.telegram.log_texts)
    catalogue = compose.open_catalogue(config)
    with _alone(state_file(config.store.path, token)) as path, closing(State.open(path)) as state:
        engine = EngineRoom(config)
        service = Service(config, token, engine, catalogue, state, webhook, options.take_over)
        asyncio.run(_serve(service, engine))
    return 0


async def _serve(service: Service, engine: EngineRoom) -> None:
    """Run the service until SIGTERM or SIGINT, while the index is opened in its process: that takes some seconds."""
    serving = asyncio.ensure_future(service.run())
    opening = asyncio.ensure_future(engine.start())
    opening.add_done_callback(lambda opened: opened.cancelled() or (opened.exception() and serving.cancel()))
    with suppress(NotImplementedError):  # on Windows, Ctrl-C ends it without more ado
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(
                each, _stop, serving, service.config.telegram.shutdown_seconds
            )
    try:
        await serving
    except asyncio.CancelledError:
        if opening.done():
            opening.result()
    finally:
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        await engine.close()


def _stop(serving: asyncio.Future[None], seconds: float) -> None:
    """End the service in order; whatever still hangs after so many seconds, the process ends: all is written down."""
    serving.cancel()
    watch = threading.Timer(seconds, os._exit, (0,))
    watch.daemon = True
    watch.start()


def _token(environ: Mapping[str, str]) -> str:
    token = environ.get("TELEGRAM_BOT_TOKEN", "").strip()
    if not token:
        raise ConfigError("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather in Telegram and set it")
    if not re.fullmatch(r"\d+:[\w-]+", token):
        raise ConfigError(
            "TELEGRAM_BOT_TOKEN is no token: it has the form 123456:ABC-DEF; copy it anew from @BotFather"
        )
    return token


def _webhook(url: str | None) -> str | None:
    if url and not (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname):
        raise ConfigError(f"--webhook {url}: not an address such as https://bot.example.org/citewire")
    return url


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """Hold the lock of a bot's state. Raises StoreLocked where another process has it."""
    lock = FileLock(path.with_suffix(".lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StoreLocked(f"{path}: this bot is being served from here already; stop that process first") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    try:
        yield path
    finally:
        lock.release()
