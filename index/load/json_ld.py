"""What the JSON-LD of a news page says of its article, in the many shapes that outlets write it, broken ones included.

The vocabulary is schema.org's Article and its kinds.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# NewsArticle, BlogPosting, LiveBlogPosting, Report and their like; CreativeWork is what lazy templates say instead.
_ARTICLE = re.compile(r"Article|Posting|Report|CreativeWork$")
# Comment and CDATA marks, which once hid scripts from browsers and XML parsers.
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://\s*)?<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*+(?:;\s*+)?$")
_OUTLET = re.compile(r"NewsMediaOrganization|WebSite|^Organization$")
# These bound the work where a page describes far more than its article.
_MOST_NODES = 2_000
_LONGEST_SCRIPT = 1_000_000
_STRING = r'\s*+"((?:[^"\\]++|\\.)*+)"'
# One wrong sign in any field spoils a whole script; these fields are then looked for by themselves.
_BROKEN_FIELDS = {
    "headline": re.compile(rf'"headline"\s*:{_STRING}'),
    "datePublished": re.compile(rf'"datePublished"\s*:{_STRING}'),
    "author": re.compile(rf'"author"\s*+:\s*+\[?\s*+(?:{{[^{{}}]*?"name"\s*:)?{_STRING}'),
    "publisher": re.compile(rf'"publisher"\s*+:\s*+{{[^{{}}]*?"name"\s*:{_STRING}'),
    "mainEntityOfPage": re.compile(rf'"mainEntityOfPage"\s*+:\s*+(?:{{[^{{}}]*?"@id"\s*:)?{_STRING}'),
}


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The facts of an article node; empty where it does not state them."""

    headline: str = ""
    published: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""


def linked_article(scripts: Iterable[str]) -> LinkedArticle:
    """The first article described in the JSON-LD ``scripts`` of a page; all fields empty where there is none."""
    read = (script for script in scripts if len(script) <= _LONGEST_SCRIPT)
    nodes = list(islice((node for script in read for node in _nodes(_parsed(script))), _MOST_NODES))
    article, by_id = _article(nodes), _by_id(nodes)
    outlet: dict[str, Any] = next((node for node in nodes if _is(node, _OUTLET)), {})
    return LinkedArticle(
        headline=_name(article.get("headline") or article.get("name"), by_id),
        published=_name(article.get("datePublished") or article.get("dateCreated"), by_id),
        author=_name(article.get("author") or article.get("creator"), by_id),
        publisher=_name(article.get("publisher"), by_id) or _name(outlet.get("name"), {}),
        url=_address(article.get("url")) or _address(article.get("mainEntityOfPage")),
    )


def _parsed(script: str) -> Any:
    body = _WRAPPING.sub("", script).strip(" \n\t;")
    # The second attempt is without commas before closing brackets, which JSON forbids and templates leave behind.
    for attempt in (body, re.sub(r",(\s*[}\]])", r"\1", body)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    found = {name: pattern.search(body) for name, pattern in _BROKEN_FIELDS.items()}
    return {"@type": "Article"} | {name: _unescaped(match[1]) for name, match in found.items() if match}


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in ``value``, outer ones first, without recursion: depth is the page's choice."""
    queue = [value]
    for item in queue:
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _article(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The first node of an article's kind, else the first with a date of publication, else an empty one."""
    of_kind = next((node for node in nodes if _is_article(node)), None)
    return of_kind or next((node for node in nodes if node.get("datePublished")), {})


def _by_id(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The nodes that others can refer to; one with nothing but its id is such a reference itself."""
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}


def _is_article(node: dict[str, Any]) -> bool:
    return bool(node.get("headline") or node.get("datePublished")) and _is(node, _ARTICLE)


def _is(node: dict[str, Any], kind: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(kind.search(str(name)) for name in (kinds if isinstance(kinds, list) else [kinds]))


def _name(value: Any, by_id: dict[str, Any]) -> str:
    """A name however given: a string, an object with one, a reference to such an object, or a list of these."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, (_name(item, {}) or _referred(item, by_id) for item in value))))
    if isinstance(value, dict):
        return _name(value.get("name"), {}) or _referred(value, by_id)
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _referred(value: Any, by_id: dict[str, Any]) -> str:
    node = by_id.get(str(value.get("@id"))) if isinstance(value, dict) else None
    return _name(node.get("name"), {}) if node else ""


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) else ""
