"""What may be typed as the value of an option. Each raises ArgumentTypeError, which tells what is expected instead."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path


def source(text: str) -> Path | str:
    """A path, or an address on the web as it is: a path would lose one of its slashes."""
    return text if "://" in text else Path(text)


def day(text: str) -> date:
    """A day, ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-03-14") from None


def moment(text: str) -> datetime:
    """A moment, ISO 8601, in the machine's time zone where it names none."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2026-03-14T09:15") from None


def limit(text: str) -> int:
    """How many to list."""
    if not (text.isdecimal() and 1 <= int(text) <= 100):  # noqa: PLR2004 - the same range as [retrieve] limit
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 100")
    return int(text)


def count(text: str) -> int:
    """How many, at least one."""
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
