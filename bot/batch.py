"""Many questions from a JSON Lines file, with one opening of the index for all of them."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args

from bot import json_form
from bot.asking import query_after, readable, today
from bot.output import json_line, put_lines
from index import compose
from index.errors import SourceError
from index.types import AskerLanguage, Language, Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.json_form import Document
    from index.config import Config
    from index.types import Query


@dataclass(frozen=True, slots=True)
class _Task:
    """A line's id, its question as typed, what restricts it, and the turns before it."""

    identity: Any
    typed: str
    options: Namespace
    history: list[Turn]


def ask_batch(options: Namespace, config: Config) -> int:
    """Answer every line's question; the results come in the same order, each with its line's ``id``."""
    tasks = _read(options)
    engine = compose.open_engine(config)

    def answered(task: _Task) -> Document:
        """A line's answer."""
        query = query_after(engine.follower, task.options, task.typed, task.history)
        return _result(task, query, json_form.answer(engine.answerer.written(query, today(task.options))))

    put_lines(options.out, map(json_line, map(answered, tasks)))
    return 0


def search_batch(options: Namespace, config: Config) -> int:
    """Search for every line's query. No language model is asked what it means: search needs none."""
    tasks = _read(options)
    engine = compose.open_engine(config)
    limit = options.limit or config.retrieve.limit

    def found(task: _Task) -> Document:
        """What a line's query finds."""
        query = query_after(engine.follower, task.options, task.typed, task.history, by_model=False)
        return _result(task, query, json_form.search(query.text, engine.retriever.retrieve(query, limit)))

    put_lines(options.out, map(json_line, map(found, tasks)))
    return 0


def _result(task: _Task, query: Query, document: Document) -> Document:
    """A line of results: the question as typed and as understood, then what was found."""
    asked = {"id": task.identity, "question": task.typed, "understood": query.text}
    return {**asked, **{key: value for key, value in document.items() if key != "question"}}


def _read(options: Namespace) -> list[_Task]:
    """All lines, checked before the first is answered."""
    try:
        text = options.batch.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SourceError(str(options.batch), f"cannot be read: {reason}") from error
    numbered = enumerate(text.split("\n"), start=1)
    return [_task(line, f"{options.batch}, line {number}", options) for number, line in numbered if line.strip()]


def _task(line: str, place: str, options: Namespace) -> _Task:
    """A line's question; what the line restricts takes the place of what the command line does."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(place, f"broken JSON: {error}") from None
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise SourceError(place, 'expected an object with "question"')
    try:
        stated = {key: read(record[key]) for key, read in _RESTRICTIONS.items() if record.get(key)}
    except (ValueError, TypeError, OverflowError) as error:
        raise SourceError(place, str(error)) from None
    asked = Namespace(**{"now": None, **vars(options), **stated})
    if asked.since and asked.until and asked.since > asked.until:
        raise SourceError(place, '"since" is later than "until"')
    return _Task(record.get("id"), readable(record["question"]), asked, _history(record.get("history"), place))


def _history(value: Any, place: str) -> list[Turn]:
    """The turns before a line's question, oldest first; an answer may be missing or null, as for a refusal."""
    try:
        return [Turn(readable(each["question"]), readable(each.get("answer") or "")) for each in value or ()]
    except (TypeError, KeyError, AttributeError):
        raise SourceError(place, '"history" must be a list of objects with "question" and "answer"') from None


def _language(value: Any) -> str:
    if value not in get_args(AskerLanguage):
        raise ValueError(f'"lang" must be one of {", ".join(get_args(AskerLanguage))}')
    return str(value)


def _languages(value: Any) -> list[str]:
    wanted = _names(value)
    if not set(wanted) <= set(get_args(Language)):
        raise ValueError(f'"article_lang" must be among {", ".join(get_args(Language))}')
    return wanted


def _names(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


_RESTRICTIONS: dict[str, Callable[[Any], object]] = {
    "lang": _language,
    "article_lang": _languages,
    "source": _names,
    "since": date.fromisoformat,
    "until": date.fromisoformat,
    "now": lambda value: datetime.fromisoformat(value).astimezone(),
}
