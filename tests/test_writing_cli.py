"""Written answers on the command line: real processes, a scripted server, the contract of output and exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.fake_llm import Fail, Say, fake_llm
from tests.test_cli import Citewire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fake_llm import FakeLlm

QUESTION = "How much did the Sula bridge cost?"
GOOD = "The bridge in Verkhnia Lypivka cost 412 million hryvnias [1]."


@pytest.fixture
def fake() -> Iterator[FakeLlm]:
    """A server whose model answers well."""
    with fake_llm(Say(GOOD)) as found:
        yield found


@pytest.fixture
def citewire(sample_store: Path, model_cache: Path, tmp_path: Path, fake: FakeLlm) -> Citewire:
    """The command, with that server in its settings."""
    found = Citewire(sample_store, model_cache, tmp_path)
    found.environ |= {
        "CITEWIRE_LLM_BASE_URL": fake.base_url,
        "CITEWIRE_LLM_MODEL": "scripted",
        "CITEWIRE_LLM_API_KEY_ENV": "KEY_OF_OURS",
        "KEY_OF_OURS": "very-secret",
    }
    return found


def _document(citewire: Citewire, *options: str, **environ: str) -> Any:
    done = citewire("ask", QUESTION, "--json", *options, **environ)
    assert done.returncode == 0, done.stderr
    assert "very-secret" not in done.stdout + done.stderr
    return json.loads(done.stdout)


def test_answer_is_written_when_asked_for(citewire: Citewire, fake: FakeLlm) -> None:
    """--llm has the model write; the key of the variable named goes to the server and nowhere else."""
    document = _document(citewire, "--llm")
    assert (document["mode"], document["note"]) == ("llm", None)
    assert document["answer"].startswith("The bridge in Verkhnia Lypivka cost 412 million hryvnias. [1]")
    assert [each["supported"] for each in document["verdicts"]] == [True]
    assert fake.headers[0]["Authorization"] == "Bearer very-secret"


def test_settings_decide_where_nothing_is_typed(citewire: Citewire, fake: FakeLlm) -> None:
    """Off by default; [llm] enabled turns it on, --no-llm off again."""
    assert _document(citewire)["mode"] == "extractive"
    assert _document(citewire, "--no-llm", CITEWIRE_LLM_ENABLED="true")["mode"] == "extractive"
    assert fake.asked == []
    assert _document(citewire, CITEWIRE_LLM_ENABLED="true")["mode"] == "llm"


def test_search_needs_no_model(citewire: Citewire, fake: FakeLlm) -> None:
    """Where written answers are the default, a search asks no model and needs no key."""
    assert citewire("search", "bridge", CITEWIRE_LLM_ENABLED="true", KEY_OF_OURS="").returncode == 0
    assert fake.asked == []


def test_fault_is_one_line_and_an_answer(citewire: Citewire, fake: FakeLlm) -> None:
    """A server that fails leads to quotes with a word about it; standard error says what to look at."""
    fake.acts = [Fail(401)]
    done = citewire("ask", QUESTION, "--llm")
    assert done.returncode == 0
    assert "412" in done.stdout
    assert "so these are quotes" in done.stdout
    assert "check the variable that [llm] api_key_env names (HTTP 401)" in done.stderr
    assert (done.stderr.count("\n"), "very-secret" in done.stderr) == (1, False)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"CITEWIRE_LLM_MODEL": ""}, "no language model is named"),
        ({"KEY_OF_OURS": ""}, "names the variable KEY_OF_OURS, which is not set"),
    ],
)
def test_missing_settings_are_told(citewire: Citewire, environ: dict[str, str], words: str) -> None:
    """Without a model or its key, --llm is an error in one line."""
    done = citewire("ask", QUESTION, "--llm", **environ)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert words in done.stderr


def test_a_batch_and_a_talk_are_written_as_well(citewire: Citewire) -> None:
    """Each line of a batch and each turn of a talk gets a written answer."""
    (citewire.folder / "in.jsonl").write_text(json.dumps({"id": 1, "question": QUESTION}), "utf-8")
    batch = citewire("ask", "--batch", "in.jsonl", "--llm")
    assert json.loads(batch.stdout)["mode"] == "llm"
    assert "cost 412 million hryvnias. [1]" in " ".join(citewire("ask", "--llm", typed=QUESTION).stdout.split())


def test_follow_ups_are_written_out_by_the_model(citewire: Citewire, fake: FakeLlm) -> None:
    """In a talk the model is asked what is meant, then for the answer; a search goes by rules."""
    meant = "When did the bridge over the Sula open?"
    fake.acts = [Say(GOOD), Say(meant), Say(GOOD)]
    shown = " ".join(citewire("ask", "--llm", typed=f"{QUESTION}\nand when did it open?").stdout.split())
    assert meant in shown
    assert "<asked>" in fake.material(1)
    assert meant in fake.material(2)
    line = {"id": 1, "question": "and when did it open?", "history": [{"question": QUESTION}]}
    (citewire.folder / "in.jsonl").write_text(json.dumps(line), "utf-8")
    searched = citewire("search", "--batch", "in.jsonl", CITEWIRE_LLM_ENABLED="true")
    assert json.loads(searched.stdout)["understood"].startswith(QUESTION)
    assert len(fake.asked) == 3
