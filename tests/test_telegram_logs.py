"""The bot's logs: JSON lines with the request's id, without the token and without people's words."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.logs import REQUEST, JsonLines, new_request, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "123456:AAH-Secret_Part-of_the_token"  # noqa: S105 - of no bot
SECRET = TOKEN.partition(":")[2]
LOG = logging.getLogger("bot.somewhere")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Where the log goes, set up without texts; everything is put back in the end."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    stream = StringIO()
    set_up(TOKEN, stream=stream)
    yield stream
    root.handlers[:] = before[1]
    root.setLevel(before[0])
    for name in ("bot", "index", "httpx", "httpcore", "telegram", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def read(lines: StringIO) -> list[dict[str, Any]]:
    """The lines written so far."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def raise_with(text: str, kind: type[Exception] = ValueError) -> None:
    """Fail with a text of somebody."""
    raise kind(text)


def test_a_line_is_one_json_object(lines: StringIO) -> None:
    """Time, level, logger, event, request, and the fields given with it."""
    REQUEST.set("K7M4PQ29")
    LOG.info("answer sent", extra={"fields": {"chunks": 2, "kinds": ("a", "б"), "level": "no"}})
    (line,) = read(lines)
    assert abs(datetime.now(UTC) - datetime.fromisoformat(line.pop("time"))).total_seconds() < 60
    assert line == {
        "level": "INFO",
        "logger": "bot.somewhere",
        "event": "answer sent",
        "request": "K7M4PQ29",
        "chunks": 2,
        "kinds": ["a", "б"],
    }


def test_each_task_has_its_own_request(lines: StringIO) -> None:
    """Two tasks at work at the same time do not mix their ids up."""

    async def work(request: str) -> None:
        REQUEST.set(request)
        await asyncio.sleep(0)
        LOG.info(request)

    async def both() -> None:
        await asyncio.gather(work("A"), work("B"))

    asyncio.run(both())
    assert [(line["event"], line["request"]) for line in read(lines)] == [("A", "A"), ("B", "B")]


def test_request_ids_can_be_read_out() -> None:
    """Eight characters, none of which is taken for another, and no two alike."""
    made = [new_request() for _ in range(500)]
    assert {len(each) for each in made} == {8}
    assert not set("".join(made)) & set("0O1IL5S8B2Zabcdefghijklmnopqrstuvwxyz") - set("258")
    assert len(set(made)) == 500


FORMS = (TOKEN, quote(TOKEN, safe=""), quote(quote(TOKEN, safe=""), safe=""), quote(TOKEN, safe="").lower(), SECRET)


@pytest.mark.parametrize("form", FORMS)
def test_the_token_is_hidden_everywhere(lines: StringIO, form: str) -> None:
    """In events, arguments, names and values of fields, names of loggers and exceptions, whole or encoded."""
    LOG.warning("at %s", f"https://a.example/bot{form}/getMe")
    logging.getLogger("bot." + form).error(form, extra={"fields": {form: [{form: form}]}})
    logging.getLogger("telegram.ext").error(form)
    try:
        raise_with(form, type(form, (Exception,), {}))
    except Exception:
        LOG.exception("failed")
    written = lines.getvalue().lower()
    assert len(read(lines)) == 4
    assert SECRET.lower() not in written
    assert written.count("<token>") >= 8


@given(st.text(), st.text())
def test_whatever_stands_around_the_token_it_is_hidden(before: str, after: str) -> None:
    """And the line is still JSON."""
    record = logging.LogRecord("bot", logging.INFO, "", 1, before + TOKEN + after, None, None)
    line = JsonLines(TOKEN, texts=False).format(record)
    assert SECRET not in line
    assert "<token>" in json.loads(line)["event"]


def test_exceptions_tell_where_and_not_what(lines: StringIO) -> None:
    """Type and frames of an exception and of what led to it; not their messages, which may quote people."""
    try:
        try:
            raise_with("мій номер 12345")
        except ValueError as error:
            raise ExceptionGroup("двоє", [KeyError("мій секрет")]) from error
    except ExceptionGroup:
        LOG.exception("no reply")
    (line,) = read(lines)
    assert "мій" not in lines.getvalue()
    assert [each["type"].removeprefix("builtins.") for each in line["errors"]] == [
        "ExceptionGroup",
        "ValueError",
        "KeyError",
    ]
    assert line["errors"][1]["frames"][-1].startswith("tests/test_telegram_logs.py:")
    assert line["errors"][1]["frames"][-1].endswith(" raise_with")


def test_what_people_wrote_is_left_out(lines: StringIO) -> None:
    """Fields of texts are dropped at any depth, and of unknown objects only the class is named."""
    fields = {"question": "таємне", "deep": [{"text": "таємне", "size": 6}], "error": ValueError("таємне")}
    LOG.info("asked", extra={"fields": fields})
    (line,) = read(lines)
    assert "таємне" not in lines.getvalue()
    assert (line["deep"], line["error"]) == ([{"size": 6}], "ValueError")


def test_texts_can_be_switched_on(lines: StringIO) -> None:
    """Then fields and exceptions show them, and the token still does not appear."""
    set_up(TOKEN, texts=True, stream=lines)
    try:
        raise_with(f"таємне {TOKEN}")
    except ValueError:
        LOG.exception("failed", extra={"fields": {"question": "хто?"}})
    (line,) = read(lines)
    assert line["question"] == "хто?"
    assert line["errors"][0]["message"] == "таємне 123456:<token>"


def test_other_libraries_speak_from_warnings_on_and_without_values(lines: StringIO) -> None:
    """What they put into their lines is not ours to judge; the constant part says enough."""
    logging.getLogger("httpx").info("HTTP Request: POST %s", "url")
    logging.getLogger("somebody.elses").info("started")
    logging.getLogger("telegram.ext").warning("Error in %s", "таємне")
    logging.getLogger("asyncio").error("Task failed\nfuture: %s", "таємне")
    assert [line["event"] for line in read(lines)] == ["Error in %s", "Task failed"]


def test_level_is_that_of_our_own_lines(lines: StringIO) -> None:
    """DEBUG shows ours, and still no library's."""
    set_up(TOKEN, "DEBUG", stream=lines)
    LOG.debug("detail")
    logging.getLogger("httpx").debug("detail")
    assert [line["logger"] for line in read(lines)] == ["bot.somewhere"]


def test_a_line_that_cannot_be_made_is_told_of_without_its_values(lines: StringIO) -> None:
    """Wrong arguments neither raise nor appear."""
    set_up(TOKEN, stream=lines)
    LOG.info("%d questions", "таємне")
    (line,) = read(lines)
    assert (line["event"], line["logger"]) == ("a log line failed", "bot.somewhere")


@pytest.mark.parametrize("place", ["main", "thread"])
def test_uncaught_exceptions_are_lines_too(place: str) -> None:
    """What ends the process, or a thread, is told on standard error in the same form and as silently."""
    script = f"""
import threading
from bot.telegram.logs import set_up
set_up({TOKEN!r})
def fail():
    raise ValueError("таємне", {TOKEN!r})
threading.Thread(target=fail).start() if {place!r} == "thread" else fail()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    line = json.loads(done.stderr)
    assert (line["level"], line["errors"][0]["type"]) == ("CRITICAL", "builtins.ValueError")
    assert "таємне" not in done.stderr
    assert SECRET not in done.stderr
