"""What administrators are shown: figures and the last errors, as rich text for Telegram. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.days import day_text
from bot.telegram.rich import Block, Run
from bot.telegram.texts import plain
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.telegram.state import Counts, Fault
    from index.types import AskerLanguage, IndexStatus


def stats(found: Counts, index: IndexStatus, since: datetime, language: AskerLanguage) -> list[Block]:
    """Who asks, how it goes, what is indexed, and since when the bot runs, a line each."""
    lines = [
        message("tg_stats_people", language, people=found.people, chats=found.chats),
        message("tg_stats_answers", language, answers=found.answers, refusals=found.refusals, day=found.last_day),
        message("tg_stats_votes", language, up=found.thumbs_up, down=found.thumbs_down),
        message("tg_stats_waiting", language, waiting=found.waiting),
        message("tg_stats_index", language, articles=index.articles, passages=index.passages),
        message("tg_stats_since", language, since=_moment(since, language)),
    ]
    if found.median_seconds is not None:
        lines.append(message("tg_stats_seconds", language, seconds=f"{found.median_seconds:.1f}"))
    return [_heading("tg_stats_title", language), *(Block((Run(line),), tight=True) for line in lines)]


def errors(found: Sequence[Fault], language: AskerLanguage) -> list[Block]:
    """The last errors, a line each: when, for which request, where, and of which kind."""
    if not found:
        return plain("tg_no_errors", language)
    lines = [
        (Run(f"{_moment(each.at, language)} "), Run(each.request, "code"), Run(f" {each.where}: {each.kind}"))
        for each in found
    ]
    return [_heading("tg_errors_title", language), *(Block(line, tight=True) for line in lines)]


def _moment(when: datetime, language: AskerLanguage) -> str:
    return f"{day_text(when.date(), language)} {when:%H:%M %Z}".strip()


def _heading(key: str, language: AskerLanguage) -> Block:
    return Block((Run(message(key, language), "bold"),))
