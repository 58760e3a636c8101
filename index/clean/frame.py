"""The lines round the text that tell of it: headline, byline and date, at the head or the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.clean.byline import Byline, is_name, read_byline
from index.clean.dates import find_date
from index.clean.headline import is_headline, same_headline
from index.types import DroppedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.clean.dates import Clock
    from index.clean.lines import Line
    from index.types import Published

_HEAD_LINES = 8
_TAIL_LINES = 3
_PLACE = re.compile(r"[^\W\d_][^.!?:«»\"]{1,40}?,\s*$")
_DATELINE_END = re.compile(r"[\s.,]*(?:\([^()]{2,40}\)|/[^/]{2,40}/)?[\s.,]*[—–-]{1,2}\s")
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
    def published(self) -> Published | None:
        """The date of publication; that of a change only where no other is given."""
        return _dated(self.bylines)


def read_frame(lines: Sequence[Line], title: str | None, clock: Clock) -> Frame:
    """Take headline, bylines and date lines off the head and the end of an article; ``title`` is the one known."""
    kept: list[Line] = []
    dropped: list[DroppedLine] = []
    bylines: list[Byline] = []
    for number, line in enumerate(lines):
        following = lines[number + 1].text if number + 1 < len(lines) else None
        near_end = number >= max(1, len(lines) - _TAIL_LINES)
        if number >= _HEAD_LINES and not near_end:
            kept.append(line)
        elif number < _HEAD_LINES and _is_title(line.text, title, following, first=not kept, clock=clock):
            title = title or line.text
            dropped.append(DroppedLine(line.text, "headline"))
        elif byline := _byline(line.text, following, kept, bylines, clock):
            bylines.append(byline)
            dropped.append(DroppedLine(line.text, "byline"))
        else:
            kept.append(line)
    return Frame(tuple(kept), tuple(dropped), title, tuple(bylines))


def dateline(paragraph: str, clock: Clock) -> Published | None:
    """The date of a news agency's dateline, `КИЕВ, 14 марта (Агентство) — ...`; the words stay in the text."""
    found = find_date(paragraph[:_DATELINE_REACH], clock)
    if found and _PLACE.fullmatch(paragraph[: found.start]) and _DATELINE_END.match(paragraph, found.end):
        return found.published
    return None


def _is_title(line: str, title: str | None, following: str | None, *, first: bool, clock: Clock) -> bool:
    if not first:
        return False
    if title is not None:
        return following is not None and same_headline(line, title)
    return (
        read_byline(line, clock) is None and not _names_author(line, following, clock) and is_headline(line, following)
    )


def _byline(line: str, following: str | None, kept: list[Line], found: list[Byline], clock: Clock) -> Byline | None:
    """The byline a line is. Once prose has begun, a bare date may be a subheading: one is taken, and no second."""
    byline = read_byline(line, clock)
    if byline is not None:
        return byline if byline.author or not kept or _dated(found) is None else None
    if (
        _names_author(line, following, clock)
        or _follows_date(line, kept, found)
        or _signs(line, following, kept, found)
    ):
        return Byline(author=line)
    return None


def _names_author(line: str, following: str | None, clock: Clock) -> bool:
    """Whether a line is a name with a date line under it."""
    below = read_byline(following, clock) if following and is_name(line) else None
    return below is not None and below.author is None


def _follows_date(line: str, kept: list[Line], found: list[Byline]) -> bool:
    """Whether a line is a name with a date line over it."""
    return not kept and bool(found) and found[-1].author is None and is_name(line)


def _signs(line: str, following: str | None, kept: list[Line], found: list[Byline]) -> bool:
    """Whether a last line is the author's name under the prose."""
    unsigned = following is None and not any(byline.author for byline in found)
    return unsigned and bool(kept) and kept[-1].text[-1] in '.!?»”"' and is_name(line)


def _dated(bylines: Iterable[Byline]) -> Published | None:
    dated = sorted((byline for byline in bylines if byline.published), key=lambda byline: byline.updated)
    return dated[0].published if dated else None
