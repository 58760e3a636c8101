"""What Telegram shows of the bot before anybody writes: its commands and descriptions, in each language."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, get_args

from bot.telegram.texts_tour import ADMINISTRATORS_COMMANDS, commands, description, descriptions
from index.types import AskerLanguage
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Iterator
    from typing import Any

    from telegram import Bot, BotCommand

_LOG = logging.getLogger(__name__)


async def register(bot: Bot, administrators: Iterable[int], *, writes: bool) -> None:
    """Tell Telegram the commands and descriptions; what fails is logged and tried again at the next start.

    ``writes`` is whether a language model writes answers.
    """
    from telegram.error import TelegramError

    for language, code in _codes():
        for telling in _told(bot, tuple(administrators), language, code, writes=writes):
            try:
                await telling
            except TelegramError as error:
                fields = {"language": language, "error": type(error).__name__}
                _LOG.warning("menu not registered", extra={"fields": fields})


def _told(
    bot: Bot, administrators: Iterable[int], language: AskerLanguage, code: str, *, writes: bool
) -> Iterator[Coroutine[Any, Any, bool]]:
    """The calls that tell Telegram everything in one language; one that fails keeps none of the others."""
    from telegram import BotCommandScopeChat

    shown = _menu(commands(writes=writes), language)
    yield bot.set_my_commands(shown, language_code=code)
    yield bot.set_my_short_description(message("tg_short_description", language), language_code=code)
    yield bot.set_my_description(description(language, writes=writes), language_code=code)
    for each in administrators:
        hidden = [*shown, *_menu(ADMINISTRATORS_COMMANDS, language)]
        yield bot.set_my_commands(hidden, scope=BotCommandScopeChat(each), language_code=code)


def _codes() -> Iterator[tuple[AskerLanguage, str]]:
    """Each language with its code; English once more for everybody whose language we do not speak."""
    yield "en", ""
    for language in get_args(AskerLanguage):
        yield language, language


def _menu(names: Iterable[str], language: AskerLanguage) -> list[BotCommand]:
    from telegram import BotCommand

    return [BotCommand(name, about) for name, about in descriptions(names, language)]
