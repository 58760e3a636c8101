"""A real web server on loopback whose pages a test writes down."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True)
class Reply:
    """What the server answers: ``blocks`` are sent one by one; ``hang`` keeps the connection open after them.

    A request that names the reply's ETag or Last-Modified as known is answered with 304.
    """

    blocks: Iterable[bytes] = ()
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False


class WebServer:
    """Answers each path with its reply, 404 elsewhere; ``asked`` holds the requests' paths and headers."""

    def __init__(self, replies: dict[str, Reply], port: int) -> None:
        self.replies = replies
        self.port = port
        self.asked: list[tuple[str, Mapping[str, str]]] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path here."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Run one until the test is over."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            reply = page.replies.get(self.path.partition("?")[0], Reply(status=404))
            marks = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
            known = any(reply.headers.get(mark, "") == self.headers.get(name) for name, mark in marks.items())
            if known:
                reply = Reply(status=304, headers=reply.headers)
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            for block in reply.blocks:
                self.wfile.write(block)
            if reply.hang:
                over.wait()

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True  # the reader had enough

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    page = WebServer({}, server.server_address[1])
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    running.start()
    try:
        yield page
    finally:
        over.set()
        server.shutdown()
        running.join()
        server.server_close()
