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
from typing import TYPE_CHECKING, TypeVar

from index.errors import HostBusy, PageWithheld, SourceError
from index.load.addresses import resolve, shown
from index.load.follow import Busy, Fetching, Marks, Refused, Withheld

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator

    import httpx

    from index.load.addresses import Resolver
    from index.load.follow import Fetched, Moved, PageLimits, Same

_Result = TypeVar("_Result")


def fetch(address: str, kinds: Collection[str] | None, limits: PageLimits, resolver: Resolver = resolve) -> Fetched:
    """The document at an address, if it is of one of the media types ``kinds``; None takes any.

    Not to be called where an event loop runs: it blocks, up to ``limits.seconds``.

    Raises:
        SourceError: It was not fetched; the reason says why in plain words.
    """
    return _run(address, limits, resolver, lambda fetching: fetching.follow(address.strip(), kinds))


def fetch_once(
    address: str,
    kinds: Collection[str] | None,
    limits: PageLimits,
    resolver: Resolver = resolve,
    marks: Marks = Marks(),  # noqa: B008 - it is frozen
) -> Fetched | Moved | Same:
    """As ``fetch``, but a redirect is told and not followed, and what still bears ``marks`` is not sent again.

    None as ``kinds`` takes any media type. Raises SourceError: HostBusy where it is the host's trouble, PageWithheld
    where the site does not give it to everybody.
    """
    return _run(address, limits, resolver, lambda fetching: fetching.once(address.strip(), kinds, marks))


def _run(
    address: str, limits: PageLimits, resolver: Resolver, work: Callable[[Fetching], Awaitable[_Result]]
) -> _Result:
    import httpx

    try:
        return asyncio.run(_in_time(limits, resolver, work))
    except Busy as error:
        raise HostBusy(shown(address), str(error), error.seconds, asked=error.asked) from None
    except Withheld as error:
        raise PageWithheld(shown(address), str(error)) from None
    except (Refused, httpx.InvalidURL, UnicodeError) as error:
        raise SourceError(shown(address), _reason(error, limits)) from None
    except (httpx.HTTPError, OSError) as error:
        raise HostBusy(shown(address), _reason(error, limits)) from None


async def _in_time(limits: PageLimits, resolver: Resolver, work: Callable[[Fetching], Awaitable[_Result]]) -> _Result:
    # A resolver cannot be interrupted: it is left behind in its own thread when the time is over.
    pool = ThreadPoolExecutor(1)
    try:
        async with asyncio.timeout(limits.seconds), _client(limits) as client:
            return await work(Fetching(client, pool, limits, resolver))
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
        "Accept": "text/html, application/xhtml+xml, text/markdown, application/rss+xml;q=0.9, "
        "application/atom+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/plain;q=0.8, */*;q=0.1",
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
