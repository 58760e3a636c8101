"""Written answers by a real model behind llama.cpp's server: whatever it says, only what passes the checks is shown.

The model is far too small to write well, so nothing here rests on its words. Run by `make test-llm`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from index.adapters.llm import Endpoint, OpenAILikeModel
from index.compose import open_engine, open_ingester
from index.config import Config, EmbedderSettings, LlmSettings, StoreSettings
from index.errors import LanguageModelError
from index.types import Query
from tests.local_llm import local_llm
from tests.test_cli import Citewire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.compose import Engine
    from index.types import Answer
    from tests.local_llm import LocalLlm

pytestmark = pytest.mark.local_llm
CONTEXT, REPLY, SECONDS = 2048, 100, 110
QUESTION = Query("How much did the Sula bridge cost?", "en")
TODAY = date(2026, 5, 20)
ITS_OWN_FAULTS = {"llm_unsupported", "llm_declined", "llm_other_language"}
NEWS = {
    "bridge.md": """---
title: Bridge over the Sula opens
date: 2026-03-14
publisher: Danube Dispatch
---
The bridge over the Sula opened on Saturday. It cost 412 million hryvnias. Mayor Olena Marchuk was the first to cross.
""",
    "ship.md": """---
title: Aurelia leaves Chornomorsk
date: 2026-03-16
publisher: Danube Dispatch
---
The Aurelia left the port of Chornomorsk on Monday with 31,500 tonnes of maize. It is bound for Alexandria.
""",
}
"""Short articles, so that no test waits long for the model to read them."""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalLlm]:
    """A server that keeps as many tokens as the settings say."""
    with local_llm(CONTEXT) as running:
        yield running


@pytest.fixture(scope="module")
def config(server: LocalLlm, model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings that name the server, over an index of two short articles."""
    news = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (news / name).write_text(text, "utf-8")
    embedder, store = EmbedderSettings(cache=model_cache), StoreSettings(path=tmp_path_factory.mktemp("store"))
    with open_ingester(Config(store=store, embedder=embedder)) as ingester:
        ingester.ingest([news], datetime(2026, 5, 20, 12, tzinfo=UTC), lambda _: None)
    return Config(store=store, embedder=embedder, llm=_llm(server))


def _llm(server: LocalLlm) -> LlmSettings:
    url = server.base_url
    return LlmSettings(enabled=True, base_url=url, model="smollm2", timeout=SECONDS, context=CONTEXT, reply=REPLY)


def _model(server: LocalLlm) -> OpenAILikeModel:
    return OpenAILikeModel(Endpoint(server.base_url, "smollm2", CONTEXT, REPLY))


def _quotes(answer: Answer, engine: Engine) -> bool:
    """Whether this is what the engine answers without any model."""
    found = replace(engine.answerer, writer=None).answer(QUESTION, TODAY)
    return (answer.mode, answer.sentences, answer.citations) == ("extractive", found.sentences, found.citations)


def test_reply_comes_in_pieces(server: LocalLlm) -> None:
    """A real reply is passed on word by word and keeps to its bound."""
    pieces = list(_model(server).write("You are a storyteller.", "Tell a long story about a river.", SECONDS))
    assert "".join(pieces).strip()
    assert 3 < len(pieces) <= REPLY


def test_only_what_passed_is_shown(config: Config) -> None:
    """Within the time, an answer of sentences that passed, each with its citations, or the quotes with a word why."""
    engine = open_engine(config)
    answer = engine.answerer.written(QUESTION, TODAY)
    assert answer.seconds < SECONDS
    if answer.mode == "llm":
        passed = [each.text for each in answer.verdicts if each.supported]
        assert [each.text for each in answer.sentences] == passed
        assert all(each.citations for each in answer.sentences)
    else:
        assert answer.note in ITS_OWN_FAULTS
        assert _quotes(answer, engine)


def test_too_small_a_context_is_told() -> None:
    """A server that keeps less than the settings say refuses, and the remedy names the setting."""
    with local_llm(256) as small, pytest.raises(LanguageModelError, match=r"keeps less context than \[llm\] context"):
        list(_model(small).write("Be brief.", "A river is long. " * 200, SECONDS))


def test_too_small_a_context_leads_to_quotes(config: Config) -> None:
    """Where not even the orders fit at the server, the answer quotes and says so."""
    with local_llm(256) as small:
        engine = open_engine(config.model_copy(update={"llm": _llm(small)}))
        answer = engine.answerer.written(QUESTION, TODAY)
    assert answer.note == "llm_unavailable"
    assert _quotes(answer, engine)


@dataclass(frozen=True)
class _Dying:
    """A model whose server ends as soon as it has begun to answer."""

    model: OpenAILikeModel
    server: LocalLlm

    def write(self, instructions: str, material: str, seconds: float) -> Iterator[str]:
        """The reply as far as it comes."""
        for piece in self.model.write(instructions, material, seconds):
            yield piece
            self.server.kill()


def test_a_server_that_dies_leads_to_quotes(config: Config) -> None:
    """Killed in the middle of its reply, a server costs the written answer and not the answer."""
    with local_llm(CONTEXT) as dying:
        engine = open_engine(config)
        writer = engine.answerer.writer
        assert writer is not None
        answerer = replace(engine.answerer, writer=replace(writer, model=_Dying(_model(dying), dying)))
        answer = answerer.written(QUESTION, TODAY)
    assert answer.note == "llm_unavailable"
    assert _quotes(answer, engine)


def test_command_line(config: Config, model_cache: Path, tmp_path: Path) -> None:
    """`citewire ask --llm` asks the server and answers, in one way or the other, with nothing to warn of."""
    citewire = Citewire(config.store.path, model_cache, tmp_path)
    settings = config.llm.model_dump(include={"base_url", "model", "timeout", "context", "reply"})
    citewire.environ |= {f"CITEWIRE_LLM_{name.upper()}": str(value) for name, value in settings.items()}
    done = citewire("ask", QUESTION.text, "--llm", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["mode"], answer["note"] is None) in {("llm", True), ("extractive", False)}
    assert "412" in answer["answer"] or answer["mode"] == "llm"
