"""Many questions from a JSON Lines file, with one opening of the index for all of them."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from bot import json_form
from bot.asking import query_of
from bot.output import json_line
from index import compose
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bot.json_form import Document
    from index.config import Config
    from index.types import Query

_CHOICES = {"lang": ("ru", "uk", "en"), "article_lang": ("ru", "uk", "en", "other")}


def ask_batch(options: Namespace, config: Config) -> int:
    """Answer every line's question; the results come in the same order, each with its line's ``id``."""
    tasks = _read(options)
    engine = compose.open_engine(config)
    return _run(tasks, lambda query: json_form.answer(engine.answerer.answer(query)), options.out)


def search_batch(options: Namespace, config: Config) -> int:
    """Search for every line's query."""
    tasks = _read(options)
    engine = compose.open_engine(config)
    limit = options.limit or config.retrieve.limit
    return _run(tasks, lambda query: json_form.search(query.text, engine.retriever.retrieve(query, limit)), options.out)


def _run(tasks: Iterable[tuple[Any, Query]], answer: Callable[[Query], Document], out: Path | None) -> int:
    lines = (json_line({"id": identity, **answer(query)}) for identity, query in tasks)
    if out is None:
        sys.stdout.buffer.writelines(line.encode("utf-8") for line in lines)
        sys.stdout.flush()
    else:
        _write(out, lines)
    return 0


def _write(out: Path, lines: Iterable[str]) -> None:
    """Write beside the file and move it into place at the end, so that no half-written result is ever read."""
    unfinished = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(lines)
        unfinished.replace(out)
    except OSError as error:
        raise SourceError(str(out), f"cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _read(options: Namespace) -> list[tuple[Any, Query]]:
    """All lines, checked before the first is answered."""
    try:
        text = options.batch.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SourceError(str(options.batch), f"cannot be read: {reason}") from error
    numbered = enumerate(text.split("\n"), start=1)
    return [_task(line, f"{options.batch}, line {number}", options) for number, line in numbered if line.strip()]


def _task(line: str, place: str, options: Namespace) -> tuple[Any, Query]:
    """A line's id and query; what the line restricts takes the place of what the command line does."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise SourceError(place, f"broken JSON: {error.msg}") from None
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise SourceError(place, 'expected an object with "question"')
    for key, allowed in _CHOICES.items():
        if record.get(key) is not None and record[key] not in allowed:
            raise SourceError(place, f'"{key}" must be one of {", ".join(allowed)}')
    article_lang = [record["article_lang"]] if record.get("article_lang") else options.article_lang
    merged = Namespace(**{**vars(options), "lang": record.get("lang") or options.lang, "article_lang": article_lang})
    return record.get("id"), query_of(merged, record["question"])
