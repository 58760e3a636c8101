"""What a news page states about its article: JSON-LD first, then meta elements, then what stands on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from index.load.encodings import tidy
from index.load.json_ld import linked_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "mediator_published_time",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
)
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "mediator_author", "dc.creator")
_CHANGED = re.compile(r"(?i)modif|updat|chang|edit")
_SEPARATED = re.compile(r"^(.*\S)\s+(\||[-–—/·•:»]+)\s+(\S.*)$", re.DOTALL)
_SEPARATOR = re.compile(r"\s+[-–—|/·•:»]+\s+")
_LEAST_WORDS = 3
_LONGEST = 1_000
# Accounts of publishing systems, not people.
_NOBODY = frozenset({"admin", "administrator", "webmaster", "editor", "user"})
_NOT_ASIDE = "not(ancestor::aside or ancestor::nav or ancestor::footer)"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of its article, as written there; None where it says nothing."""

    title: str | None = None
    date: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None


def page_facts(tree: Any, address: str | None = None) -> PageFacts:
    """The facts stated in the page ``tree``, which came from ``address``."""
    linked = linked_article(script.text_content() for script in tree.iterfind(".//script[@type='application/ld+json']"))
    metas = _metas(tree)
    url = _url([*_canonical(tree), metas.get("og:url", ""), linked.url], address)
    outlet = metas.get("og:site_name") or linked.publisher or (urlsplit(url).hostname or "").removeprefix("www.")
    author = linked.author or _first_name(_meta_values(metas, _AUTHOR_NAMES)) or _byline(tree)
    return PageFacts(
        title=_stated(_title(tree, [linked.headline, metas.get("og:title", "")], outlet)),
        date=_stated(_most_precise([linked.published, *_meta_values(metas, _DATE_NAMES), *_marked_dates(tree)])),
        author=_stated(author),
        outlet=_stated(outlet),
        url=_stated(url),
    )


def _stated(text: str) -> str | None:
    return tidy(text) or None


def _metas(tree: Any) -> dict[str, str]:
    """Name of each meta element, in small letters, to its content; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = _squeezed(meta.get("content"))
        # Open Graph, plain HTML and microdata, in this order.
        for attribute in ("property", "name", "itemprop"):
            if content and meta.get(attribute):
                found.setdefault(meta.get(attribute).strip().lower(), content)
    return found


def _meta_values(metas: dict[str, str], names: Iterable[str]) -> list[str]:
    return [metas[name] for name in names if name in metas]


def _canonical(tree: Any) -> list[str]:
    return [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]


def _url(stated: list[str], address: str | None) -> str:
    """The first address with a path: many pages give that of the front page by mistake."""
    absolute = [_joined(address or "", url.strip()) for url in stated if url.strip()] + [address or ""]
    usable = [url for url in absolute if _is_web(url)]
    return next((url for url in usable if len(urlsplit(url).path) > 1), usable[0] if usable else "")


def _joined(base: str, url: str) -> str:
    """The address that a page states, made whole; nothing for what is none, such as ``//[:``."""
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _title(tree: Any, stated: list[str], outlet: str) -> str:
    """The headline that a reader sees: the h1 of the article, or one that says what the page states; else that.

    The title element alone, where it is too short for a headline, is the name of the site.
    """
    named = _squeezed(tree.findtext(".//title"))
    stated = [title for title in stated if title] + [named] * (len(named.split()) >= _LEAST_WORDS)
    stated = [_headline(title, outlet, tree) for title in stated if _letters(title) != _letters(outlet)]
    headings = [(_squeezed(h1.text_content()), h1) for h1 in tree.iter("h1")]
    headings = [(text, h1) for text, h1 in headings if _letters(text) not in {"", _letters(outlet), _letters(named)}]
    inside = [text for text, h1 in headings if _inside_article(h1)]
    alike = [text for text, _ in headings if any(_alike(text, title) for title in stated)]
    return next(iter([*inside, *alike, *stated, *(text for text, _ in headings)]), "")


def _inside_article(element: Any) -> bool:
    return any(parent.tag in {"article", "main"} for parent in element.iterancestors())


def _alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(words & others) > min(len(words), len(others)) / 2


def _headline(title: str, outlet: str, tree: Any) -> str:
    """``title`` without the name of the outlet: the part that the page prints by itself, else all but a known name."""
    parts = [part for part in _SEPARATOR.split(title) if _letters(part) != _letters(outlet)]
    longest = max(parts, key=len, default=title)
    if longest != title and longest in map(_squeezed, tree.itertext()):
        return longest
    return _without_outlet(title, outlet)


def _without_outlet(title: str, outlet: str) -> str:
    """``title`` without a trailing name of the outlet; what follows a bar is one, even where the name is not known."""
    parts = _SEPARATED.match(title)
    if not parts:
        return title
    names = {_letters(outlet), _letters(outlet.rpartition(".")[0])} - {""}
    return parts[1] if parts[2] == "|" or _letters(parts[3]) in names else title


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def _marked_dates(tree: Any) -> Iterator[str]:
    """Dates that the page marks as such in its text, never those of a later change."""
    marked = tree.xpath(f"//*[contains(@itemprop, 'datePublished')] | //time[{_NOT_ASIDE}]")
    marked.sort(key=lambda element: "datePublished" not in (element.get("itemprop") or ""))
    for element in marked:
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        date = element.get("datetime") or element.get("content") or element.text_content()
        if _squeezed(date) and not _CHANGED.search(names):
            yield _squeezed(date)


def _most_precise(dates: list[str]) -> str:
    """The first date; or one of the same day that has a time, where the first has none."""
    stated = [date for date in dates if date]
    first = stated[0] if stated else ""
    same_day = (date for date in stated if date[:10] == first[:10] and re.search(r"\d:\d\d", date))
    return next(same_day, first)


def _first_name(values: Iterable[str]) -> str:
    return next((value for value in values if value.lower() not in {"", *_NOBODY} and not _is_web(value)), "")


def _byline(tree: Any) -> str:
    marked = tree.xpath(
        f"//*[@rel='author' and {_NOT_ASIDE}] | //*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author']"
    )
    return _first_name(_squeezed(element.text_content())[:100] for element in marked)


def _squeezed(text: str | None) -> str:
    return " ".join((text or "")[:_LONGEST].split())
