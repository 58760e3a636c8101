"""An article's history as terminal text: what changed and when, the latest first. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from bot.days import day_text
from bot.render import heading, spaced
from bot.wording import origin, published_text
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from bot.changes import Change
    from index.types import Article, AskerLanguage

_LABELS = {
    "title": "history_title",
    "date": "history_date",
    "author": "history_author",
    "outlet": "history_outlet",
    "url": "history_url",
}
"""For what is told of an article beside its text, the message that names it."""


def history(found: Article, changed: Sequence[Change], language: AskerLanguage) -> RenderableType:
    """The article's title and origin, then a block for each change."""
    head = Group(Text(found.title, style="bold"), Text(origin(found, language), style="dim"))
    if not changed:
        return Group(head, Text(), Text(message("history_none", language)))
    return Group(*spaced([head, *(_block(each, language) for each in changed)]))


def _block(change: Change, language: AskerLanguage) -> RenderableType:
    replaced = change.before.replaced.astimezone()
    moment = f"{day_text(replaced.date(), language)} {replaced:%H:%M}"
    lines = [heading(message("history_replaced", language, number=change.before.number, moment=moment))]
    before, after = (published_text(each, language) for each in change.dates())
    dates = {"date": (before, after)} if before != after else {}
    lines += [
        Text.assemble(f"{message(_LABELS[field], language)}: ", (old or "—", "red"), " → ", (new or "—", "green"))
        for field, (old, new) in (change.names() | dates).items()
    ]
    lines += [Text(f"- {sentence}", style="red") for sentence in change.removed]
    lines += [Text(f"+ {sentence}", style="green") for sentence in change.added]
    return Group(*lines)
