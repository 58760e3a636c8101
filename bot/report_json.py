"""An evaluation's report as a JSON document: the fields of the dataclasses in index/evaluate/figures.py."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.json_form import Document
    from index.evaluate.figures import Report

_DIGITS = 4
"""Of every figure: the intervals are wider than a hundredth."""


def report(found: Report) -> Document:
    """The whole report, field by field."""
    return {name: _rounded(value) for name, value in asdict(found).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, (list, tuple)) else value
