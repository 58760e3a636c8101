"""Moving an index: its vectors to a server and back, its articles to a file and in again."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from bot.asking import spoken_language
from bot.output import show_result, write_lines
from index import compose
from index.exchange import line_of
from prompts import message

if TYPE_CHECKING:
    import argparse

    from bot.json_form import Document
    from index.config import Config
    from index.exchange import Moved, Restored
    from index.types import AskerLanguage


def migrate(options: argparse.Namespace, config: Config) -> int:
    """Copy the vectors, and say which setting makes the copy the one that is used."""
    from bot.progress import CountingProgress

    language = spoken_language(options, os.environ)
    with CountingProgress(message("migrating", language), compose.count_passages(config)) as progress:
        moved = compose.migrate(config, options.to, drop=options.drop, progress=progress.advance)
    change = options.to if options.to != config.store.chroma_url else None
    show_result(
        options, migration(moved, options.to, change, dropped=options.drop), lambda: _migrated(moved, change, language)
    )
    return 0


def export_articles(options: argparse.Namespace, config: Config) -> int:
    """Write all articles, one JSON object a line."""
    lines = (line_of(each) for each in compose.stored_articles(config))
    if options.out:
        write_lines(options.out, lines)
    else:
        sys.stdout.buffer.writelines(line.encode("utf-8") for line in lines)
        sys.stdout.flush()
    return 0


def import_articles(options: argparse.Namespace, config: Config) -> int:
    """Put the articles of an export into the index, after all of it was checked."""
    from bot.progress import CountingProgress

    language = spoken_language(options, os.environ)
    with CountingProgress(message("importing", language), compose.count_exported(config, options.file)) as progress:
        done = compose.import_articles(config, options.file, progress.advance)
    show_result(options, imported(done), lambda: _imported(done, language))
    return 0


def migration(moved: Moved, to: str, change: str | None, *, dropped: bool) -> Document:
    """What copying came to; ``change`` is the value that [store] chroma_url wants, None where it has it."""
    return {
        "to": to or "embedded",
        "vectors": moved.vectors,
        "written": moved.written,
        "deleted": moved.deleted,
        "dropped": dropped,
        "set": {"chroma_url": change},
    }


def imported(done: Restored) -> Document:
    """What an import came to."""
    return {"added": done.added, "replaced": done.replaced, "unchanged": done.unchanged, "kept": done.kept}


def _migrated(moved: Moved, change: str | None, language: AskerLanguage) -> Text:
    lines = [message("migrated", language, vectors=moved.vectors, written=moved.written)]
    if change is not None:
        lines.append(message("migrated_set", language, setting=f'[store] chroma_url = "{change}"'))
    return Text("\n".join(lines))


def _imported(done: Restored, language: AskerLanguage) -> Text:
    return Text(message("imported", language, **imported(done)))
