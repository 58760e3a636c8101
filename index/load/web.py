"""An article's page by its address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SourceError
from index.load.addresses import resolve, shown
from index.load.encodings import decode_page
from index.load.fetch import fetch
from index.load.html import read_page
from index.load.markdown import read_markdown
from index.types import RawArticle, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.load.addresses import Resolver
    from index.load.follow import Fetched, PageLimits


def load_page(address: str, limits: PageLimits, resolver: Resolver = resolve) -> RawArticle | Skipped:
    """The article of one page, or why it could not be read; raises nothing.

    Its ``source`` is the address as given, without a password in it; its ``url`` the one the page states for itself, if
    that is on the same site, else where the redirects ended. It blocks for up to ``limits.seconds`` and must not be
    called where an event loop runs.
    """
    try:
        return article_of(fetch(address, PAGE_KINDS, limits, resolver), address)
    except (SourceError, ValueError) as error:
        return Skipped(shown(address), error.reason if isinstance(error, SourceError) else str(error))


def article_of(page: Fetched, address: str) -> RawArticle:
    """The article of a page that was fetched from an address. Raises ValueError whose text is the reason."""
    return replace(_placed(_READERS[page.kind](page), page.url), source=shown(address))


def _read_html(page: Fetched) -> RawArticle:
    return read_page(page.data, page.charset, page.url)


def _read_markdown(page: Fetched) -> RawArticle:
    return read_markdown(decode_page(page.data, page.charset).encode())


def _read_text(page: Fetched) -> RawArticle:
    return RawArticle(source="", text=decode_page(page.data, page.charset))


def _placed(raw: RawArticle, found_at: str) -> RawArticle:
    """The article under the address that its page states, if that is on its own site, else where it was found.

    A page that names an address of another site would take the place, and the name, of that site's article.
    """
    from courlan import normalize_url

    url = str(normalize_url(found_at))  # without what only tracks readers
    if raw.url in (None, found_at):
        return replace(raw, url=url)
    if _site(raw.url) == _site(found_at):
        return raw
    return replace(raw, url=url, outlet=None if raw.outlet == _host(raw.url) else raw.outlet)


def _site(url: str) -> str:
    """The registered domain (m.site.example and www.site.example are one site), else the host's name or number."""
    from courlan import extract_domain

    return extract_domain(url) or _host(url)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # no address at all
        return ""


_READERS: dict[str, Callable[[Fetched], RawArticle]] = {
    "text/html": _read_html,
    "application/xhtml+xml": _read_html,
    "text/plain": _read_text,
    "text/markdown": _read_markdown,
    "text/x-markdown": _read_markdown,
}
PAGE_KINDS = tuple(_READERS)
"""Media types of articles' pages."""
