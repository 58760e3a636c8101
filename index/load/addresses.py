"""Addresses on the web: how one is told from a path, which host names lead to, and which of that is nobody's business.

A page is fetched for whoever may give the bot a link, so a link must not reach what only this machine can see: other
services on it, the network it stands in, the metadata service of a cloud (server-side request forgery; OWASP gives the
rules that are followed here).
"""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from index.load.encodings import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from ipaddress import IPv6Address

    Resolver = Callable[[str, int], Sequence[str]]
    """Host name and port to the IP addresses they stand for; raises OSError or UnicodeError where there are none."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LONGEST_SHOWN = 500
# RFC 6052: the last four bytes are an IPv4 address that a gateway connects to.
_NAT64 = IPv6Network("64:ff9b::/96")
# Global unicast: all that is given out of IPv6 (RFC 4291, IANA).
_GIVEN_OUT = IPv6Network("2000::/3")
# What Python calls global although it is not: RFC 6890's protocol assignments, with the metadata service of Oracle's
# cloud; and the host's own service within Azure (Microsoft, "What is IP address 168.63.129.16?").
_INSIDE = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))


def is_address(source: str) -> bool:
    """Whether a source is meant as an address on the web rather than a path: it begins like ``https://``."""
    return bool(_SCHEME.match(source))


def shown(address: str) -> str:
    """The address as it may be stored and printed: without a name and password in it, bounded, on one line."""
    return re.sub(r"(?<=//)[^/?#]*@", "", " ".join(tidy(address).split()))[:_LONGEST_SHOWN]


def plain_address(url: str) -> str:
    """The address of a page without fragment and without what tracks readers."""
    from courlan import normalize_url

    try:
        return tidy(str(normalize_url(urldefrag(url).url)))
    except ValueError:
        return tidy(url)


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system's resolver names them. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an IP address can be reached from anywhere: not private, loopback, link-local, multicast or reserved.

    An IPv6 address that stands for an IPv4 address is judged by that one. Anything that is no IP address is not public.
    """
    try:
        found = _meant(ip_address(address))
    except ValueError:
        return False
    given_out = isinstance(found, IPv4Address) or found in _GIVEN_OUT
    inside = found.is_multicast or found.is_reserved or any(found in network for network in _INSIDE)
    return found.is_global and given_out and not inside


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside a mapped, 6to4 or NAT64 one; any other as it is."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
