"""The header that an export writes over the text: `date 2025-08-13 РЕКЛАМА`, `source: ...`, `url: ...`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.clean.dates import find_date
from index.clean.lines import Line
from index.types import DroppedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.clean.dates import Clock
    from index.types import Published

_MOST_LINES = 8
_LONGEST_DATE = 120  # characters
_DATE = re.compile(r"(?:date|published)\s*[:=]?\s*(?=\S)")
_FIELD = re.compile(
    r"(?P<key>title|headline|author|source|outlet|site|url|link|lang|language|id)\s*[:=]\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
# No letter may follow, or "AD" would cut a word in capitals short.
_MARKER = re.compile(r"(?:РЕКЛАМА|Реклама|ADVERTISEMENT|Advertisement|ПРОМО|AD)(?![^\W\d_])[\s.:|—–-]*")


@dataclass(frozen=True, slots=True)
class Header:
    """What an export header states."""

    published: Published | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None


def read_header(lines: Sequence[Line], clock: Clock) -> tuple[Header, list[Line], list[DroppedLine]]:
    """The header, the lines after it, and the header's lines as dropped.

    A header begins with a date in lower case, or is two or more lines of `key: value`; one `Source: ...` is none.
    """
    header, dropped, count, rest = Header(), list[DroppedLine](), 0, ""
    for line in lines[:_MOST_LINES]:
        step = _read_line(line.text, header, clock)
        if step is None:
            break
        header, rest = step
        dropped.append(DroppedLine(line.text.removesuffix(rest).strip(), "header"))
        count += 1
        if rest:
            break
    if not count or (count == 1 and header.published is None):
        return Header(), list(lines), []
    return header, [*([Line(rest)] if rest else []), *lines[count:]], dropped


def _read_line(line: str, header: Header, clock: Clock) -> tuple[Header, str] | None:
    """The header with a line's fields added and what of the line is text; None where the line is no header line."""
    if label := _DATE.match(line):
        found = find_date(line[label.end() : label.end() + _LONGEST_DATE], clock)
        if found is None or found.start:
            return None
        rest = _MARKER.sub("", line[label.end() + found.end :].strip(" ,;|"), count=1)
        header = replace(header, published=found.published)
        return _read_line(rest, header, clock) or (header, rest)
    field = _FIELD.fullmatch(line)
    return (_with_field(header, field["key"].lower(), field["value"].strip()), "") if field else None


def _with_field(header: Header, key: str, value: str) -> Header:
    if key in {"title", "headline"}:
        return replace(header, title=value)
    if key == "author":
        return replace(header, author=value)
    if "://" in value:
        return replace(header, url=value)
    return replace(header, outlet=value) if key in {"source", "outlet", "site"} else header
