"""Telegram's own parser of formatted text, out of the library that its clients are made of, as the judge in tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson


class RefusedError(Exception):
    """Telegram would not send this; says why in Telegram's words."""


@dataclass(frozen=True)
class Entity:
    """A styled stretch; offset and length count UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str = ""


@dataclass(frozen=True)
class Parsed:
    """What Telegram shows."""

    text: str
    entities: tuple[Entity, ...]

    def styled(self, kind: str) -> list[str]:
        """The stretches that have a kind: ``Bold``, ``Italic``, ``Code``, ``BlockQuote``, ``TextUrl``."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * each.offset : 2 * (each.offset + each.length)].decode("utf-16-le")
            for each in self.entities
            if each.kind == kind
        ]

    @property
    def links(self) -> dict[str, str]:
        """The text of each link, and its target."""
        urls = [each.url for each in self.entities if each.kind == "TextUrl"]
        return dict(zip(self.styled("TextUrl"), urls, strict=True))


def parse(html: str) -> Parsed:
    """The text and its entities as Telegram parses HTML. Raises RefusedError where it does not."""
    _quiet()
    found = _ask("parseTextEntities", text=html, parse_mode={"@type": "textParseModeHTML"})
    if found["@type"] == "error":
        raise RefusedError(found["message"])
    return Parsed(found["text"], tuple(_entity(each) for each in found["entities"]))


def _entity(found: dict[str, Any]) -> Entity:
    kind = found["type"]["@type"].removeprefix("textEntityType")
    return Entity(kind, found["offset"], found["length"], found["type"].get("url", ""))


@cache
def _quiet() -> None:
    """The library writes a log line a call unless told not to."""
    _ask("setLogVerbosityLevel", new_verbosity_level=0)


def _ask(kind: str, **request: object) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps({"@type": kind} | request).encode())
    assert answer is not None
    found: dict[str, Any] = json.loads(answer)
    return found
