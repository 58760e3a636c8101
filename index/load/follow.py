"""One document asked for over HTTP, through all redirects, each checked before anything connects to it."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from index.load.addresses import is_public
from index.load.limits import over_limit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from concurrent.futures import ThreadPoolExecutor

    import httpx

    from index.load.addresses import Resolver

_OK = 200
_NOT_MODIFIED = 304
_BUSY = (429, 503)
_SERVER_ERROR = 500
_WITHHELD = (401, 402, 403, 451)
_LAST_PORT = 65_535
_GZIP = 16 + zlib.MAX_WBITS
_LONGEST_WORD = 60
"""Of a header that a reason repeats."""
_LONGEST_MARK = 1_000
_ANSWERS = {
    401: "the site wants a login (401)",
    403: "the site refuses access (403)",
    404: "no such page (404)",
    410: "the page was removed (410)",
    429: "the site is asked too often (429); try again later",
    451: "the site withholds it by law (451)",
}


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What fetching a page may cost: bytes (also unpacked), seconds in all and to connect, redirects.

    ``pause`` are the seconds between two requests to one host, where several are made.
    ``private_addresses`` allows addresses that only this machine or its network can reach, for intranets and tests.
    """

    max_bytes: int = 20_000_000
    seconds: float = 30.0
    connect_seconds: float = 10.0
    redirects: int = 5
    private_addresses: bool = False
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server said of a document's state; given back, it sends the document only if it changed (RFC 9110)."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditions of a request."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document: the address it came from in the end, its media type, the charset that HTTP stated, its bytes."""

    url: str
    kind: str
    charset: str | None
    data: bytes
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Moved:
    """Not a document but where it is."""

    to: str


@dataclass(frozen=True, slots=True)
class Same:
    """Not a document: it is what it was when it bore the marks that were sent."""


class Refused(Exception):
    """Not fetched, for the reason in the text."""


class Busy(Refused):
    """The server fails, or wants to be left alone, for so many ``seconds`` if it says so.

    ``asked``: its answer says that it is asked too much.
    """

    def __init__(self, reason: str, seconds: float | None, *, asked: bool) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.asked = asked


class Withheld(Refused):
    """The site does not give it to everybody."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """One document on its way, over all redirects."""

    client: httpx.AsyncClient
    pool: ThreadPoolExecutor
    limits: PageLimits
    resolver: Resolver

    async def follow(self, address: str, kinds: Collection[str] | None) -> Fetched:
        """Ask, and ask again where the answer is a redirect. Raises Refused and httpx's errors."""
        for _ in range(self.limits.redirects + 1):
            found = await self.once(address, kinds, Marks())
            if isinstance(found, Fetched):
                return found
            if isinstance(found, Moved):
                address = found.to
        raise Refused(f"more than {self.limits.redirects} redirects")

    async def once(self, address: str, kinds: Collection[str] | None, marks: Marks) -> Fetched | Moved | Same:
        """Ask, and follow no redirect; None as ``kinds`` takes any. Raises Refused and httpx's errors."""
        import httpx

        url = httpx.URL(address)
        response = await self._ask(url, marks.headers())
        try:
            if response.has_redirect_location:
                return Moved(str(url.join(response.headers["location"])))
            if response.status_code == _NOT_MODIFIED and marks.headers():
                return Same()
            return await _read(response, url, kinds, self.limits.max_bytes)
        finally:
            await response.aclose()  # the body of a redirect is never read

    async def _ask(self, url: httpx.URL, conditions: Mapping[str, str]) -> httpx.Response:
        """The answer's head, from the first of the host's addresses that can be connected to."""
        import httpx

        _check(url)
        host = url.raw_host.decode("ascii")
        refusal: Exception = Refused(f"no such host: {url.host}")
        for address in await self._addresses(host, url.port or (443 if url.scheme == "https" else 80)):
            request = self.client.build_request(
                "GET",
                url.copy_with(host=address, fragment=None),
                headers={"Host": url.netloc.decode("ascii"), **conditions},
                extensions={"sni_hostname": host},  # the certificate is checked for this name
            )
            try:
                return await self.client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                refusal = error
        raise refusal

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self.pool, self.resolver, host, port)
        # One private address among public ones is enough: no honest host mixes them.
        if not self.limits.private_addresses and not all(is_public(address) for address in found):
            raise Refused("the address leads into a private network; [load] private_addresses = true allows that")
        return found


def _check(url: httpx.URL) -> None:
    """Raises Refused for an address that is not to be asked at all."""
    if url.scheme not in ("http", "https"):
        raise Refused(f"only http and https addresses are read, not {url.scheme or 'others'}")
    if not url.host or (url.port or 0) > _LAST_PORT:
        raise Refused("not a valid address")
    if url.userinfo:
        raise Refused("an address with a user name or password is not read")


async def _read(response: httpx.Response, url: httpx.URL, kinds: Collection[str] | None, max_bytes: int) -> Fetched:
    if response.status_code != _OK:
        raise _refusal(response)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()[:_LONGEST_WORD]
    if kinds is not None and kind not in kinds:
        raise Refused(f"not a page but {kind or 'something without a stated kind'}; read are {', '.join(kinds)}")
    data = await _body(response, max_bytes)
    marks = Marks(_mark(response, "etag"), _mark(response, "last-modified"))
    return Fetched(str(url.copy_with(fragment=None)), kind, response.charset_encoding, data, marks)


def _mark(response: httpx.Response, name: str) -> str | None:
    """A header that is sent back as it came; none that is longer than any honest one."""
    value = response.headers.get(name, "").strip()
    return value if 0 < len(value) <= _LONGEST_MARK and value.isascii() else None


def _refusal(response: httpx.Response) -> Refused:
    """Why an answer is no document."""
    status = response.status_code
    reason = _ANSWERS.get(status, f"the site answers with error {status}")
    if status in _BUSY or status >= _SERVER_ERROR:
        return Busy(reason, _seconds(response.headers.get("retry-after", "")), asked=status in _BUSY)
    return Withheld(reason) if status in _WITHHELD else Refused(reason)


def _seconds(wait: str) -> float | None:
    """What Retry-After says: seconds, or a moment (RFC 9110, 10.2.3); None for anything else."""
    if wait.strip().isdecimal():
        return float(wait[:_LONGEST_WORD])
    try:
        moment = parsedate_to_datetime(wait)
    except ValueError:
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((zoned - datetime.now(UTC)).total_seconds(), 0.0)


async def _body(response: httpx.Response, max_bytes: int) -> bytes:
    """The body, unpacked here: httpx would unpack any depth of packing at once, into any amount of memory."""
    unpacker, data = _unpacker(response), bytearray()
    try:
        async for block in response.aiter_raw():
            # One byte more than allowed tells, without unpacking on.
            data += unpacker.decompress(block, max_bytes + 1 - len(data)) if unpacker else block
            if len(data) > max_bytes:
                raise Refused(over_limit(max_bytes))
            if unpacker and unpacker.eof:
                break
    except zlib.error:
        raise Refused("damaged gzip") from None
    if unpacker and not unpacker.eof:
        raise Refused("damaged gzip")
    return bytes(data)


def _unpacker(response: httpx.Response) -> zlib._Decompress | None:
    """What unpacks the body; None where it is not packed."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()[:_LONGEST_WORD]
    if packing not in ("identity", "gzip", "x-gzip"):
        raise Refused(f"packed in a way that was not asked for ({packing})")
    return None if packing == "identity" else zlib.decompressobj(_GZIP)
