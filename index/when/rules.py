"""Rules that rewrite a line of tags, and the windows that they write into it.

The grammar is a cascade: each list of rules turns the tags that it understands into larger ones, until windows are
left. A window is written ``[2025-08-04..2025-08-10]``, followed by ``!`` where a year was named and by ``~`` where the
words alone leave open whether the past or the coming one is meant ("on Friday").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from index.when.calendar import Stretch

WINDOW = r"\[(?P<first>[\d-]*)\.\.(?P<last>[\d-]*)\](?P<marks>[!~]*) "
_FRAGMENTS = {
    # Bounded: a run of commas must not be scanned from each of them to its end.
    "LINK": r"(?:(?:of|the|in|on|onto|for|,|-) ){0,4}",
    "YEAR": r"(?:(?:of|the|in|on|onto|,) )*y(?P<year>\d{4})(?P<inferred>'?) (?:year )?",
    "UNIT": r"(?P<unit>minute|hour|daynight|day|week|weekend|month|quarter|halfyear|year|decade)s? ",
    "COUNT": r"(?:n(?P<count>\d+)|(?P<vague>few|couple)) ",
    "PART": r"(?P<part>begin|mid|end|half[12]|week\d|days\d) ",
    "CUE": r"(?:in|over|since|dated|from|until|before|after|between) ",
    "JOIN": r"(?:to|until|and|-) ",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over whole tags, each with a space after it, and what is written instead of a match.

    The pattern may name a fragment in braces. A rewriting that raises ValueError or OverflowError tells that there is
    no such date: the words then say nothing of time.
    """

    pattern: str
    rewrite: Callable[[re.Match[str], date], str]


def rewritten(tags: str, rules: Iterable[Rule], today: date) -> str:
    """The tags after every rule in turn."""
    for rule in rules:
        tags = compiled(rule.pattern).sub(partial(_attempt, rule, today), tags)
    return tags


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its fragments put in, which begins where a tag begins."""
    for name, fragment in _FRAGMENTS.items():
        pattern = pattern.replace(f"{{{name}}}", fragment)
    return re.compile(rf"(?<= ){pattern}")


def window_rule(pattern: str, read: Callable[[re.Match[str], date], Stretch], marks: str = "") -> Rule:
    """A rule that writes a window; what matched as ``before`` stays before it.

    A window that begins after today becomes the tag ``future``: an article about the future was published before it,
    so that no window of publication days follows from such words.
    """

    def _rewrite(match: re.Match[str], today: date) -> str:
        stretch, parts = read(match, today), match.groupdict()
        before = parts.get("before") or ""
        if stretch.first > today:
            return f"{before}future "
        named = parts.get("year") and not parts.get("inferred")
        return before + written(stretch, "!" if named else "" if parts.get("year") else marks)

    return Rule(pattern, _rewrite)


def written(stretch: Stretch, marks: str = "") -> str:
    """A window as a tag."""
    return f"[{stretch.first}..{stretch.last}]{marks} "


def recent(build: Callable[[int], Stretch], today: date) -> Stretch:
    """What is built for a year, for the latest year in which it has begun. Raises ValueError where there is none."""
    for year in range(today.year + 1, today.year - 9, -1):  # 29 February may be eight years away
        try:
            stretch = build(year)
        except ValueError:
            continue
        if stretch.first <= today:
            return stretch
    raise ValueError("no such day")


def _attempt(rule: Rule, today: date, match: re.Match[str]) -> str:
    try:
        return rule.rewrite(match, today)
    except (ValueError, OverflowError):
        return "_ "
