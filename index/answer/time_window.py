"""A question's time: the window of publication days it speaks of, and what lies nearest where the window is empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from index.types import Filters
from index.when import asked_time

if TYPE_CHECKING:
    from index.ports import Catalogue
    from index.types import AskedTime, Query

_YEARS_BEFORE = 1
"""A year named in a question that lies further than this before the archive's first article is history, not a date of
publication: "Who won at Hastings in 1066?" """


def in_its_time(query: Query, today: date, catalogue: Catalogue) -> Query:
    """The query restricted to the days its words speak of, within the restrictions that it has already."""
    asked = asked_time(query.text, today)
    if not (asked.since or asked.until) or _is_history(asked, catalogue):
        return replace(query, latest=asked.latest, timed=asked.latest)
    filters = query.filters
    since = max((day for day in (filters.since, asked.since) if day), default=None)
    until = min((day for day in (filters.until, asked.until) if day), default=None)
    return replace(query, filters=replace(filters, since=since, until=until), latest=asked.latest, timed=True)


def nearest_days(query: Query, catalogue: Catalogue) -> tuple[date, ...]:
    """The days with articles next to the window, at most one on either side; none if it ends before it begins."""
    since, until = query.filters.since, query.filters.until
    if since and until and since > until:  # what was asked and what was typed beside it exclude each other
        return ()
    return tuple(day for day in catalogue.nearest_days(query.filters) if day)


def _is_history(asked: AskedTime, catalogue: Catalogue) -> bool:
    if not asked.explicit_year:
        return False
    _, first = catalogue.nearest_days(Filters(until=date.min))
    last = asked.until or asked.since or date.max
    return first is None or last.year < first.year - _YEARS_BEFORE
