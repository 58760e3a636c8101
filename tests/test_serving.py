"""`citewire serve` as a process: starting, refusing to start, stopping, being killed, and never naming the token."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "123456:AAsecretsecretsecret"  # noqa: S105 - opens nothing
QUESTIONS = {"Кто капитан судна Aurelia?": "Ставру", "When does the Palanca-2 crossing open?": "1 September"}


@dataclass(frozen=True, slots=True)
class Command:
    """A running command, and the file that its standard error goes to."""

    process: asyncio.subprocess.Process
    errors: Path

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), 15)

    async def refusal(self) -> str:
        """What it says when it ends with code 1 by itself, in one line and without the token."""
        assert await asyncio.wait_for(self.process.wait(), 30) == 1
        (*log, last) = self.errors.read_text("utf-8").splitlines()
        assert all(line.startswith("{") for line in log)
        assert "secretsecret" not in last
        return last


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the index of the sample articles."""
    return shutil.copytree(sample_store, tmp_path / "store")


@asynccontextmanager
async def command(
    tg: FakeBotApi, store: Path, cache: Path, *options: str, token: str = TOKEN, settings: str = ""
) -> AsyncIterator[Command]:
    """`citewire serve` over a store; killed in the end if it still runs."""
    number = len(list(store.parent.glob("errors*")))
    errors, config = store.parent / f"errors{number}", store.parent / f"config{number}.toml"
    config.write_text(f"[telegram]\n{settings}", "utf-8")
    environ = os.environ | {"TELEGRAM_BOT_TOKEN": token, "CITEWIRE_EMBEDDER_CACHE": str(cache)}
    environ |= {"CITEWIRE_CONFIG": str(config), "CITEWIRE_STORE_PATH": ""}
    arguments = ["-m", "bot.cli", "serve", "--store", str(store), "--base-url", tg.base_url, *options]
    with errors.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environ, stderr=file, cwd=Path(__file__).parent.parent
        )
    try:
        yield Command(process, errors)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        assert "secretsecret" not in errors.read_text("utf-8")


async def up(tg: FakeBotApi, after: int = 0) -> None:
    """Wait until the bot registers its commands: then it serves."""
    await tg.wait_for("setMyCommands", timeout=30, after=after)


@pytest.mark.parametrize(
    ("token", "words"),
    [("", "is not set"), ("secretsecret", "is no token"), ("1:AAsecretsecret", "Telegram does not know this token")],
)
async def test_a_missing_or_wrong_token(token: str, words: str, store: Path, model_cache: Path) -> None:
    """One line says what is wrong and what to do, and does not repeat the token."""
    async with FakeBotApi(token=TOKEN) as tg, command(tg, store, model_cache, token=token) as bot:
        line = await bot.refusal()
    assert line.startswith("citewire: TELEGRAM_BOT_TOKEN")
    assert words in line
    assert "@BotFather" in line


async def test_no_index(tmp_path: Path, model_cache: Path) -> None:
    """The store is named."""
    async with FakeBotApi(token=TOKEN) as tg, command(tg, tmp_path / "nothing", model_cache) as bot:
        assert str(tmp_path / "nothing") in await bot.refusal()


async def test_it_answers_and_stops_in_order(store: Path, model_cache: Path) -> None:
    """A question is answered, the local pages are served; SIGTERM ends it with code 0 within the set time."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    settings = f"metrics_port = {port}\nshutdown_seconds = 4"
    async with FakeBotApi(token=TOKEN) as tg, command(tg, store, model_cache, settings=settings) as bot:
        tg.send_message("Кто капитан судна Aurelia?")
        (answer,) = await said(tg)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as pages:
            health, figures = await pages.get("/healthz"), await pages.get("/metrics")
        tg.inject("sendMessage", "slow", delay=30)
        tg.send_message("When does the Palanca-2 crossing open?")
        await tg.wait_for("sendChatAction", count=2, timeout=30)
        begun = time.monotonic()
        assert await bot.stop() == 0
        assert time.monotonic() - begun < 5
        log = bot.errors.read_text("utf-8")
    assert "Ставру" in answer["text"]
    assert (health.status_code, health.json()) == (200, {"healthy": True})
    assert 'citewire_updates_total{kind="message"} 1.0' in figures.text
    assert "Aurelia" not in log


async def test_it_can_be_stopped_while_telegram_is_out_of_reach(store: Path, model_cache: Path) -> None:
    """It waits for the network as long as it takes, but not after SIGTERM."""
    async with FakeBotApi(token=TOKEN) as tg:
        tg.inject("getMe", 502, times=1000)
        async with command(tg, store, model_cache) as bot:
            await tg.wait_for("getMe", timeout=30)
            assert await bot.stop() == 0


async def test_one_store_serves_a_token_once(store: Path, model_cache: Path) -> None:
    """The second process on the same store is refused at once, without a word to Telegram."""
    async with FakeBotApi(token=TOKEN) as tg, command(tg, store, model_cache):
        await up(tg)
        async with command(tg, store, model_cache) as second:
            assert "being served from here already" in await second.refusal()
        assert len(tg.transcript("getMe")) == 1


async def test_two_stores_do_not_share_a_token(store: Path, model_cache: Path) -> None:
    """The second says so and stops; the first goes on answering."""
    other = shutil.copytree(store, store.parent / "other" / "store")
    async with FakeBotApi(token=TOKEN) as tg, command(tg, store, model_cache):
        await up(tg)
        async with command(tg, other, model_cache) as second:
            assert "another program is already receiving this bot's messages" in await second.refusal()
        tg.send_message("Кто капитан судна Aurelia?")
        assert "Ставру" in (await said(tg))[0]["text"]


async def test_a_webhook_is_not_taken_away_unasked(store: Path, model_cache: Path) -> None:
    """Polling would silence another program; with --take-over that is meant."""
    async with FakeBotApi(token=TOKEN) as tg:
        tg.webhook = {"url": "http://127.0.0.1:9/other"}
        async with command(tg, store, model_cache) as bot:
            line = await bot.refusal()
        assert "127.0.0.1" in line
        assert "--take-over" in line
        assert tg.webhook["url"]
        async with command(tg, store, model_cache, "--take-over"):
            tg.send_message("/help")
            assert await said(tg)
        assert tg.webhook["url"] == ""


async def test_killed_in_the_middle_it_answers_each_question_once(store: Path, model_cache: Path) -> None:
    """Killed with -9 after a few of its calls, again and again; in the end nothing is lost and nothing came twice."""
    chance, users, rounds = Random(1), (11, 12, 13), 3  # noqa: S311 - no secret
    async with FakeBotApi(token=TOKEN, flood=False) as tg:
        for _ in range(rounds):
            for user in users:
                for question in QUESTIONS:
                    tg.send_message(question, user=user)
            made = len(tg.transcript())
            async with command(tg, store, model_cache) as bot:
                await up(tg, len(tg.calls))
                calls = chance.randint(12, 30)
                await tg.wait_for(count=made + calls, timeout=30)
                await bot.stop(signal.SIGKILL)
        async with command(tg, store, model_cache) as bot:
            for user in users:
                await said(tg, rounds * len(QUESTIONS), user)
            assert await bot.stop() == 0
        for user in users:
            shown = [message["text"] for message in tg.chat_log(user) if message["from"]["is_bot"]]
            found = [re.findall("|".join(QUESTIONS.values()), text)[:1] for text in shown]
            assert found == [[word] for word in QUESTIONS.values()] * rounds
