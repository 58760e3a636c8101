"""Days as people of each language write them in short, alone and as a span, and how long there is to wait."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from prompts import message

if TYPE_CHECKING:
    from datetime import date, timedelta

    from index.types import AskerLanguage


def day_text(day: date, language: AskerLanguage) -> str:
    """One day: 13.08.2025, in English 13 Aug 2025."""
    return f"{day:%d.%m.%Y}" if language != "en" else f"{day.day} {day:%b %Y}"


def window_text(since: date | None, until: date | None, language: AskerLanguage) -> str:
    """A span of days, either end of which may be open; an empty string where both are, or where it is none at all."""
    if since and until and since > until:
        return ""
    if since and until:
        first, last = day_text(since, language), day_text(until, language)
        return message("window_day" if since == until else "window_between", language, since=first, until=last)
    if since:
        return message("window_since", language, since=day_text(since, language))
    return message("window_until", language, until=day_text(until, language)) if until else ""


def wait_text(wait: timedelta, language: AskerLanguage) -> str:
    """In how long something comes, rounded up: in 20 minutes. No clock time: nobody's time zone is known."""
    seconds = max(1, ceil(wait.total_seconds()))
    # The finest unit that still gives a small number.
    for key, unit, most in (("tg_in_seconds", 1, 60), ("tg_in_minutes", 60, 90), ("tg_in_hours", 3600, 48)):
        if (count := ceil(seconds / unit)) <= most:
            return message(key, language, count=count)
    return message("tg_in_days", language, count=ceil(seconds / 86_400))
