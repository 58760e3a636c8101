"""What the catalogue is searched with: full text over lemmas and name keys, word counts, days of publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from index.adapters.catalogue_rows import filter_clause

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from index.types import Filters

    Rows = Callable[[str, Sequence[object]], list[sqlite3.Row]]

_SEARCH = """
SELECT passage.id, found.bm25
FROM (SELECT rowid AS number, bm25(lemma) AS bm25 FROM lemma WHERE lemma MATCH ? ORDER BY bm25, rowid LIMIT ?) AS found
JOIN passage ON passage.number = found.number ORDER BY found.bm25, passage.number
"""
_SEARCH_WITHIN = """
SELECT passage.id, bm25(lemma) AS bm25
FROM lemma JOIN passage ON passage.number = lemma.rowid JOIN article ON article.id = passage.article_id
WHERE lemma MATCH ? {condition} ORDER BY bm25, passage.number LIMIT ?
"""
MOST_ROWS = 4000
"""Rows that may be looked at in a search of a large index, if one word alone has not more: some 5 ms."""
LARGE = 5 * MOST_ROWS
"""Passages up to which counting the words would take longer than it saves."""
_REMEMBERED = 20_000
"""Words; 2 MB."""
# The inner query is answered by the index article_newest alone: texts are read of the articles wanted, not of all.
NEWEST = """
SELECT * FROM article WHERE rowid IN (
    SELECT rowid FROM article WHERE TRUE {condition} ORDER BY published_utc DESC, rowid DESC LIMIT ?
) ORDER BY published_utc DESC, rowid DESC
"""


def rarest(frequencies: Mapping[str, int]) -> list[str]:
    """Those of the words that are searched, given in how many passages each stands: the rarest, one of them for sure.

    BM25 is reckoned for every row that has any of them, and what a word in every tenth passage adds is little. Among
    100,000 passages that made a search four times as fast; smaller indexes are searched for all words.
    """
    ranked = sorted(frequencies, key=lambda word: frequencies[word])
    rows = accumulate(frequencies[word] for word in ranked)
    return [
        word for word, so_far in zip(ranked, rows, strict=True) if so_far <= MOST_ROWS or so_far == frequencies[word]
    ]


class Rarity:
    """Which words of a question are searched. How common a word is is remembered until the index is twice as large."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._remembered = lru_cache(_REMEMBERED)(self._frequency)

    def searched(self, words: Sequence[str]) -> Sequence[str]:
        """The words, in a large index the rarer ones of them."""
        (row,) = self._rows("SELECT coalesce(max(number), 0) AS last FROM passage", ())
        if row["last"] <= LARGE:
            return words
        return rarest({word: self._remembered(word, row["last"].bit_length()) for word in words})

    def _frequency(self, word: str, _magnitude: int) -> int:
        return frequencies(self._rows, [word]).get(word, 0)


def search(rows: Rows, words: Sequence[str], limit: int, filters: Filters) -> list[tuple[str, float]]:
    """Passage ids with any of the words, ranked by BM25, best first, with a score that grows with relevance."""
    if not words:
        return []
    any_of = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
    wanted = f"{{{' '.join(filters.languages)}}} : ({any_of})" if filters.languages else any_of
    condition, values = filter_clause(replace(filters, languages=()))
    # Joining every row that has one of the words, rather than the best, takes twice as long.
    query = _SEARCH_WITHIN.format(condition=condition) if condition else _SEARCH
    return [(row["id"], -row["bm25"]) for row in rows(query, (wanted, *values, limit))]


def frequencies(rows: Rows, words: Sequence[str]) -> dict[str, int]:
    """In how many passages each of the words stands; those in none are left out."""
    query = "SELECT term, doc FROM lemma_count WHERE term = ?"
    return {row["term"]: row["doc"] for word in dict.fromkeys(words) for row in rows(query, (word,))}


def newest(rows: Rows, limit: int, filters: Filters) -> list[sqlite3.Row]:
    """Articles as rows, the latest published first; then those without a date, the last stored first."""
    condition, values = filter_clause(filters)
    return rows(NEWEST.format(condition=condition), (*values, limit))


def nearest_days(rows: Rows, filters: Filters) -> tuple[date | None, date | None]:
    """The last day before the filters' window and the first one after it on which an article was published."""
    before = _published(rows, "max(published_day)", "<", filters.since, filters)
    return before, _published(rows, "min(published_day)", ">", filters.until, filters)


def _published(rows: Rows, which: str, comparison: str, bound: date | None, filters: Filters) -> date | None:
    if bound is None:
        return None
    condition, values = filter_clause(filters, dated=False)
    query = f"SELECT {which} AS day FROM article WHERE published_day {comparison} ? {condition}"  # noqa: S608 - our own words
    day = rows(query, (bound.toordinal(), *values))[0]["day"]
    return None if day is None else date.fromordinal(day)
