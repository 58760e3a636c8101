"""Two questions as one text."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[?!.…])\s+(?=\S)")
_END = "?!.…"


def sentences(question: str) -> list[str]:
    """The questions that a text puts one after another."""
    return _SENTENCE.split(question.strip())


def first(question: str) -> str:
    """The question that a chain of follow-ups began with: later sentences were combined with it."""
    return sentences(question)[0]


def asked(text: str) -> str:
    """The text as a question: a capital at its start, a question mark at its end."""
    text = text.strip()
    return capital(text if text.endswith(("?", "!")) else f"{text.rstrip(_END + ' ,;:')}?")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with a small first letter, unless its first word is all capitals."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if len(word) > 1 and word.isupper() else text[:1].lower() + text[1:]


def after(earlier: str, question: str) -> str:
    """Both, the earlier first, as two questions."""
    return f"{asked(earlier)} {asked(question)}"


def joined(earlier: str, word: str, question: str) -> str:
    """Both as one: "Who closed the port, and why?"."""
    return f"{capital(earlier.rstrip(_END + ' '))}, {word} {small(question).rstrip(_END + ' ')}?"
