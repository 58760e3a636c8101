"""Answers that a language model writes, in Telegram: checked sentences as they come, or quotes with a word about it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.telegram.metrics import Metrics
from index.compose import open_archive
from index.config import Config, EmbedderSettings, LlmSettings, StoreSettings
from index.types import Answer, Verdict
from prompts import message
from tests.fake_bot_api import FakeBotApi
from tests.fake_llm import Fail, Say, fake_llm
from tests.telegram_bot import GROUP, USER, ask, labels, methods, press, serving, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from index.compose import Archive
    from tests.fake_llm import Act

    Talking = Callable[[Act], AbstractAsyncContextManager[FakeBotApi]]

QUESTION = "How much did the Sula bridge cost?"
WRITTEN = "The bridge in Verkhnia Lypivka cost 412 million hryvnias [1]."
INVENTED = "It cost 500 million euros [1]."


@pytest.fixture
def talking(sample_store: Path, model_cache: Path, tmp_path: Path) -> Talking:
    """The bot with a model that does what is handed over."""

    @asynccontextmanager
    async def begin(act: Act) -> AsyncIterator[FakeBotApi]:
        with fake_llm(act) as fake:
            archive = _archive(sample_store, model_cache, fake.base_url)
            async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state"):
                yield tg

    return begin


def _archive(store: Path, cache: Path, base_url: str) -> Archive:
    llm = LlmSettings(enabled=True, base_url=base_url, model="scripted")
    return open_archive(Config(store=StoreSettings(path=store), embedder=EmbedderSettings(cache=cache), llm=llm))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Say(WRITTEN), "The bridge in Verkhnia Lypivka cost 412 million hryvnias. [1]"),
        (Fail(500), "so these are quotes"),
        (Say(INVENTED), "so these are quotes"),
    ],
)
async def test_an_answer_is_written_or_quoted(act: Act, said: str, talking: Talking) -> None:
    """What stands its check is shown with its citations; a server that fails or invents leads to quotes."""
    async with talking(act) as tg:
        answer = await ask(tg, QUESTION)
    assert said in answer["text"]
    assert "412" in answer["text"]
    assert "500" not in answer["text"]
    assert "[1]" in labels(answer)


async def test_a_sentence_is_shown_while_the_next_is_written(talking: Talking) -> None:
    """A private chat sees a draft with what has passed before the answer; an invented sentence is in neither."""
    slow = Say(f"{WRITTEN} {INVENTED} " + "The bridge links the two banks of the Sula [1]. ", size=40, pause=0.4)
    async with talking(slow) as tg:
        answer = await ask(tg, QUESTION)
        drafts = [call for call in tg.transcript(chat=USER) if call.method == "sendMessageDraft"]
    assert drafts
    assert all("412 million" in call.params["text"] for call in drafts)
    assert not any("500" in call.params["text"] for call in drafts)
    assert methods(tg).index("sendMessageDraft") < methods(tg).index("sendMessage") == len(methods(tg)) - 1
    assert "412" in answer["text"]


async def test_groups_have_no_drafts(talking: Talking) -> None:
    """Telegram has none there; the answer comes as a whole."""
    async with talking(Say(WRITTEN, size=10, pause=0.1)) as tg:
        answer = await ask(tg, f"@news_test_bot {QUESTION}", chat=GROUP)
    assert "412 million hryvnias. [1]" in answer["text"]
    assert "sendMessageDraft" not in methods(tg, GROUP)


@pytest.mark.parametrize("status", [400, 404, 429, 500])
async def test_a_draft_that_fails_costs_nothing(status: int, talking: Talking) -> None:
    """Whatever Telegram says to a draft, the answer comes."""
    async with talking(Say(WRITTEN, size=10, pause=0.1)) as tg:
        tg.inject("sendMessageDraft", status)
        assert "412 million hryvnias. [1]" in (await ask(tg, QUESTION))["text"]


async def test_mode_is_chosen_and_kept(talking: Talking) -> None:
    """/mode offers both; who chose quotations gets them until they choose otherwise, and nobody else does."""
    async with talking(Say(WRITTEN)) as tg:
        assert labels(await ask(tg, "/mode")) == ["Written", "Quotations"]
        assert (await press(tg, "Quotations"))["text"] == message("tg_mode_now_quotes", "en")
        assert message("llm_written", "en") not in (await ask(tg, QUESTION))["text"]
        assert message("llm_written", "en") in (await ask(tg, QUESTION, user=1002))["text"]
        await ask(tg, "/mode written")
        assert message("llm_written", "en") in (await ask(tg, QUESTION))["text"]


async def test_mode_is_in_the_menu_and_the_greeting_is_true(talking: Talking) -> None:
    """Where a model writes, the menu has /mode, and nothing claims that every sentence is a quotation."""
    async with talking(Say(WRITTEN)) as tg:
        assert message("tg_how_writes", "en") in (await ask(tg, "/start"))["text"]
        assert "/mode" in (await ask(tg, "/help"))["text"]
        await until(tg, lambda: any("mode" in str(menu) for menu in tg.commands.values()))


async def test_mode_without_a_model(archive: Archive, tmp_path: Path) -> None:
    """Where no model is set up, /mode says so, and no menu has it."""
    async with FakeBotApi(flood=False) as tg, serving(tg, archive, tmp_path / "state"):
        assert (await ask(tg, "/mode"))["text"] == message("tg_mode_none", "en")
        assert "/mode" not in (await ask(tg, "/help"))["text"]


def test_verdicts_are_counted() -> None:
    """Each sentence that a model wrote counts by what checking found, each answer by what became of it."""
    metrics = Metrics()
    verdicts = (Verdict("a", (1,), ()), Verdict("b", (), ("number", "name")))
    metrics.written(Answer("?", "uk", mode="llm", verdicts=verdicts))
    metrics.written(Answer("?", "uk", note="llm_unsupported", verdicts=verdicts[1:]))
    text = metrics.text()
    assert 'citewire_written_sentences_total{language="uk",verdict="supported"} 1.0' in text
    assert 'citewire_written_sentences_total{language="uk",verdict="number"} 2.0' in text
    assert 'citewire_written_total{language="uk",outcome="llm"} 1.0' in text
    assert 'citewire_written_total{language="uk",outcome="llm_unsupported"} 1.0' in text
