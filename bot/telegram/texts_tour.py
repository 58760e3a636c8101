"""What the bot says of itself and of what it searches: greeting, help, sources, newest articles. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.telegram.rich import MAX_UNITS, Block, Run, chunks, is_visible
from bot.telegram.texts import article_list, plain
from bot.wording import origin, shortened, span_of_days
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.types import Article, AskerLanguage, IndexStatus, Passage

COMMANDS = ("start", "help", "language", "mode", "sources", "latest", "compare", "new", "cancel", "about")
ADMINISTRATORS_COMMANDS = ("add", "remove", "stats", "errors")
_OUTLETS_NAMED = 20
_TITLE, _DESCRIPTION = 60, 160  # characters that clients show of an inline result, about
_HEADLINE = 300  # characters of a title, and of an outlet, above the passage that is sent


@dataclass(frozen=True, slots=True)
class InlineText:
    """A passage offered in inline mode: two lines to choose it by, and what is sent when it is chosen."""

    title: str
    description: str
    blocks: tuple[Block, ...]


def descriptions(names: Iterable[str], language: AskerLanguage) -> list[tuple[str, str]]:
    """Commands and what they do, as Telegram's menu shows them."""
    return [(name, message(f"tg_cmd_{name}", language)) for name in names]


def commands(*, writes: bool) -> tuple[str, ...]:
    """The commands that everybody has; where no language model ``writes``, there is no mode to choose."""
    return COMMANDS if writes else tuple(name for name in COMMANDS if name != "mode")


def description(language: AskerLanguage, *, writes: bool) -> str:
    """What Telegram shows before anybody has written: what the bot does, and how its answers are made."""
    return message("tg_description", language, how=_how(language, writes=writes))


def greeting(language: AskerLanguage, *, examples: bool, articles: bool, writes: bool) -> list[Block]:
    """Who speaks here, and the line above example questions if there are any, or that there are no articles yet."""
    blocks = plain("tg_greeting", language, how=_how(language, writes=writes))
    if examples:
        return [*blocks, *plain("tg_try_these", language)]
    return blocks if articles else [*blocks, *plain("tg_empty_index", language)]


def help_text(language: AskerLanguage, *, administrator: bool, writes: bool) -> list[Block]:
    """How to ask, and the commands; an administrator's own are shown to nobody else."""
    how = plain("tg_help_how", language, more=message("tg_button_more", language))
    blocks = [
        *how,
        *plain("tg_help_groups", language),
        *_commands("tg_help_commands", commands(writes=writes), language),
    ]
    return blocks + _commands("tg_admin_help", ADMINISTRATORS_COMMANDS, language) if administrator else blocks


def about(language: AskerLanguage, *, writes: bool) -> list[Block]:
    """Which version this is, what it promises, how answers are made, and its licence."""
    return [
        _heading(f"Citewire {version('citewire')}"),
        *plain("talk_about_me", language),
        Block((Run(_how(language, writes=writes)),)),
        *plain("talk_about_maker", language),
    ]


def sources(found: IndexStatus, language: AskerLanguage) -> list[Block]:
    """What is searched: counts, days, languages, and the outlets with most articles first."""
    if not found.articles:
        return plain("tg_empty_index", language)
    outlets = sorted(((name, count) for name, count in found.outlets.items() if name), key=lambda each: -each[1])
    counts = [message("tg_articles", language, count=found.articles)]
    if outlets:
        counts.append(message("tg_outlets", language, count=len(outlets)))
    spoken = ", ".join(f"{message(f'tg_language_{code}', language)} {n}" for code, n in found.languages.items())
    rows = (("status_dates", span_of_days(found, language)), ("status_languages", spoken))
    lines = [", ".join(counts), *(f"{message(key, language)}: {value}" for key, value in rows if value)]
    return [_heading(message("tg_sources_title", language)), *_lines(lines), *_outlets(outlets, language)]


def latest(articles: Sequence[Article], language: AskerLanguage, topic: str = "") -> list[Block]:
    """The newest articles, of a topic if one is named, or that there are none."""
    if not articles:
        return plain("tg_latest_none" if topic else "tg_empty_index", language)
    title = message("tg_latest_topic", language, topic=topic) if topic else message("newest", language)
    return [_heading(title), *article_list(articles, language)]


def inline(passage: Passage, article: Article, language: AskerLanguage) -> InlineText:
    """A passage to choose by its article's title and its first words; chosen, it is quoted with its source.

    An inline result is one message: what is too long for it is cut, after a sentence where that is possible.
    """
    where = shortened(origin(article, language), _HEADLINE)
    title = article.title if is_visible(article.title) else ""
    above = Block((Run(shortened(title, _HEADLINE), "bold", article.url or ""), Run(f" — {where}")))
    said = _fitting(passage.text, MAX_UNITS - _units(chunks([above])[0].plain))
    return InlineText(
        title=shortened(title, _TITLE) or shortened(where, _TITLE),
        description=shortened(passage.text, _DESCRIPTION),
        blocks=(above, Block((Run(said),), quote=True, tight=True)),
    )


def _how(language: AskerLanguage, *, writes: bool) -> str:
    """How answers are made, in a sentence."""
    return message("tg_how_writes" if writes else "tg_how_quotes", language)


def _fitting(text: str, room: int) -> str:
    """The text, or what of it has room in so many units with the line breaks around it, ended by "…"."""
    first, *rest = chunks([Block((Run(text),), quote=True)], room - _units("\n\n …"))
    return f"{first.plain} …" if rest else text


def _units(text: str) -> int:
    """What Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _commands(title: str, names: Iterable[str], language: AskerLanguage) -> list[Block]:
    lines = [f"/{name} — {about}" for name, about in descriptions(names, language)]
    return [_heading(message(title, language)), *_lines(lines)]


def _outlets(outlets: Sequence[tuple[str, int]], language: AskerLanguage) -> list[Block]:
    if not outlets:
        return []
    lines = [f"• {name} — {count}" for name, count in outlets[:_OUTLETS_NAMED]]
    if rest := len(outlets) - _OUTLETS_NAMED:
        lines += [message("tg_more_outlets", language, count=rest)] if rest > 0 else []
    return [_heading(message("status_outlets", language)), *_lines(lines)]


def _lines(lines: Iterable[str]) -> list[Block]:
    return [Block((Run(line),), tight=True) for line in lines]


def _heading(text: str) -> Block:
    return Block((Run(text, "bold"),))
