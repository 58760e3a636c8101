"""Text with styles and links, cut into messages that Telegram takes. Pure, and linear in the length of the text.

What is too long for one message is cut between blocks; a block that no message can hold, between sentences; then
between words; then between characters as readers see them. Tags are closed before a cut and opened again after it.
Nothing is left out: what is sent, joined, is the text but for white space at the cuts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.telegram.rich_cuts import CUTS, allowed
from bot.telegram.types import Chunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Style = Literal["", "bold", "italic", "underline", "code"]

# The server counts code points (tdlib/td, utf8_length) and clients UTF-16 units, which are never fewer.
MAX_UNITS = 4096
MAX_ENTITIES = 100  # of more, the server drops some silently
MAX_BYTES = 32_000  # of markup; the server refuses more than 32 KiB before it parses
_MAX_URL = 2000  # bytes; longer ones would leave no room for the text
_TAGS: dict[Style, str] = {"bold": "b", "italic": "i", "underline": "u", "code": "code"}
# Hosts without a dot are no links to Telegram (tdlib/td, parse_url); a user name in an address only misleads.
_LINK = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+\.?(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
# Letters, signs and marks by their category, yet drawn as nothing or taken out by the server (td, clean_input_string).
_BLANK = frozenset("\u030a\u0333\u033f\u034f\u115f\u1160\u2800\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style, perhaps a link. A ``firm`` run is never cut, nor parted from what precedes it."""

    text: str
    style: Style = ""
    url: str = ""
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or with ``quote`` a quotation; no empty line stands before a ``tight`` one."""

    runs: tuple[Run, ...]
    quote: bool = False
    tight: bool = False


class _Size(NamedTuple):
    """What a piece takes of a message's limits."""

    units: int = 0
    entities: int = 0
    markup: int = 0

    def plus(self, other: _Size) -> _Size:
        """What two pieces take together."""
        return _Size(self.units + other.units, self.entities + other.entities, self.markup + other.markup)

    def within(self, limit: int) -> bool:
        """Whether a message of at most ``limit`` UTF-16 units takes it."""
        return self.units <= limit and self.entities <= MAX_ENTITIES and self.markup <= MAX_BYTES


@dataclass(slots=True)
class _Page:
    """A message being filled: blocks with as many of their runs as it has, and what they take so far."""

    parts: list[tuple[Block, list[Run]]] = field(default_factory=list)
    size: _Size = field(default_factory=_Size)

    def grown(self, block: Block, runs: Sequence[Run]) -> _Size:
        """The size with these runs of a block added."""
        if self._goes_on(block):
            return self.size.plus(_size(runs, after=_look(self.parts[-1][1][-1])))
        frame = _Size(2, 1, len("<blockquote></blockquote>\n\n")) if block.quote else _Size(2, 0, 2)
        return self.size.plus(frame).plus(_size(runs))

    def add(self, block: Block, runs: Sequence[Run]) -> None:
        """Take the runs, in a block of their own unless the last one is theirs."""
        self.size = self.grown(block, runs)
        if self._goes_on(block):
            self.parts[-1][1].extend(runs)
        else:
            self.parts.append((block, list(runs)))

    def _goes_on(self, block: Block) -> bool:
        return bool(self.parts) and self.parts[-1][0] is block


def chunks(blocks: Iterable[Block], limit: int = MAX_UNITS) -> list[Chunk]:
    """The messages that say these blocks, in order, each within Telegram's limits; none where nothing is visible.

    ``limit`` counts UTF-16 units after parsing, at least 64. Of a chunk, ``plain`` is exactly what Telegram shows of
    ``html``. Control characters and lone surrogates are replaced, since Telegram refuses or replaces them as well.
    """
    pages = [_Page()]
    for block in blocks:
        if runs := [_clean(run) for run in block.runs if run.text]:
            _place(pages, replace(block), runs, limit)
    return [chunk for page in pages if is_visible((chunk := _chunk(page.parts)).plain)]


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of it; Telegram refuses a message of which nothing can be seen."""
    return any(unicodedata.category(char)[0] not in "CZ" and char not in _BLANK for char in text)


def is_link(url: str) -> bool:
    """Whether Telegram takes it as the target of a link, and it leads to the web."""
    return _LINK.fullmatch(url) is not None and len(escape(url).encode("utf-8", "replace")) <= _MAX_URL


def _place(pages: list[_Page], block: Block, runs: Sequence[Run], limit: int, finer: int = 0) -> None:
    """Put the runs on the last page, or on a new one, or, where no page holds them, cut them first."""
    if pages[-1].grown(block, runs).within(limit):
        pages[-1].add(block, runs)
    elif finer == len(CUTS) or _Page().grown(block, runs).within(limit):
        pages.append(_Page())
        pages[-1].add(block, runs)
    else:
        for part in _cut(runs, finer, limit):
            _place(pages, block, part, limit, finer + 1)


def _cut(runs: Sequence[Run], finer: int, limit: int) -> Iterator[list[Run]]:
    text = "".join(run.text for run in runs)
    cuts = CUTS[finer](text, limit)
    # Marks that are too long to be kept whole are cut after all.
    yield from _parts(runs, cuts if finer + 1 == len(CUTS) else allowed(cuts, text, _firm_spans(runs)))


def _firm_spans(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Where firm runs stand, neighbours joined."""
    at = 0
    for firm, group in groupby(runs, key=lambda run: run.firm):
        length = sum(len(run.text) for run in group)
        if firm:
            yield at, at + length
        at += length


def _parts(runs: Sequence[Run], cuts: Iterable[int]) -> Iterator[list[Run]]:
    """The runs in parts that end at the cuts, offsets into their joined text in rising order."""
    waiting, at = iter([*cuts, -1]), 0
    cut, part = next(waiting), list[Run]()
    for run in runs:
        begin = 0
        while at + begin < cut <= at + len(run.text):
            part.append(replace(run, text=run.text[begin : cut - at]))
            yield part
            begin, part, cut = cut - at, [], next(waiting)
        if begin < len(run.text):
            part.append(replace(run, text=run.text[begin:]))
        at += len(run.text)
    if part:
        yield part


def _size(runs: Iterable[Run], after: tuple[Style, str] = ("", "")) -> _Size:
    """What runs take that follow a run of the look ``after``: neighbours of one look share their tags."""
    total = _Size()
    for look, group in groupby(runs, key=_look):
        text = "".join(run.text for run in group)
        tags, entities = ("", 0) if look == after else ("".join(_tags(*look)), sum(map(bool, look)))
        markup = len((tags + escape(text, quote=False)).encode())
        total, after = total.plus(_Size(len(text.encode("utf-16-le")) // 2, entities, markup)), look
    return total


def _look(run: Run) -> tuple[Style, str]:
    return run.style, run.url if run.url and is_link(run.url) else ""


def _tags(style: Style, url: str) -> tuple[str, str]:
    """What opens and closes a look."""
    opened = f'<a href="{escape(url)}">' if url else ""
    closed = "</a>" if url else ""
    return (f"{opened}<{_TAGS[style]}>", f"</{_TAGS[style]}>{closed}") if style else (opened, closed)


def _clean(run: Run) -> Run:
    """The run as Telegram takes it: valid Unicode, lines ended by a line feed, no control characters."""
    if run.text.isprintable():
        return run
    valid = run.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = re.sub(r"\r\n?|[\u2028\u2029]", "\n", valid)
    return replace(run, text=re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", " ", lines))


def _chunk(parts: Iterable[tuple[Block, list[Run]]]) -> Chunk:
    html, plain = "", ""
    for block, runs in parts:
        trimmed = _trimmed(runs)
        if text := "".join(run.text for run in trimmed):
            gap = ("\n" if block.tight else "\n\n") if plain else ""
            html, plain = html + gap + _html(block, trimmed), plain + gap + text
    return Chunk(html, plain)


def _trimmed(runs: Sequence[Run]) -> list[Run]:
    """The runs without white space at their ends."""
    text = "".join(run.text for run in runs)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if (start, end) == (0, len(text)):
        return list(runs)
    parts = list(_parts(runs, sorted({start, end} - {0, len(text)})))
    return [] if end == 0 else parts[1] if start else parts[0]


def _html(block: Block, runs: Iterable[Run]) -> str:
    drawn = []
    for look, group in groupby(runs, key=_look):
        opened, closed = _tags(*look)
        drawn.append(f"{opened}{escape(''.join(run.text for run in group), quote=False)}{closed}")
    inside = "".join(drawn)
    return f"<blockquote>{inside}</blockquote>" if block.quote else inside
