"""The outlet an article appeared in: named by a copyright line, or by the domain of its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import DroppedLine

_YEARS = r"(?:(?:19|20)\d\d(?:\s*[–—-]\s*(?:(?:19|20)\d\d|\d\d))?)"
_OWNER = re.compile(
    rf"(?:©|\(c\)|copyright|копирайт|копірайт)+\s*(?:©\s*)?{_YEARS}?(?:\s*(?:гг?|рр?)\.)?[\s,.]*(?:by\s)?(?P<name>[^.,|]{{2,60}}?)[\s,.|]*(?:{_YEARS}|$"
    r"|[.,|]|(?:все|усі|всі) права|all rights)",
    re.IGNORECASE,
)
_OWNER_FIRST = re.compile(rf"^(?P<name>[^.,|©]{{2,60}})(?:[.,|][^©]{{0,80}})?©\s*{_YEARS}")
_SIGN = re.compile(r"©|\(c\)|copyright|копирайт|копірайт", re.IGNORECASE)
_COMPANY = re.compile(r"^(?:ООО|ТОВ|ЗАО|ПрАТ)\s+|[\s,]+(?:Ltd|LLC|Inc|GmbH|Limited)\.?$")
# Words of the notice itself: a match that holds one of them is no name.
_RIGHTS = re.compile(r"права|rights|copyright|материал|матеріал|перепечат|передрук|\d{4}|\d\d\+|\bvia\b", re.IGNORECASE)
_LONGEST_NOTICE = 300
_QUOTES = "«»\"“”„' "
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|amp|mobile)\.")


def outlet_from_text(dropped: Iterable[DroppedLine]) -> str | None:
    """The owner that a copyright line names: `© 2026 «Портовая газета»`, or `The Harbour Post. © 2026`."""
    for line in dropped:
        notice = line.line[:_LONGEST_NOTICE]
        if line.why == "caption" or not _SIGN.search(notice):
            continue
        for pattern in (_OWNER, _OWNER_FIRST):
            owner = pattern.search(notice)
            name = _COMPANY.sub("", owner["name"]).strip(_QUOTES) if owner else ""
            if name and not _RIGHTS.search(name):
                return name
    return None


def outlet_from_url(url: str | None) -> str | None:
    """The domain of an address without `www`, `m` and the like; None where it is no web address."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _SUBDOMAINS.sub("", host) if host and "." in host else None
