"""Feeds and sitemaps: which articles a site names, the newest first.

RSS 0.9x, 1.0 and 2.0, Atom (RFC 4287), sitemaps and sitemap indexes (sitemaps.org) with Google's news extension. They
are read with lxml, which is here anyway: of a feed this project wants five fields, and the pages say the rest. A
damaged document gives what stands before and after the damage. Entities are never replaced, nothing is loaded from
elsewhere.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from index.load.limits import over_limit
from index.load.listing_entries import Names, feed_entry, page_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.load.follow import Fetched
    from index.load.listing_entries import Entry

LISTING_KINDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
)
"""Media types of feeds and sitemaps, as they are named in earnest and by mistake."""
_ROOT = re.compile(
    rb"(?>\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b", re.DOTALL
)
_BOM = b"\xef\xbb\xbf"
_HEAD = 4_000
_GZIP = b"\x1f\x8b"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap names, the newest first: ``entries`` are articles, ``parts`` further sitemaps."""

    entries: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()


def is_listing(page: Fetched) -> bool:
    """Whether a document is a feed or a sitemap, by its media type, or where that is a page's, by how it begins."""
    return page.kind in LISTING_KINDS or bool(_ROOT.match(page.data[:_HEAD].removeprefix(_BOM)))


def read_listing(page: Fetched, max_bytes: int) -> Listing:
    """The articles that a feed or a sitemap names.

    ``max_bytes`` bounds what is unpacked. Raises ValueError whose text is the reason.
    """
    root = _parsed(_unpacked(page.data, max_bytes))
    names = Names.of(root)
    kind = names.name(root)
    if kind not in _READERS:
        raise ValueError("neither a page nor a feed or sitemap")
    return _READERS[kind](root, names, page.url)


def _parsed(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise ValueError("not a feed: its XML is damaged")
    declared = root.getroottree().docinfo.internalDTD
    # The parser puts entities into attributes whatever it is told.
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ValueError("not a feed: it declares entities of its own")
    return root


def _unpacked(data: bytes, max_bytes: int) -> bytes:
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(data, max_bytes + 1)
    except zlib.error:
        raise ValueError("damaged gzip") from None
    if len(unpacked) > max_bytes:
        raise ValueError(over_limit(max_bytes))
    return unpacked


def _feed(root: Any, names: Names, url: str) -> Listing:
    items = [each for each in root.iter() if names.name(each) in ("item", "entry")]
    return Listing(entries=_newest_first([feed_entry(each, names, url) for each in items]))


def _sitemap(root: Any, names: Names, url: str) -> Listing:
    return Listing(entries=_newest_first([page_entry(each, names, url) for each in root if names.name(each) == "url"]))


def _sitemap_index(root: Any, names: Names, url: str) -> Listing:
    return Listing(
        parts=_newest_first([page_entry(each, names, url) for each in root if names.name(each) == "sitemap"])
    )


def _newest_first(found: list[Entry | None]) -> tuple[Entry, ...]:
    """Those without a date stay in the order in which they are named, behind the others."""
    entries = [each for each in found if each]
    return tuple(sorted(entries, key=lambda each: each.moment or _LONG_AGO, reverse=True))


_READERS: dict[str, Callable[[Any, Names, str], Listing]] = {
    "rss": _feed,
    "feed": _feed,
    "RDF": _feed,
    "urlset": _sitemap,
    "sitemapindex": _sitemap_index,
}
