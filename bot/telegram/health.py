"""A local page that says whether the bot is well (/healthz), and one with its figures for Prometheus (/metrics)."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http import HTTPStatus
from io import StringIO
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from bot.telegram.metrics import Metrics

_HOST = "127.0.0.1"
_JSON = "application/json"
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_POLL_SECONDS = 0.1


@contextmanager
def serve_health(port: int, metrics: Metrics, trouble: Callable[[], str]) -> Iterator[int]:
    """Serve both pages on this machine only, from a thread of their own, until the context ends.

    Args:
        port: The port; 0 takes a free one.
        metrics: The figures.
        trouble: What is wrong with the bot, empty while nothing is. Called from other threads than the bot's.

    Yields:
        The port that is listened on.

    Raises:
        ConfigError: The port cannot be listened on.
    """
    try:
        server = _Server((_HOST, port), _Handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"[telegram] metrics_port = {port}: cannot listen there: {reason}; choose another port"
        ) from error
    server.set_app(lambda environ, start: _page(environ, start, metrics, trouble))
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), name="health", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingMixIn, WSGIServer):
    """Takes each request in a thread, so that a silent client keeps nobody else waiting."""

    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without asking the name service for this machine's name, which may take many seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


class _Handler(WSGIRequestHandler):
    """Writes nothing to standard error, which holds JSON lines only; a page that fails is answered with 500."""

    timeout = 5

    def get_stderr(self) -> StringIO:
        """Where a failure would be told."""
        return StringIO()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


def _page(
    environ: WSGIEnvironment, start: StartResponse, metrics: Metrics, trouble: Callable[[], str]
) -> Iterable[bytes]:
    status, kind, text = _content(environ["PATH_INFO"], metrics, trouble)
    start(f"{status.value} {status.phrase}", [("Content-Type", kind), ("Cache-Control", "no-store")])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [text.encode("utf-8")]


def _content(path: str, metrics: Metrics, trouble: Callable[[], str]) -> tuple[HTTPStatus, str, str]:
    if path == "/metrics":
        return HTTPStatus.OK, _PROMETHEUS, metrics.text()
    if path != "/healthz":
        return HTTPStatus.NOT_FOUND, _JSON, json.dumps({"error": "there are /healthz and /metrics"})
    reason = trouble()
    if reason:
        return HTTPStatus.SERVICE_UNAVAILABLE, _JSON, json.dumps({"healthy": False, "reason": reason})
    return HTTPStatus.OK, _JSON, json.dumps({"healthy": True})
