"""What Telegram is told of the bot when it starts, end to end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.telegram.texts_tour import ADMINISTRATORS_COMMANDS, commands, description
from prompts import message
from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import ask, serving, talking, until

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Archive
    from index.types import AskerLanguage

ADMIN = 7
DEFAULT = json.dumps({"type": "default"})
OWN = json.dumps({"chat_id": ADMIN, "type": "chat"})
QUOTING = commands(writes=False)
CODES: dict[str, AskerLanguage] = {"": "en", "uk": "uk", "ru": "ru", "en": "en"}


def _names(tg: FakeBotApi, scope: str, code: str) -> list[str]:
    return [each["command"] for each in tg.commands.get((scope, code), [])]


async def test_commands_and_descriptions_in_each_language(archive: Archive, tmp_path: Path) -> None:
    """In three languages, and in English for all others; the administrators' commands for them alone."""
    async with talking(archive, tmp_path / "state", administrators=(ADMIN,)) as tg:
        await tg.wait_for("setMyCommands", 8, timeout=30)
        for code, language in CODES.items():
            assert _names(tg, DEFAULT, code) == list(QUOTING)
            assert _names(tg, OWN, code) == [*QUOTING, *ADMINISTRATORS_COMMANDS]
            assert tg.commands[DEFAULT, code][1]["description"] == message("tg_cmd_help", language)
            assert tg.profile["short_description", code] == message("tg_short_description", language)
            assert tg.profile["description", code] == description(language, writes=False).strip()


@pytest.mark.parametrize("method", ["setMyCommands", "setMyDescription", "setMyShortDescription"])
async def test_a_failed_registration_is_not_fatal(archive: Archive, tmp_path: Path, method: str) -> None:
    """Where Telegram refuses one language, the others are registered all the same, and people are answered."""
    async with FakeBotApi(flood=False) as tg:
        tg.inject(method, 500)
        async with serving(tg, archive, tmp_path / "state"):
            await until(tg, lambda: "en" in {code for _, code in tg.profile} and _names(tg, DEFAULT, "en"))
            assert (await ask(tg, "/about"))["text"].startswith("Citewire")
            assert [_names(tg, DEFAULT, code) for code in ("uk", "ru", "en")] == [list(QUOTING)] * 3


async def test_an_administrator_not_met_yet_spoils_nothing(archive: Archive, tmp_path: Path) -> None:
    """Telegram may know no chat with an administrator; the others and everybody else get their commands."""
    async with FakeBotApi(flood=False) as tg:
        tg.inject("setMyCommands", "slow")
        tg.inject("setMyCommands", 400)  # the first for an administrator
        async with serving(tg, archive, tmp_path / "state", administrators=(8, ADMIN)):
            await tg.wait_for("setMyCommands", 12, timeout=30)
            assert [_names(tg, DEFAULT, code) for code in CODES] == [list(QUOTING)] * 4
            assert len([code for scope, code in tg.commands if scope == OWN]) == 4
