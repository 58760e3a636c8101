"""One document by its address over HTTP: bounded in time, size and redirects, and only from public addresses.

Host names are resolved here, and the connection goes to the very address that was checked: a name that leads elsewhere
a moment later (DNS rebinding) gains nothing. Every redirect is checked in the same way. Nothing is sent but the
request: no cookies, no credentials, and no proxy of the environment is used, because what is connected to through a
proxy cannot be checked.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.load.addresses import resolve, shown
from index.load.follow import Fetching, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterator

    import httpx

    from index.load.addresses import Resolver
    from index.load.follow import Fetched, PageLimits


def fetch(address: str, kinds: Collection[str], limits: PageLimits, resolver: Resolver = resolve) -> Fetched:
    """The document at an address, if it is of one of the media types ``kinds``.

    Not to be called where an event loop runs: it blocks, up to ``limits.seconds``.

    Raises:
        SourceError: It was not fetched; the reason says why in plain words.
    """
    import httpx

    try:
        return asyncio.run(_fetch_in_time(address, kinds, limits, resolver))
    except (Refused, httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        raise SourceError(shown(address), _reason(error, limits)) from None


async def _fetch_in_time(address: str, kinds: Collection[str], limits: PageLimits, resolver: Resolver) -> Fetched:
    # A resolver cannot be interrupted: it is left behind in its own thread when the time is over.
    pool = ThreadPoolExecutor(1)
    try:
        async with asyncio.timeout(limits.seconds), _client(limits) as client:
            return await Fetching(client, pool, limits, resolver).follow(address.strip(), kinds)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@asynccontextmanager
async def _client(limits: PageLimits) -> AsyncIterator[httpx.AsyncClient]:
    from http.cookiejar import CookieJar, DefaultCookiePolicy
    from importlib.metadata import version

    import httpx

    # Connections are not kept: one verified for a host must not serve another one at the same IP address.
    transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
    headers = {
        "User-Agent": f"citewire/{version('citewire')}",
        "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9",
        "Accept-Encoding": "gzip",
    }
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    timeout = httpx.Timeout(limits.seconds, connect=limits.connect_seconds)
    client = httpx.AsyncClient(transport=transport, trust_env=False, headers=headers, cookies=cookies, timeout=timeout)
    async with client:
        yield client


def _reason(error: Exception, limits: PageLimits) -> str:
    """Why nothing was fetched, in plain words."""
    import httpx

    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return f"no answer within {limits.seconds:g} s; try again later"
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return "not a valid address"
    return _why_unreached(error)


def _why_unreached(error: Exception) -> str:
    import httpx

    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "no safe connection: the site's certificate or encryption is not valid"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "no such host"
    if isinstance(error, httpx.ConnectError):
        return "the site cannot be reached"
    return "the connection broke off; try again later"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
