"""Outlets side by side as terminal text: what several say, where they differ, what only one says. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from bot.render import copies, heading, numbered_quote, refusal, relation, sources, spaced, window
from bot.wording import by_source, only_source
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from index.types import Comparison, Corroboration

_INDENT = (0, 0, 0, 2)


def comparison(found: Comparison) -> RenderableType:
    """The three sections that have something in them, each quote with its source, then the numbered sources."""
    if found.refusal:
        return refusal(found)
    return Group(
        *spaced(
            [
                *window(found),
                *_sections(found),
                Group(*sources(found.citations, found.language), *copies(found.stories, found.language)),
            ]
        )
    )


def _sections(found: Comparison) -> Iterator[RenderableType]:
    language = found.language
    lonely = only_source(found)
    if lonely:
        yield Text(message("compared_one_source", language, source=lonely), style="bold")
    same = [Group(*_quotes(found, each.citations)) for each in found.together if each.kind == "same"]
    differing = [_sides(found, each) for each in found.together if each.kind == "differs"]
    if same:
        yield Group(heading(message("compared_together", language)), *spaced(same))
    if differing:
        yield Group(heading(message("compared_differing", language)), *spaced(differing))
    if found.alone:
        title = [] if lonely else [heading(message("compared_alone", language))]
        yield Group(*title, *spaced([*_quotes(found, found.alone)]))


def _sides(found: Comparison, of: Corroboration) -> RenderableType:
    return Group(relation(of, found.citations, found.language), *_quotes(found, of.citations))


def _quotes(found: Comparison, numbers: Iterable[int]) -> Iterator[RenderableType]:
    """The quotes under the names of their sources, those of one source together."""
    for source, cited in by_source(found, numbers):
        quotes = [Padding(numbered_quote(each.quote, [each.number]), _INDENT) for each in cited]
        yield Group(Text(source, style="bold"), *spaced(quotes))
