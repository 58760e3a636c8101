"""Page furniture: which lines of a page are not the article's own words, and why.

In doubt a line stays: a shown advertisement marker is a blemish, a lost sentence is a wrong citation.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index.clean.captions import SPEECH, caption_start
from index.clean.lines import BULLETS, Line
from index.clean.rules import cutting_rules, longest_furniture, rules, words
from index.types import DroppedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

READ_ALSO = "read-also"
_TRIM = " \t[](){}<>«»*—–-|•·.:…!►▶→▸»↓⬇👉"
_LONGEST_HEADLINE = 170
_FEWEST_WORDS = 4  # fewer make a subheading more often than a linked headline
_MOST_LINKS = 10  # a longer list may be the article's own, and in doubt lines stay
_LONGEST_MARKER = 30
# Labels that articles put before their own sources and details: what follows is no linked headline.
_OWN_LABEL = re.compile(r"(?:source|sources|джерел[оа]|источники?|деталі|детали|details)\s*:", re.IGNORECASE)


def drop_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[DroppedLine]]:
    """The lines that stay, some with a marker or credit cut from an end, and the lines and pieces that go."""
    kept: list[Line] = []
    dropped: list[DroppedLine] = []
    links = 0
    for number, line in enumerate(lines):
        if number < links:
            dropped.append(DroppedLine(line.text, READ_ALSO))
            continue
        why = furniture_rule(line.text) or _button(lines, number, dropped)
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
    if len(line) <= longest_furniture() and (name := _rule_of(line)):
        return name
    return "caption" if caption_start(line) == 0 else None


def _rule_of(line: str) -> str | None:
    core, speech = line.strip(_TRIM), bool(SPEECH.search(line))
    for rule in rules():
        if len(line) > rule.longest:
            continue
        if rule.whole.fullmatch(core):
            return rule.name
        # Somebody's words about furniture are none; a linked headline may well quote somebody.
        if (rule.name == READ_ALSO or not speech) and rule.opens_or_holds(line):
            return rule.name
    return None


def _button(lines: Sequence[Line], number: int, dropped: Sequence[DroppedLine]) -> str | None:
    """A network's name alone on a line is a button only among others or right after an invitation."""
    if not _network().fullmatch(lines[number].text):
        return None
    follows = number > 0 and bool(dropped) and dropped[-1].line == lines[number - 1].text
    in_row = number + 1 < len(lines) and bool(_network().fullmatch(lines[number + 1].text))
    invited = follows and dropped[-1].why in {"share", "subscribe"}
    return "share" if invited or in_row else None


@cache
def _network() -> re.Pattern[str]:
    return re.compile(f"(?:{words('share', 'button')})", re.IGNORECASE)


def _trim(line: str) -> tuple[str, list[DroppedLine]]:
    """Cut what is glued to a paragraph's ends: advertisement markers and a named photo credit."""
    cuts: list[DroppedLine] = []
    for rule in cutting_rules():
        if found := rule.leading.match(line):
            cuts.append(DroppedLine(found.group().strip(), rule.name))
            line = line[found.end() :]
        if found := rule.glued.search(line, max(0, len(line) - _LONGEST_MARKER)):
            cuts.append(DroppedLine(found.group().strip(), rule.name))
            line = line[: found.start()]
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
    last = min(len(lines), first + _MOST_LINKS)
    if first >= last:
        return first
    adjacent, bulleted = not lines[first].gap, _is_bullet(lines[first].text)
    for number, line in enumerate(lines[first:last], first):
        ended = (adjacent and line.gap) or (bulleted and not _is_bullet(line.text))
        shortest = 1 if bulleted or number == first else _FEWEST_WORDS
        if ended or not _is_link(line.text, shortest):
            return number
    return last


def _is_bullet(line: str) -> bool:
    return line[0] in BULLETS + "-–—"


def _is_link(line: str, shortest: int) -> bool:
    if _OWN_LABEL.match(line):
        return False
    return len(line) <= _LONGEST_HEADLINE and line[-1] not in ".:;," and len(line.split()) >= shortest
