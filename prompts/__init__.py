"""What people are told, in Russian, Ukrainian and English: a catalogue of messages per language, editable as TOML."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

InterfaceLanguage = Literal["ru", "uk", "en"]


def message(key: str, language: InterfaceLanguage, **values: object) -> str:
    """The message under ``key`` in ``language``, its ``{placeholders}`` filled from ``values``.

    Raises:
        KeyError: The catalogue has no such message, or a placeholder has no value.
    """
    return catalogue(language)[key].format_map(values)


@cache
def catalogue(language: InterfaceLanguage) -> dict[str, str]:
    """All messages of a language by key."""
    text = resources.files(__name__).joinpath(f"messages.{language}.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}
