"""Answers that a language model writes, in Telegram: checked sentences, or quotes with a word about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.compose import open_archive
from index.config import Config, EmbedderSettings, LlmSettings, StoreSettings
from tests.fake_llm import Fail, Say, fake_llm
from tests.telegram_bot import ask, labels, talking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_llm import Act

QUESTION = "How much did the Sula bridge cost?"
WRITTEN = "The bridge in Verkhnia Lypivka cost 412 million hryvnias [1]."


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Say(WRITTEN), "The bridge in Verkhnia Lypivka cost 412 million hryvnias. [1]"),
        (Fail(500), "so these are quotes"),
        (Say("It cost 500 million euros [1]."), "so these are quotes"),
    ],
)
async def test_an_answer_is_written_or_quoted(
    act: Act, said: str, sample_store: Path, model_cache: Path, tmp_path: Path
) -> None:
    """What stands its check is shown with its citations; a server that fails or invents leads to quotes."""
    with fake_llm(act) as fake:
        settings = LlmSettings(enabled=True, base_url=fake.base_url, model="scripted")
        store, embedder = StoreSettings(path=sample_store), EmbedderSettings(cache=model_cache)
        archive = open_archive(Config(store=store, embedder=embedder, llm=settings))
        async with talking(archive, tmp_path / "state.sqlite3") as tg:
            answer = await ask(tg, QUESTION)
    assert said in answer["text"]
    assert "412" in answer["text"]
    assert "500" not in answer["text"]
    assert "[1]" in labels(answer)
