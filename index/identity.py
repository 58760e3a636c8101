"""Who an article is: an id that the same article always gets, and a digest that tells whether it changed."""

from __future__ import annotations

import re
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from index.load import is_address

if TYPE_CHECKING:
    from index.types import RawArticle

_PIPELINE = 2
"""Raised whenever loading, cleaning or chunking changes what is stored, so that articles are worked on anew."""


def article_id(raw: RawArticle) -> str:
    """The article's id: the one it states, else one derived from its canonical URL, else from where it was found.

    A JSONL record without id and URL is known by its file and text: its line number changes whenever a line is added
    above it.
    """
    if raw.id:
        return raw.id
    if raw.url:
        page = canonical_url(raw.url)
        return _named(page.partition("?")[0].rpartition("/")[2], page)
    path = file_of(raw.source)
    return _named(path.name.partition(".")[0], raw.source if raw.source == str(path) else f"{path}\n{raw.text}")


def canonical_url(url: str) -> str:
    """The URL without fragment, tracking parameters and needless variety in case, so that one page has one."""
    from courlan import normalize_url

    try:
        page = str(normalize_url(urldefrag(url).url))
    except ValueError:  # no address at all
        return url
    return page.partition(":")[2].rstrip("/") or url


def digest(raw: RawArticle, settings: object) -> str:
    """A hash of all that decides what is stored for an article: its content and the settings, not where it lies.

    What stands around an article on a page from the web, such as other news, changes by the hour and does not count.
    """
    dropped = () if is_address(raw.source) else tuple((each.line, each.why) for each in raw.dropped)
    counted = {"source": "", "dropped": dropped}
    # By hand, since astuple copies every value: this is done for all articles of every run, changed or not.
    values = tuple(counted.get(field.name, getattr(raw, field.name)) for field in fields(raw))
    content = (_PIPELINE, values, settings)
    return sha256(repr(content).encode("utf-8", "backslashreplace")).hexdigest()


def file_of(source: str) -> Path:
    """The file that a source lies in: the source without a JSONL record's line number."""
    return Path(re.sub(r"(\.jsonl(?:\.gz)?)#\d+$", r"\1", source))


def _named(name: str, seed: str) -> str:
    """A readable slug of the name, made unique by a hash of the seed."""
    slug = re.sub(r"\W+", "-", name).strip("-").lower()[:40].rstrip("-")
    mark = sha256(seed.encode("utf-8", "backslashreplace")).hexdigest()[:10]
    return f"{slug}-{mark}" if slug else mark
