"""What people say to a bot without asking it anything: greetings, thanks, "what's new?"."""

from __future__ import annotations

import re
from typing import Literal, get_args

from index.types import AskerLanguage
from prompts import message

Courtesy = Literal["hello", "thanks", "news"]

_PHRASES: dict[Courtesy, str] = {"hello": "tg_words_hello", "thanks": "tg_words_thanks", "news": "tg_words_news"}
"""The messages that list the phrases, with commas between."""


def courtesy(text: str, speaks: AskerLanguage) -> tuple[Courtesy, AskerLanguage] | None:
    """Which courtesy a message is, and in which language, ``speaks`` where several have it; None where it asks."""
    phrase = " ".join(re.findall(r"[\w'’]+", text.lower()))
    for language in sorted(get_args(AskerLanguage), key=lambda each: each != speaks):
        for kind, key in _PHRASES.items():
            if phrase in message(key, language).split(", "):
                return kind, language
    return None
