"""A scripted OpenAI-compatible server on loopback: it plays the models and the faults that a test writes down."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Say:
    """A reply, sent in pieces of so many characters with a pause of so many seconds before each."""

    text: str
    size: int = 7
    pause: float = 0.0
    finish: str = "stop"
    refusal: str | None = None


@dataclass(frozen=True)
class Fail:
    """An HTTP status; the body repeats the key and the question, as some servers do."""

    status: int


@dataclass(frozen=True)
class Raw:
    """Any bytes as the stream of a reply."""

    body: bytes
    kind: str = "text/event-stream"


@dataclass(frozen=True)
class Reset:
    """The connection breaks off after so many characters of a reply; at once where there are none."""

    text: str = ""


Act = Say | Fail | Raw | Reset


@dataclass
class FakeLlm:
    """What the server is to do, request by request (the last act goes on), and what it was asked."""

    port: int
    acts: list[Act] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        """Its address, as in the settings."""
        return f"http://127.0.0.1:{self.port}/v1"

    def material(self, request: int = -1) -> str:
        """What a request gave the model to work with."""
        return str(self.asked[request]["messages"][-1]["content"])

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """Answer one request for a chat completion."""
        self.asked.append(await request.json())
        self.headers.append(dict(request.headers))
        act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
        if isinstance(act, Fail):
            told = {"error": {"message": f"{request.headers['Authorization']}: {self.material()}"}}
            return web.json_response(told, status=act.status)
        if isinstance(act, Reset) and not act.text:
            _break_off(request)
        response = web.StreamResponse(headers={"Content-Type": getattr(act, "kind", "text/event-stream")})
        await response.prepare(request)
        if isinstance(act, Raw):
            await response.write(act.body)
        elif isinstance(act, Say):
            await _say(response, act)
        else:
            await response.write(_chunk({"content": act.text}))
            _break_off(request)
        return response


@contextmanager
def fake_llm(*acts: Act) -> Iterator[FakeLlm]:
    """Run one until the test is over."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    fake = FakeLlm(0, list(acts))

    async def serve() -> None:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", fake.complete)
        runner = web.AppRunner(app, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.port = runner.addresses[0][1]
        ready.set()
        await over.wait()
        await runner.cleanup()

    running = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    running.start()
    ready.wait()
    try:
        yield fake
    finally:
        loop.call_soon_threadsafe(over.set)
        running.join()
        loop.close()


async def _say(response: web.StreamResponse, act: Say) -> None:
    for start in range(0, len(act.text), act.size):
        await asyncio.sleep(act.pause)
        await response.write(_chunk({"content": act.text[start : start + act.size]}))
    if act.refusal:
        await response.write(_chunk({"refusal": act.refusal}))
    await response.write(_chunk({}, act.finish))
    await response.write(b"data: [DONE]\n\n")


def _chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
    """One event of the stream, as OpenAI's reference describes it."""
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def _break_off(request: web.Request) -> None:
    """Reset the connection without a word."""
    assert request.transport is not None
    request.transport.abort()
    raise ConnectionResetError
