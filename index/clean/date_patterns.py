"""The patterns of dates, put together from the words in dates.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

DIGITS_ONLY = re.compile(r"\d{10}|\d{13}")

_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
_NO_LETTER_AFTER = r"(?![^\W\d_])"
# Before "today": a line's start, a sign, a name it is glued to, or a small letter and a space where a time follows;
# so that it is not read into a newspaper's name.
_APART = (
    r"(?:^|(?<=[,;:|•·—–()/-])|(?<=[,;:|•·—–()/-]\s)|(?-i:(?<=[a-zа-яёіїєґ])(?=[A-ZА-ЯЁІЇЄҐ]))"
    r"|(?-i:(?<=[a-zа-яёіїєґ]\s)(?=[a-zа-яёіїєґ]|\w+,?\s(?:at\s|в\s|о\s|об\s)?\d)))"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR_SIGN = r"(?:\s?(?:г(?:ода?)?|р(?:оку)?)\b\.?)?"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)"
# Hours with minutes or with a.m./p.m.; a full stop stands between them only where no third number follows.
_CLOCK = (
    r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])(?=[:.][0-5]\d|\s?[ap]\.?\s?m\b)"
    r"(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?!\.?\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)?"
)
_OFFSET = r"(?P<offset>[+−-](?:[01]\d:?[0-5]\d|[01]?\d(?![\d:.])))"


@cache
def day_patterns() -> tuple[re.Pattern[str], ...]:
    """Patterns with the groups day, month or word (a month's name), year; or ago; or count and unit."""
    table = _table()
    month = rf"(?P<word>{_alternatives(*table['months'])})\.?{_NO_LETTER_AFTER}"
    weekday = rf"(?:(?:{table['weekdays']}|{_NO_LETTER_BEFORE}(?:{table['short_weekdays']})\.?)[,.]?\s*)?"
    capital = r"(?:(?<![^\W\d_])|(?-i:(?=[A-ZА-ЯЁІЇЄҐ])))"
    sources = (
        # 2024-03-14
        rf"{weekday}(?<!\d){_YEAR}[-/.](?P<month>[01]\d)[-/.](?P<day>[0-3]\d)(?!\d)",
        # Thursday, 14th of March 2024; 14 марта 2024 года
        rf"{weekday}(?:the\s)?{_DAY}(?:-?(?:го|е|ого|st|nd|rd|th))?\s*(?:of\s)?{month}(?:,?\s*{_YEAR}(?!\d){_YEAR_SIGN})?",
        # March 14, 2024
        rf"{weekday}{capital}{month}\s*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,?\s+{_YEAR}(?!\d))?",
        # 14.03.2024, 3/14/2024
        rf"{weekday}{_DAY}\s?(?:[.-]|(?P<slashed>/))\s?(?P<month>[0-3]?\d)\s?[./-]\s?{_YEAR}(?!\d){_YEAR_SIGN}",
        # 14.03.24, with full stops only: other signs make scores and fractions of it
        rf"{weekday}{_DAY}\.(?P<month>[01]\d)\.(?P<year>\d\d)(?![\d.])",
        # yesterday, сегодня; then 2 hours ago, тиждень тому
        rf"{_APART}(?P<ago>{_alternatives(*table['days_ago'].values())}){_NO_LETTER_AFTER}",
        rf"{capital}(?:(?P<count>\d{{1,3}}|an?|one)\s?)?(?P<unit>{_alternatives(*table['units'].values())})\s+(?:назад|тому|ago){_NO_LETTER_AFTER}",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


@cache
def may_hold_date() -> re.Pattern[str]:
    """A quick look: without a digit or a word of this kind there is no date in a line."""
    table = _table()
    return re.compile(rf"\d|{_alternatives(*table['days_ago'].values())}|назад|тому|ago", re.IGNORECASE)


@cache
def after_day() -> re.Pattern[str]:
    """A clock time after a day, with its zone: groups hour, minute, second, half, zone, offset."""
    return re.compile(rf"(?:T|[\s,|/·•(—–-]*(?:в|о|об|у|at|@|,)?\s*){_CLOCK}{_zone_pattern()}\)?", re.IGNORECASE)


@cache
def before_day() -> re.Pattern[str]:
    """A clock time right before a day, with the same groups."""
    return re.compile(rf"{_CLOCK}{_zone_pattern()}[\s,|/·•—–-]*(?:on\s)?$", re.IGNORECASE)


def month_number(word: str) -> int:
    """1 to 12 for a word that a day pattern matched as a month."""
    return next(n for n, names in enumerate(_table()["months"], 1) if re.fullmatch(names, word, re.IGNORECASE))


def days_back(word: str) -> int:
    """How many days before now a word like "yesterday" means."""
    return int(_key("days_ago", word) or 0)


def unit_minutes(word: str) -> int:
    """How many minutes an hour, a day or a week has."""
    return int(_key("units", word) or 1)


def zone_name(word: str) -> str:
    """The offset or the database name of a zone that a clock pattern matched."""
    return _key("zones", word) or "+00:00"


def _key(table: str, word: str) -> str | None:
    entries: dict[str, str] = _table()[table]
    return next((key for key, words in entries.items() if re.fullmatch(words, word, re.IGNORECASE)), None)


@cache
def _zone_pattern() -> str:
    names = _alternatives(*_table()["zones"].values())
    return rf"(?:\s?{_OFFSET}|\s?\(?(?P<zone>{names}){_NO_LETTER_AFTER}\)?(?P<shift>[+−-]\d{{1,2}}(?::?[0-5]\d)?)?)?"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("index.clean").joinpath("dates.toml").read_text("utf-8"))


def _alternatives(*groups: str) -> str:
    return "|".join(groups)
