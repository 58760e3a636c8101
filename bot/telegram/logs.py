"""Structured logs: one JSON object a line on standard error, never with the token, never with what people wrote.

What may hold people's words is left out unless ``texts`` is on: the fields of ``TEXT_FIELDS``, the messages of
exceptions, and the words that other libraries put into their log lines.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import threading
import traceback
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from types import TracebackType

TEXT_FIELDS = frozenset({"text", "question", "understood", "query"})
"""Fields that hold what people wrote, or what was answered."""

_OURS = ("bot", "index")
_QUIET = ("httpx", "httpcore", "telegram", "tornado", "asyncio")
_LETTERS = "23456789CDFGHJKMNPQRTVWX"
"""No vowels, which would make words, and nothing that is taken for something else when read out or copied."""
_MOST_CAUSES = 5
_MOST_FRAMES = 50
_HIDDEN = "<token>"

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that the running task works on; it stands in every log line of that task."""


def new_request() -> str:
    """An id for a request: 8 characters that people can read out."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def set_up(token: str, level: str = "INFO", *, texts: bool = False, stream: TextIO | None = None) -> None:
    """Send all logs and all uncaught exceptions to ``stream`` (standard error) as JSON lines.

    Takes the place of whatever handlers there were: one of another form would print the token. Lines of other
    libraries are shown from WARNING on. Raises ValueError for an unknown level.
    """
    handler = _LineHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(token, texts=texts))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_of_thread


class _LineHandler(logging.StreamHandler[TextIO]):
    """Writes lines. Of one that cannot be written it tells only where it came from: logging itself would show it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """Write a line in the place of the one that failed."""
        line = {"level": "ERROR", "logger": record.name, "event": "a log line failed", "line": record.lineno}
        with suppress(OSError, ValueError):
            self.stream.write(json.dumps(line) + self.terminator)


class JsonLines(logging.Formatter):
    """A log record as one line of JSON, with the token hidden in whatever place and form it takes."""

    def __init__(self, token: str, *, texts: bool) -> None:
        super().__init__()
        self._token = _token_pattern(token)
        self._texts = texts

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object: time, level, logger, event, request, then the fields given as ``extra={"fields": ...}``."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": self._event(record),
            "request": REQUEST.get(),
        }
        fields = _plain(getattr(record, "fields", {}), texts=self._texts)
        if isinstance(fields, dict):
            line |= {name: value for name, value in fields.items() if name not in line}
        error = record.exc_info and record.exc_info[1]
        if error:
            line["errors"] = [self._error(each) for each in _causes(error)]
        return self._token.sub(_HIDDEN, json.dumps(line, ensure_ascii=False))

    def _event(self, record: logging.LogRecord) -> str:
        """What happened; of other libraries' words only the constant part of the first line, unless texts are on."""
        if self._texts or record.name.partition(".")[0] in _OURS:
            return record.getMessage()
        return str(record.msg).partition("\n")[0]

    def _error(self, error: BaseException) -> dict[str, object]:
        said = {"message": str(error)} if self._texts else {}
        return {"type": f"{type(error).__module__}.{type(error).__qualname__}", **said, "frames": _frames(error)}


def _token_pattern(token: str) -> re.Pattern[str]:
    """Finds the token's secret part, the bot's id before it being public: no encoding of an address changes it."""
    secret = token.rpartition(":")[2]
    return re.compile(re.escape(secret) if secret else r"(?!)", re.IGNORECASE)


def _plain(value: object, *, texts: bool) -> object:
    """What JSON takes. Of objects it does not know only the class is told: their words may be people's."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {
            str(name): _plain(each, texts=texts) for name, each in value.items() if texts or name not in TEXT_FIELDS
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each, texts=texts) for each in value]
    return type(value).__name__


def _causes(error: BaseException) -> list[BaseException]:
    """The exception, those that led to it, and the members of groups; the last raised first."""
    found = [error]
    for each in found:
        earlier = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        members = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        found += [other for other in (earlier, *members) if other and other not in found][: _MOST_CAUSES - len(found)]
    return found


def _frames(error: BaseException) -> list[str]:
    """Where it was raised, as ``folder/file.py:line function``, the innermost last."""
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return [
        f"{'/'.join(Path(code.co_filename).parts[-2:])}:{line} {code.co_qualname}"
        for code, line in frames[-_MOST_FRAMES:]
    ]


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("bot").critical("uncaught exception", exc_info=(kind, error, trace))


def _log_uncaught_of_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        _log_uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)
