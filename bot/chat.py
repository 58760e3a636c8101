"""The interactive conversation of ``citewire ask``: a prompt with line editing and a history that survives."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from bot import render
from bot.asking import query_of, spoken_language, today
from bot.output import print_text
from index import compose
from prompts import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from index.config import Config

_HISTORY_LINES = 1000


def chat(options: argparse.Namespace, config: Config) -> int:
    """Answer question after question until the end of input."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # bytes that are no text must not end the conversation
    engine = compose.open_engine(config)
    print_text(Text(message("chat_welcome", spoken_language(options, os.environ)), style="dim"))
    with _line_editing(config.store.path / "chat_history"):
        for line in _lines():
            print_text(render.answer(engine.answerer.answer(query_of(options, line), today(options))))
            print_text(Text())
    return 0


def _lines() -> Iterator[str]:
    """What is typed, line by line, until the end of input or ``/quit``."""
    prompt = "? " if sys.stdin.isatty() else ""
    while True:
        try:
            line = input(prompt).strip()
        except EOFError:
            return
        except KeyboardInterrupt:
            print_text(Text())
            continue
        if line in ("/quit", "/exit"):
            return
        if line:
            yield line


@contextlib.contextmanager
def _line_editing(history: Path) -> Iterator[None]:
    """Arrow keys and earlier questions, where Python was built with readline and somebody sits there."""
    try:
        import readline
    except ImportError:
        readline = None  # type: ignore[assignment] # without it, plain input works
    if readline is None or not sys.stdin.isatty():
        yield
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(_HISTORY_LINES)
    try:
        yield
    finally:
        # A read-only index is no reason to fail at the end of a conversation.
        with contextlib.suppress(OSError):
            readline.write_history_file(history)
