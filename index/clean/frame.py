"""The lines round the text that tell of it: headline, byline and date, at the head or the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.clean.byline import read_byline, read_signature
from index.clean.dates import find_date
from index.clean.headline import is_headline, opens_with_name, same_headline
from index.types import DroppedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.clean.byline import Byline
    from index.clean.dates import Clock
    from index.clean.lines import Line
    from index.types import Published

# Between these, what looks like a byline or a headline is a quotation or a subheading of the text.
_HEAD_LINES = 8
_TAIL_LINES = 3
_LONGEST_MASTHEAD = 60
# Section names with signs between them: `Море / Экспорт`, `Home › Science`.
_PATH = re.compile(r"[^.!?:,/|>›»·•]{2,40}(?:\s(?:[/|>»·•]|→)\s[^.!?:,/|>›»·•]{2,30}|\s?›\s?[^.!?:,›]{2,30}){1,6}")
_PLACE = re.compile(r"[^\W\d_][^.!?:«»\"]{1,40}?,\s*$")
_DATELINE_END = re.compile(r"[\s.,]*+(?:\([^()]{2,40}\)|/[^/]{2,40}/)?[\s.,]*+[—–-]{1,2}\s")
_DASH = re.compile(r"\s[—–-]{1,2}\s")
_DATELINE_REACH = 80


@dataclass(frozen=True, slots=True)
class Frame:
    """The text's own lines, what left them, and what that said."""

    lines: tuple[Line, ...]
    dropped: tuple[DroppedLine, ...] = ()
    title: str | None = None
    bylines: tuple[Byline, ...] = ()

    @property
    def author(self) -> str | None:
        """The first author named."""
        return next((byline.author for byline in self.bylines if byline.author), None)

    @property
    def outlet(self) -> str | None:
        """The newspaper a byline names beside its author."""
        return next((byline.outlet for byline in self.bylines if byline.outlet), None)

    @property
    def published(self) -> Published | None:
        """The date of publication; that of a change only where no other is given."""
        return _dated(self.bylines)


def read_frame(lines: Sequence[Line], title: str | None, outlet: str | None, clock: Clock) -> Frame:
    """Take masthead, headline, bylines and date lines off an article's head and end.

    ``title`` and ``outlet`` are those known so far.
    """
    dropped: list[DroppedLine] = []
    kept: list[Line] = []
    bylines: list[Byline] = []
    for number, line in enumerate(lines):
        following = lines[number + 1].text if number + 1 < len(lines) else None
        if _HEAD_LINES <= number < len(lines) - _TAIL_LINES:
            kept.append(line)
            continue
        context = _Context(following, tuple(kept), tuple(bylines), title, clock)
        if _is_masthead(line.text, outlet, context):
            dropped.append(DroppedLine(line.text, "masthead"))
        elif byline := _byline(line.text, context):
            bylines.append(byline)
            dropped.append(DroppedLine(line.text, "byline"))
        elif not kept and _is_title(line.text, context):
            title = title or line.text
            dropped.append(DroppedLine(line.text, "headline"))
        else:
            kept.append(line)
    return Frame(tuple(kept), tuple(dropped), title, tuple(bylines))


def dateline(paragraph: str, clock: Clock) -> Published | None:
    """The date of a news agency's dateline, `КИЕВ, 14 марта (Агентство) — ...`; the words stay in the text."""
    opening = paragraph[:_DATELINE_REACH]
    found = find_date(opening, clock) if _DASH.search(opening) else None
    if found and _PLACE.fullmatch(paragraph[: found.start]) and _DATELINE_END.match(paragraph, found.end):
        return found.published
    return None


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known when a line is judged: the line after it, what was kept and found before it."""

    following: str | None
    kept: tuple[Line, ...]
    found: tuple[Byline, ...]
    title: str | None
    clock: Clock

    @property
    def signed(self) -> bool:
        """Whether a byline found so far names an author."""
        return any(byline.author for byline in self.found)


def _is_masthead(line: str, outlet: str | None, context: _Context) -> bool:
    """Whether a line over the headline is the outlet's name or a path through its sections."""
    below = context.following
    if context.kept or below is None or (context.title and same_headline(line, context.title)):
        return False
    if read_byline(line, context.clock):
        return False
    named = outlet is not None and len(line) <= _LONGEST_MASTHEAD and opens_with_name(line, outlet)
    path = _PATH.fullmatch(line) and len(below) > len(line) and below[-1] not in ".:"
    return bool(path or (named and line[-1] != "."))


def _is_title(line: str, context: _Context) -> bool:
    if context.title is not None:
        return context.following is not None and same_headline(line, context.title)
    return is_headline(line, context.following)


def _byline(line: str, context: _Context) -> Byline | None:
    """The byline a line is. A bare date amid prose may be a subheading: it counts only under the lead or at the end."""
    byline = read_byline(line, context.clock)
    if byline is not None:
        undated = _dated(context.found) is None and (len(context.kept) <= 1 or context.following is None)
        return byline if byline.author or not context.kept or undated else None
    signature = None if context.signed else read_signature(line)
    return signature if signature and (_heads(line, context) or _ends(context)) else None


def _heads(line: str, context: _Context) -> bool:
    """Whether a line of names stands where bylines do, before the prose, and is not the headline itself."""
    if context.kept or context.following is None:
        return False
    return not (context.title and same_headline(line, context.title))


def _ends(context: _Context) -> bool:
    """Whether a line of names is the last and stands under prose."""
    return context.following is None and bool(context.kept) and context.kept[-1].text[-1] in '.!?»”"'


def _dated(bylines: Iterable[Byline]) -> Published | None:
    dated = sorted((byline for byline in bylines if byline.published), key=lambda byline: byline.updated)
    return dated[0].published if dated else None
