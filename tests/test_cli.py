"""The command line end to end: real processes, real model, the contract of outputs and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def citewire(sample_store: Path, model_cache: Path, tmp_path: Path) -> Citewire:
    """Runs the command in an empty folder on the index of the sample articles."""
    return Citewire(sample_store, model_cache, tmp_path)


class Citewire:
    """The command as a user runs it, from a folder that is not the project's."""

    def __init__(self, store: Path, cache: Path, folder: Path) -> None:
        self.folder = folder
        clean = {name: value for name, value in os.environ.items() if not name.startswith("CITEWIRE_")}
        self.environ = {**clean, "CITEWIRE_STORE": str(store), "CITEWIRE_EMBEDDER_CACHE": str(cache), "LANG": "C.UTF-8"}

    def __call__(self, *arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=typed,
            cwd=self.folder,
            env={**self.environ, **environ},
            check=False,
            timeout=120,
        )

    def json(self, *arguments: str) -> Any:
        """The JSON document that it prints."""
        done = self(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def test_answer_for_people(citewire: Citewire) -> None:
    """A question is answered with quotes, numbers and sources in its language, at 80 columns."""
    done = citewire("ask", "Скільки коштував міст у Верхній Липівці?")
    assert done.returncode == 0
    assert "412" in done.stdout
    assert "[1]" in done.stdout
    assert "Джерела" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_answer_as_json(citewire: Citewire) -> None:
    """The document's quotes are spans of what `show` prints."""
    answer = citewire.json("ask", "How much maize did the Aurelia carry?")
    assert (answer["lang"], answer["refused"], answer["mode"]) == ("en", False, "extractive")
    for cited in answer["citations"]:
        text = citewire.json("show", cited["article_id"])["text"]
        assert cited["quote"] == text[cited["start"] : cited["end"]]
    assert len(answer["passages"]) == 10


def test_language_of_the_answer_can_be_chosen(citewire: Citewire) -> None:
    """--lang decides the words around the quotes."""
    assert "Sources" in citewire("ask", "Сколько стоил мост в Верхней Липовке?", "--lang", "en").stdout


def test_search_keeps_limit_and_filters(citewire: Citewire) -> None:
    """Search lists as many passages as asked for, in the language asked for."""
    found = citewire.json("search", "storm", "--limit", "3", "--article-lang", "ru")
    assert [passage["lang"] for passage in found["passages"]] == ["ru"] * 3


def test_dates_restrict(citewire: Citewire) -> None:
    """Nothing published outside the days asked for is found."""
    found = citewire.json("search", "bridge", "--since", "2026-03-01", "--until", "2026-03-31")
    dates = {citewire.json("show", each["article_id"])["date"][:7] for each in found["passages"][:3]}
    assert dates == {"2026-03"}


def test_status_counts_the_samples(citewire: Citewire) -> None:
    """The status counts the three languages."""
    status = citewire.json("status")
    assert {"ru", "uk", "en"} <= set(status["languages"])
    assert status["articles"] == sum(status["languages"].values())


def test_batch_keeps_order_and_ids(citewire: Citewire) -> None:
    """A file of questions gives a file of answers, in order, each with its id and restriction."""
    tasks = [
        {"id": "b", "question": "Сколько стоил мост через Сулу?", "article_lang": "ru"},
        {"id": 1, "question": "How much maize did the Aurelia carry?", "lang": "uk"},
    ]
    (citewire.folder / "in.jsonl").write_text("\n".join(map(json.dumps, tasks)) + "\n\n", "utf-8")
    done = citewire("ask", "--batch", "in.jsonl", "--out", "out.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    results = [json.loads(line) for line in (citewire.folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert [each["id"] for each in results] == ["b", 1]
    assert {each["lang"] for each in results[0]["citations"]} == {"ru"}
    assert results[1]["lang"] == "uk"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"question": "x", "since": "soon"}',
        '"text"',
        '{"id": 1}',
        '{"question": "x", "since": "2026-02-01", "until": "2026-01-01"}',
        '{"question": "x", "lang": "de"}',
        '{"question": "x", "history": ["y"]}',
        '{"question": "x", "history": [{"answer": "y"}]}',
        '{"question": "x", "history": 1}',
    ],
)
def test_bad_batch_line_is_named(citewire: Citewire, line: str) -> None:
    """A broken line ends the batch before anything is written; the error names file and line."""
    (citewire.folder / "in.jsonl").write_text(f'{{"question": "Who?"}}\n{line}\n', "utf-8")
    done = citewire("search", "--batch", "in.jsonl", "--out", "out.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "in.jsonl, line 2" in done.stderr
    assert not (citewire.folder / "out.jsonl").exists()


def test_chat_answers_line_by_line(citewire: Citewire) -> None:
    """Without a question, questions are read until the end of input, each answered in its language."""
    done = citewire(
        "ask", typed="How much did the Sula bridge cost?\n\nСколько стоил мост через Сулу?\n/quit\nnever read\n"
    )
    assert done.returncode == 0
    assert "Sources" in done.stdout
    assert "Источники" in done.stdout
    assert "never read" not in done.stdout


def test_chat_goes_on_from_what_was_said(citewire: Citewire) -> None:
    """A follow-up is made whole, and it is said how; after /new there is nothing to go on from."""
    done = citewire("ask", typed="Сколько стоил мост через Сулу?\nа когда его открыли?\n/new\nа когда его открыли?\n")
    assert done.stdout.count("Когда открыли мост через Сулу?") == 1
    assert "14 марта" in done.stdout.split("Когда открыли мост через Сулу?")[1]


def test_chat_tells_its_commands(citewire: Citewire) -> None:
    """Whoever asks for help, or types a command that there is not, reads which there are, and is not searched for."""
    done = citewire("ask", "--lang", "uk", typed="/help\n/weather\n/\n")
    assert done.stdout.count("/quit") == 4
    assert "Джерела" not in done.stdout


def test_chat_returns_small_talk(citewire: Citewire) -> None:
    """A greeting is returned, whoever asks for news sees the newest articles, and neither is what a follow-up means."""
    typed = "Привет!\nСколько стоил мост через Сулу?\nСпасибо, а что нового?\nСпасибо\nа когда его открыли?\n"
    done = citewire("ask", typed=typed)
    assert "Здравствуйте!" in done.stdout
    assert "Свежие статьи\n· Паромщики Керкиры" in done.stdout
    assert "Когда открыли мост через Сулу?" in done.stdout


def test_requests_for_other_jobs_are_declined(citewire: Citewire) -> None:
    """In JSON they are refused, with what to say to them as the reason, and nothing was looked for."""
    declined = json.loads(citewire("ask", "Draw me a cat, please", "--json").stdout)
    assert (declined["refused"], declined["answer"], declined["passages"]) == (True, None, [])
    assert declined["reason"].startswith("I don't do pictures")


def test_batch_lines_go_on_from_their_history(citewire: Citewire) -> None:
    """A line's question is understood by its history and given back as typed, in answers as in searches."""
    history = [{"question": "Кто капитан судна Aurelia?", "answer": None}]
    task = json.dumps({"id": 7, "question": "А сколько на нём кукурузы?", "history": history})
    (citewire.folder / "in.jsonl").write_text(task, "utf-8")
    for command, found in (("ask", "citations"), ("search", "passages")):
        result = json.loads(citewire(command, "--batch", "in.jsonl").stdout)
        assert list(result)[:3] == ["id", "question", "understood"]
        assert result["question"] == "А сколько на нём кукурузы?"
        assert "Aurelia" in result["understood"]
        assert result[found]


def test_index_and_remove(citewire: Citewire) -> None:
    """Articles go in with exit code 0 and out again; progress stays off standard output."""
    (citewire.folder / "news").mkdir()
    (citewire.folder / "news" / "a.txt").write_text("The town council met on Tuesday and passed its budget.", "utf-8")
    (citewire.folder / "news" / "b.txt").write_bytes(b"")
    report = citewire.json("index", "news", "--store", "own")
    assert (report["added"], [each["reason"] for each in report["skipped"]]) == (1, ["empty"])
    identity = citewire.json("search", "budget", "--store", "own")["passages"][0]["article_id"]
    assert citewire.json("remove", identity, "--store", "own") == {"removed": 1, "ids": [identity]}
    assert citewire("ask", "What did the council pass?", "--store", "own").stdout.startswith("The index holds no")


def test_relative_dates_count_from_now(citewire: Citewire) -> None:
    """A date such as "yesterday" in an article counts from --now."""
    text = "Bridge reopens\n\nYesterday, 18:40\n\nThe bridge over the Sula reopened on Saturday after nineteen months."
    (citewire.folder / "a.txt").write_text(text, "utf-8")
    citewire("index", "a.txt", "--store", "own", "--now", "2026-03-15T12:00")
    identity = citewire.json("search", "bridge", "--store", "own")["passages"][0]["article_id"]
    assert citewire.json("show", identity, "--store", "own")["date"].startswith("2026-03-14T18:40")


def test_nothing_indexed_is_an_error_code(citewire: Citewire) -> None:
    """Where nothing could be read, the exit code is 1 and the reason is told."""
    done = citewire("index", "nowhere", "--store", "own")
    assert done.returncode == 1
    assert "no such file or folder" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask", "Who?", "--store", "nowhere"], "no index here; make one with `citewire index PATH`"),
        (["show", "nobody"], "nobody: no article with this id"),
        (["show", "\udcff"], "?: no article with this id"),
        (["ask", "Who?", "--config", "nowhere.toml"], "nowhere.toml: no such settings file"),
        (["ask", "--batch", "nowhere.jsonl"], "nowhere.jsonl: cannot be read"),
    ],
)
def test_errors_are_one_clear_line(citewire: Citewire, arguments: list[str], expected: str) -> None:
    """What went wrong is one line on standard error without a traceback, exit code 1."""
    done = citewire(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert expected in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["search"],
        ["ask", "--json"],
        ["ask", "Who?", "--batch", "x"],
        ["ask", "Who?", "--out", "x"],
        ["ask", "Who?", "--since", "yesterday"],
        ["search", "Who?", "--limit", "0"],
        ["ask", "Who?", "--lang", "de"],
        ["ask", "Who?", "--since", "2026-02-01", "--until", "2026-01-01"],
    ],
)
def test_wrong_usage_is_exit_code_2(citewire: Citewire, arguments: list[str]) -> None:
    """What makes no sense is refused with the usage."""
    done = citewire(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: citewire" in done.stderr


def test_bad_variable_is_refused(citewire: Citewire) -> None:
    """A misspelt variable is an error that names it."""
    done = citewire("status", CITEWIRE_RETRIEVE_LIMT="5")
    assert done.returncode == 1
    assert "CITEWIRE_RETRIEVE_LIMT" in done.stderr


def test_batch_lines_restrict_their_question(citewire: Citewire) -> None:
    """A line's days, outlets and languages restrict what is searched for it."""
    tasks = [
        {"question": "bridge", "until": "1999-01-01"},
        {"question": "bridge", "source": "The Harbour Post", "article_lang": ["en", "ru"]},
    ]
    (citewire.folder / "in.jsonl").write_text("\n".join(map(json.dumps, tasks)), "utf-8")
    first, second = (json.loads(line) for line in citewire("search", "--batch", "in.jsonl").stdout.splitlines())
    assert first["passages"] == []
    assert {each["lang"] for each in second["passages"]} == {"en"}


def test_out_goes_through_a_link(citewire: Citewire) -> None:
    """Where the results' file is a link, its target is written and the link stays."""
    (citewire.folder / "in.jsonl").write_text('{"question": "bridge"}', "utf-8")
    (citewire.folder / "target.jsonl").write_text("old", "utf-8")
    (citewire.folder / "link.jsonl").symlink_to("target.jsonl")
    assert citewire("search", "--batch", "in.jsonl", "--out", "link.jsonl").returncode == 0
    assert (citewire.folder / "link.jsonl").is_symlink()
    assert json.loads((citewire.folder / "target.jsonl").read_text("utf-8"))["passages"]


def test_out_leaves_a_device_what_it_is(citewire: Citewire) -> None:
    """A device that cannot be written is an error, and stays a device."""
    (citewire.folder / "in.jsonl").write_text('{"question": "bridge"}', "utf-8")
    done = citewire("search", "--batch", "in.jsonl", "--out", "/dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert Path("/dev/full").is_char_device()
