"""What people and language models are told, in Russian, Ukrainian and English, editable without Python.

Catalogues of messages are TOML, a file a language; orders for a model are Markdown, a file a task and language.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

InterfaceLanguage = Literal["ru", "uk", "en"]
Forms = dict[str, str]
"""A message that depends on a count: its text by plural category."""

CATALOGUES = ("messages", "telegram")


def message(key: str, language: InterfaceLanguage, **values: object) -> str:
    """The message under ``key`` in ``language``, its ``{placeholders}`` filled from ``values``.

    Where the message has plural forms, ``count``, a whole number, chooses among them.

    Raises:
        KeyError: The catalogue has no such message, or a placeholder or a count has no value.
    """
    found = catalogue(language)[key]
    if isinstance(found, dict):
        found = found[plural(int(str(values["count"])), language)]
    return found.format_map(values)


def plural(count: int, language: InterfaceLanguage) -> str:
    """The plural category of a whole number: "one" and "other" in English, "one", "few" and "many" else.

    As the Unicode CLDR has it (Language Plural Rules, cardinals); its "other" of Russian and Ukrainian, not kept here,
    is for fractions.
    """
    if language == "en":
        return "one" if count == 1 else "other"
    tens, ones = abs(count) // 10 % 10, abs(count) % 10
    if tens != 1 and ones == 1:
        return "one"
    return "few" if tens != 1 and ones in (2, 3, 4) else "many"


@cache
def orders(task: str, language: InterfaceLanguage) -> tuple[str, ...]:
    """The parts of what a language model is told for a task, which lines of dashes part; ``{words}`` are to be filled.

    Raises:
        FileNotFoundError: There is no file for this task and language.
    """
    text = resources.files(__name__).joinpath(f"{task}.{language}.md").read_text("utf-8")
    return tuple(part.strip() for part in text.split("\n---\n"))


@cache
def catalogue(language: InterfaceLanguage) -> dict[str, str | Forms]:
    """All messages of a language by key."""
    return {key: text for name in CATALOGUES for key, text in read(name, language).items()}


def read(name: str, language: InterfaceLanguage) -> dict[str, str | Forms]:
    """The messages of one catalogue file: ``messages`` of the whole program, ``telegram`` of the bot there."""
    source = tomllib.loads(resources.files(__name__).joinpath(f"{name}.{language}.toml").read_text("utf-8"))
    return {key: text if isinstance(text, dict) else str(text) for key, text in source.items()}
