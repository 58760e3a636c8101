"""Page furniture: which lines of a page are not the article's own words, and why.

In doubt a line stays: a shown advertisement marker is a blemish, a lost sentence is a wrong citation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.clean.captions import caption_start
from index.clean.lines import BULLETS, Line
from index.clean.rules import rules
from index.types import DroppedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

READ_ALSO = "read-also"
_TRIM = " \t[](){}<>«»*—–-|•·.:…!►▶→▸»↓⬇👉"
_SPEECH = re.compile(r"[»”\"],?\s*[—–-]\s|,[»”\"]\s")
_LONGEST_HEADLINE = 170
_FEWEST_WORDS = 4  # fewer make a subheading more often than a linked headline
_MOST_LINKS = 10


def drop_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[DroppedLine]]:
    """The lines that stay, some with a marker or credit cut from an end, and the lines and pieces that go."""
    kept: list[Line] = []
    dropped: list[DroppedLine] = []
    links = 0
    for number, line in enumerate(lines):
        if number < links:
            dropped.append(DroppedLine(line.text, READ_ALSO))
            continue
        why = furniture_rule(line.text)
        if why is None:
            text, cut = _trim(line.text)
            dropped += cut
            kept += [Line(text, line.gap)] if text else []
            continue
        dropped.append(DroppedLine(line.text, why))
        if why == READ_ALSO and _is_heading(line.text):
            links = _end_of_links(lines, number + 1)
    return kept, dropped


def furniture_rule(line: str) -> str | None:
    """The name of the rule by which the whole line is furniture, or None."""
    core = line.strip(_TRIM)
    for rule in rules():
        if rule.whole.fullmatch(core):
            return rule.name
        if len(line) > rule.longest or (rule.name != READ_ALSO and _SPEECH.search(line)):
            continue
        if rule.start.match(line) or rule.inside.search(line):
            return rule.name
    return "caption" if caption_start(line) == 0 else None


def _trim(line: str) -> tuple[str, list[DroppedLine]]:
    """Cut what is glued to a paragraph's ends: advertisement markers and a named photo credit."""
    cuts: list[DroppedLine] = []
    for rule in rules():
        for found in (rule.leading.match(line), rule.glued.search(line)):
            if found:
                cuts.append(DroppedLine(found.group().strip(), rule.name))
                line = line.replace(found.group(), "", 1) if not found.start() else line[: found.start()]
    start = caption_start(line)
    if start:
        cuts.append(DroppedLine(line[start:].strip(), "caption"))
        line = line[:start].rstrip(" (/|—–-")
    return line.strip(), cuts


def _is_heading(line: str) -> bool:
    core = line.strip(_TRIM)
    return any(rule.name == READ_ALSO and rule.whole.fullmatch(core) for rule in rules())


def _end_of_links(lines: Sequence[Line], first: int) -> int:
    """The number of the first line after a heading that is no linked headline.

    Where the headlines stand right under the heading, an empty line ends them; bullets end with the last bullet.
    """
    if first >= len(lines):
        return first
    adjacent, bulleted = not lines[first].gap, lines[first].text[0] in BULLETS + "-–—"
    for number in range(first, min(len(lines), first + _MOST_LINKS)):
        line = lines[number]
        ended = number > first and ((adjacent and line.gap) or (bulleted and line.text[0] not in BULLETS + "-–—"))
        if ended or not _is_link(line.text, first=number == first):
            return number
    return min(len(lines), first + _MOST_LINKS)


def _is_link(line: str, *, first: bool) -> bool:
    short_enough = len(line) <= _LONGEST_HEADLINE and line[-1] not in ".:;,"
    return short_enough and (first or len(line.split()) >= _FEWEST_WORDS)
