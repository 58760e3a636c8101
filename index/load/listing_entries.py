"""One article as a feed or a sitemap names it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from index.load.addresses import shown
from index.load.encodings import tidy
from index.load.html import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import RawArticle

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
}
_PUBLISHED = ("published", "pubDate", "issued", "dc:date", "dc:issued", "dc:created", "news:publication_date")
_CHANGED = ("updated", "modified", "dc:modified", "lastmod")
_TITLES = ("title", "dc:title", "news:title")
_FULL = ("content:encoded", "content")
_LONGEST = 1_000
_LONGEST_ADDRESS = 4_000
_WHOLE = 60
"""Words from which on the text of a feed counts as the article and not as what leads to it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Tells elements by their names; those of the root's own namespace and of known ones have short names."""

    own: str

    @classmethod
    def of(cls, root: Any) -> Names:
        """For a document with this root."""
        return cls(_parts(root)[0])

    def name(self, element: Any) -> str:
        """Short name, empty for elements that nobody here knows: another ``title`` may be that of a picture."""
        space, name = _parts(element)
        return name if space == self.own or not space else _PREFIXES[space] + name if space in _PREFIXES else ""


def _parts(element: Any) -> tuple[str, str]:
    tag = element.tag if isinstance(element.tag, str) else ""  # an entity that stays one has none
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{"), name


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of an article: where it is, and what its page may fail to say; ``content`` is its whole text, HTML.

    ``published`` and ``changed`` are ISO 8601 where they could be understood, else as they stand there.
    """

    url: str
    title: str | None = None
    published: str | None = None
    changed: str | None = None
    author: str | None = None
    content: str | None = None

    @property
    def moment(self) -> datetime | None:
        """When it last became what it is, as far as that is said; with a zone."""
        moments = [_moment(each) for each in (self.changed, self.published) if each]
        return max((each for each in moments if each), default=None)

    def completed(self, raw: RawArticle) -> RawArticle:
        """The article of its page, with what the page does not state of itself."""
        title, date, author = raw.title or self.title, raw.date or self.published, raw.author or self.author
        return replace(raw, title=title, date=date, author=author)

    def article(self) -> RawArticle | None:
        """The article as the entry itself gives it, None where it gives no more than what leads to it."""
        if not self.content:
            return None
        page = f"<html><body><article><h1>{escape(self.title or '')}</h1>{self.content}</article></body></html>"
        try:
            raw = read_page(page.encode("utf-8", "replace"), "utf-8", self.url)
        except ValueError:
            return None
        if len(raw.text.split()) < _WHOLE:
            return None
        # The headline is the entry's; no element of the text may give the article another address.
        return self.completed(replace(raw, title=self.title, url=self.url, source=shown(self.url)))


def feed_entry(item: Any, names: Names, base: str) -> Entry | None:
    """An ``item`` of RSS or an ``entry`` of Atom; None where it leads nowhere."""
    fields = _fields(item, names)
    url = _address(_link(fields), base)
    if not url:
        return None
    return Entry(
        url,
        title=_plain(_first(fields, _TITLES)),
        published=_iso(_first(fields, _PUBLISHED)),
        changed=_iso(_first(fields, _CHANGED)),
        author=_author(fields, names),
        content=next((text for name in _FULL for each in fields.get(name, ()) if (text := _markup(each))), None),
    )


def page_entry(item: Any, names: Names, base: str) -> Entry | None:
    """A ``url`` or ``sitemap`` of a sitemap; None where it leads nowhere."""
    fields = _fields(item, names)
    url = _address(_first(fields, ("loc",)), base)
    news = fields.get("news:news", ())
    stated = {**fields, **(_fields(news[0], names) if news else {})}
    title, published = _plain(_first(stated, _TITLES)), _iso(_first(stated, _PUBLISHED))
    return Entry(url, title=title, published=published, changed=_iso(_first(stated, _CHANGED))) if url else None


def _fields(item: Any, names: Names) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in item:
        found.setdefault(names.name(child), []).append(child)
    return found


def _first(fields: dict[str, list[Any]], names: tuple[str, ...]) -> str:
    texts = (_text(each) for name in names for each in fields.get(name, ()))
    return next((text for text in texts if text), "")


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _address(link: str, base: str) -> str:
    address = "".join(tidy(link).split())
    try:
        # Most are whole: of a sitemap's 50,000, joining each would take seconds.
        whole = address.startswith(("http://", "https://")) or not address
        return (address if whole else urljoin(base, address))[:_LONGEST_ADDRESS]
    except ValueError:
        return ""


def _link(fields: dict[str, list[Any]]) -> str:
    """Atom's link to the page, RSS's link, or an identity that is an address."""
    return next(_links(fields), "")


def _links(fields: dict[str, list[Any]]) -> Iterator[str]:
    links = fields.get("link", ())
    pages = [each for each in links if each.get("href") and each.get("rel", "alternate") == "alternate"]
    # Of an article's forms that a feed offers, the page is meant for people.
    yield from (
        each.get("href") for each in sorted(pages, key=lambda each: each.get("type", "text/html") != "text/html")
    )
    yield from (text for each in links if not each.get("href") and (text := _text(each)))
    for identity in (*fields.get("guid", ()), *fields.get("id", ())):
        if identity.get("isPermaLink", "true") == "true" and _text(identity).startswith(("http://", "https://")):
            yield _text(identity)


def _author(fields: dict[str, list[Any]], names: Names) -> str | None:
    """A name: of Atom's person, of Dublin Core's creator, or the one behind RSS's mail address."""
    for person in fields.get("author", ()):
        name = _first(_fields(person, names), ("name",)) or (_text(person) if not len(person) else "")
        behind = re.fullmatch(r"\S+@\S+\s*\((.+)\)", name)
        if name and (behind or "@" not in name):
            return _plain(behind[1] if behind else name)
    return _plain(_first(fields, ("dc:creator",)))


def _markup(element: Any) -> str:
    """The HTML that an element holds, escaped or as elements; none where it lies elsewhere."""
    from lxml import etree

    if element.get("src"):
        return ""
    if not len(element):
        text = _text(element)
        return escape(text) if element.get("type") == "text" else text
    return "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in element)


def _plain(text: str) -> str | None:
    """One line without markup: headlines may be HTML inside XML."""
    bare = unescape(re.sub(r"<[^<>]{0,500}>", "", unescape(text[:_LONGEST])))
    return " ".join(tidy(bare).split()) or None


def _iso(text: str) -> str | None:
    """A time of RSS (RFC 5322) as ISO 8601; anything else as it is."""
    stated = tidy(text[:_LONGEST]) if text else ""
    if not stated or stated[:4].isdecimal():
        return stated or None
    with suppress(ValueError, IndexError, TypeError):
        return parsedate_to_datetime(stated).isoformat()
    return stated or None


def _moment(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None
