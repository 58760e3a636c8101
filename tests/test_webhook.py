"""The webhook: calls of the emulator, and of strangers, over real HTTP."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.telegram.connection import connected
from bot.telegram.webhook import Webhook
from index.config import TelegramSettings
from index.errors import ConfigError, StoreError
from tests.fake_bot_api import FakeBotApi
from tests.test_poller import Taker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

UPDATE = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "x"}}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@asynccontextmanager
async def hooked(tg: FakeBotApi, taker: Taker) -> AsyncIterator[str]:
    """A webhook that Telegram knows of; yields its address."""
    settings = TelegramSettings(webhook_port=free_port())
    url = f"http://127.0.0.1:{settings.webhook_port}/secret/path"
    async with connected(tg.token, tg.base_url) as line:
        bot = line.bot
        webhook = Webhook(bot, url, settings, taker.take)
        await webhook.start()
        try:
            yield url
        finally:
            await webhook.stop()


async def post(url: str, secret: str | None) -> int:
    """Call the webhook as somebody with this secret; the status of the answer."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    async with httpx.AsyncClient() as client:
        return (await client.post(url, json=UPDATE, headers=headers)).status_code


async def test_what_people_write_is_taken() -> None:
    """In order."""
    async with FakeBotApi() as tg:
        taker = Taker()
        async with hooked(tg, taker):
            for text in ("a", "b", "c"):
                tg.send_message(text)
            await taker.until("a", "b", "c")


async def test_strangers_are_refused() -> None:
    """Without the secret, or with another, nothing is taken; with it, it is."""
    async with FakeBotApi() as tg:
        taker = Taker()
        async with hooked(tg, taker) as url:
            assert [await post(url, secret) for secret in (None, "", "guess", tg.webhook_secret)] == [403] * 3 + [200]
    assert taker.texts == ["x"]
    assert len(tg.webhook_secret) >= 32


async def test_each_start_has_a_secret_of_its_own() -> None:
    """One that leaked is good until the next start."""
    async with FakeBotApi() as tg:
        secrets = set()
        for _ in range(2):
            async with hooked(tg, Taker()):
                secrets.add(tg.webhook_secret)
    assert len(secrets) == 2


async def test_an_update_is_taken_before_telegram_is_answered() -> None:
    """When the answer arrives, it is written down."""
    async with FakeBotApi() as tg:
        taker = Taker()
        async with hooked(tg, taker) as url:
            assert await post(url, tg.webhook_secret) == 200
            assert taker.texts == ["x"]


async def test_what_could_not_be_written_down_is_sent_again() -> None:
    """Telegram gets an error, keeps the update, and calls again."""
    async with FakeBotApi(webhook_retry=0.01) as tg:
        errors = [StoreError("the disk is full")] * 2
        taker = Taker(lambda _: errors.pop() if errors else None)
        async with hooked(tg, taker):
            tg.send_message("a")
            tg.send_message("b")
            await taker.until("a", "b")
    assert "500" in tg.webhook["last_error_message"]


async def test_nonsense_is_an_error_answer() -> None:
    """No JSON at all."""
    async with FakeBotApi() as tg:
        taker = Taker()
        async with hooked(tg, taker) as url:
            headers = {"X-Telegram-Bot-Api-Secret-Token": tg.webhook_secret}
            async with httpx.AsyncClient() as client:
                assert (await client.post(url, content=b'{"update_id"', headers=headers)).status_code == 400
    assert taker.texts == []


async def test_a_port_in_use_is_told() -> None:
    """With the setting that has to be changed."""
    async with FakeBotApi() as tg, connected(tg.token, tg.base_url) as line:
        bot = line.bot
        settings = TelegramSettings(webhook_port=tg.port)
        webhook = Webhook(bot, f"http://127.0.0.1:{tg.port}/hook", settings, Taker().take)
        with pytest.raises(ConfigError, match="webhook_port"):
            await webhook.start()
        await webhook.stop()


async def test_an_address_that_telegram_refuses_is_told() -> None:
    """Asking again does not make it better."""
    async with FakeBotApi() as tg, connected(tg.token, tg.base_url) as line:
        bot = line.bot
        settings = TelegramSettings(webhook_port=free_port())
        webhook = Webhook(bot, "https://bot.example.org/hook", settings, Taker().take)
        try:
            with pytest.raises(ConfigError, match="webhook"):
                await asyncio.wait_for(webhook.start(), 5)
        finally:
            await webhook.stop()


async def test_stopping_leaves_the_rest_with_telegram() -> None:
    """The address stays set, and what is written meanwhile waits for the next start."""
    async with FakeBotApi() as tg:
        async with hooked(tg, Taker()) as url:
            pass
        tg.send_message("a")
        assert (tg.webhook["url"], len(tg.updates)) == (url, 1)
