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
    rf"(?:©|\(c\)|copyright)+\s*(?:©\s*)?{_YEARS}?(?:\s*(?:гг?|рр?)\.)?[\s,.]*(?P<name>[^.,|]{{2,60}}?)[\s,.|]*(?:{_YEARS}|$"
    r"|[.,|]|(?:все|усі|всі) права|all rights)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"права|rights|copyright|материал|матеріал|перепечат|передрук|\d{4}", re.IGNORECASE)
_QUOTES = "«»\"“”„' "
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|amp|mobile)\.")


def outlet_from_text(dropped: Iterable[DroppedLine]) -> str | None:
    """The owner that a copyright line names: `© 2026 «Портовая газета». Все права защищены`."""
    for line in dropped:
        owner = _OWNER.search(line.line) if "©" in line.line or "opyright" in line.line else None
        if owner and line.why != "caption" and not _RIGHTS.search(owner["name"]):
            return owner["name"].strip(_QUOTES) or None
    return None


def outlet_from_url(url: str | None) -> str | None:
    """The domain of an address without `www`, `m` and the like; None where it is no web address."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _SUBDOMAINS.sub("", host) if host and "." in host else None
