"""Dates and numbers in figures: which tag stands for 12.08.2025, 2025-08, Q2, 12th, 1990s or 14:30."""

from __future__ import annotations

import re
from datetime import date

FIGURES = re.compile(
    r"(?<![\w.,/])(?:"
    r"(?P<iso>\d{4}([-./])\d{1,2}\2\d{1,2})"
    r"|(?P<dotted>\d{1,2}([-./])\d{1,2}\4\d{4}|\d{1,2}([./])\d{1,2}\5\d\d)"
    r"|(?P<iso_month>\d{4}-(?:0[1-9]|1[0-2]))|(?P<dotted_month>(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d)"
    r"|(?P<no_year>(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2]))"
    r")(?![\w%]|[.,/:]\d)"
    r"|(?P<part>\b[qh][1-4]\b)"
    # Amounts, clock times, scores and versions are no dates; nor is a number glued to a name (Euro-2024, G7).
    r"|(?P<amount>[$€£₴₽№#]\s?\d[\d.,]*|(?<![\d.,])(?:\d+(?:[.,:/]\d+)+|\d[\d.,]*\s?[%°]))"
    r"|(?P<glued>(?<=[^\W\d_])(?<!mid)(?<!early)(?<!late)-?\d+)"
    r"|(?<!\d)(?P<number>\d{1,9})(?!\d)(?:-?(?P<ending>st|nd|rd|th|s|[а-яіїє]{1,3})(?!\w))?",
    re.IGNORECASE,
)
_DECADE_ENDINGS = frozenset({"s", "е", "х", "ті", "их", "ых", "ые", "і", "ми"})
_CENTURY = 2000
_TWO_DIGITS = 100
_NOON = 12
_YEARS = range(1000, 2200)
_FIRST_BARE_DECADE = 50  # "the 90s" are years, "20-е" is mostly a day
_LARGEST_COUNT = 1000


def figure_tag(match: re.Match[str]) -> str:
    """The tag of a match of ``FIGURES``; ``_`` for a number that is no date, day, year or count.

    A date is ``c`` with year, month and day, 0 where one is not told; ``x`` where it may as well be a decimal number.
    """
    if match["number"]:
        return _number(int(match["number"]), (match["ending"] or "").lower())
    if match["part"]:
        return match["part"].lower()
    if match["glued"] or match["amount"]:
        return "_"
    return _date([int(part) for part in re.split(r"\D", match.group())], match)


def _date(parts: list[int], match: re.Match[str]) -> str:
    """Day first, as dates in articles are read; month first where it can only be meant so."""
    if match["no_year"]:
        return f"x0-{parts[1]}-{parts[0]}"
    year, month, *rest = parts if match["iso"] or match["iso_month"] else reversed(parts)
    day = rest[0] if rest else 0
    if match["dotted"] and month > _NOON >= day:
        month, day = day, month
    year += _CENTURY if year < _TWO_DIGITS else 0
    return f"c{year}-{month}-{day}" if _exists(year, month, day or 1) else "_"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _number(value: int, ending: str) -> str:
    if ending in _DECADE_ENDINGS and value % 10 == 0 and (value in _YEARS or _is_bare_decade(value)):
        return f"decade{value}"
    if value in _YEARS:
        return f"y{value}"
    if ending:
        return f"ord{value}"
    return f"n{value}" if value < _LARGEST_COUNT else "_"


def _is_bare_decade(value: int) -> bool:
    return _FIRST_BARE_DECADE <= value < _TWO_DIGITS
