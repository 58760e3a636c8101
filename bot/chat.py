"""The interactive conversation of ``citewire ask``: a prompt with line editing and a history that survives."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from bot.asking import query_after, readable, spoken_language, today, turn_of
from bot.output import print_text
from bot.replying import reply
from index import compose
from index.follow_up import REMEMBERED
from index.small_talk import is_talk
from prompts import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from index.compose import Engine
    from index.config import Config
    from index.types import Turn

_HISTORY_LINES = 1000
_COMMAND = re.compile(r"/\w*")


def chat(options: argparse.Namespace, config: Config) -> int:
    """Answer question after question until the end of input, each heard as going on from those before."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # bytes that are no text must not end the conversation
    engine = compose.open_engine(config)
    welcome = Text(message("chat_welcome", spoken_language(options, os.environ)), style="dim")
    print_text(welcome)
    with _line_editing(config.store.path / "chat_history"):
        turns: list[Turn] = []
        for line in _lines():
            if line == "/new":
                turns = []
            elif _COMMAND.fullmatch(line):  # /help, or one that is unknown: both want to know which there are
                print_text(welcome)
            else:
                turns = [*turns, *_answered(line, turns, engine, options)][-REMEMBERED:]
    return 0


def _answered(line: str, turns: list[Turn], engine: Engine, options: argparse.Namespace) -> list[Turn]:
    """Answer a line; where it was made whole by what was said before, say how it was understood.

    The turn is what later lines may go on from: none for small talk.
    """
    query = query_after(engine.follower, options, line, turns)
    if query.text != readable(line):
        print_text(Text(message("understood", query.language, question=query.text), style="dim"))
        print_text(Text())
    answer = engine.answerer.written(query, today(options))
    print_text(reply(answer, engine, today(options)))
    print_text(Text())
    return [] if is_talk(answer.refusal) else [turn_of(answer)]


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
