"""Which articles are meant, and all of them one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.adapters.catalogue_rows import PASSAGE_COLUMNS, read_article, read_passage, read_windows
from index.identity import canonical_url
from index.load import is_address

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from index.adapters.catalogue_file import CatalogueFile
    from index.ports import Windows
    from index.types import Article, Passage, Selection

_PASSAGES = f"SELECT {PASSAGE_COLUMNS}, windows FROM passage WHERE article_id = ? ORDER BY number"  # noqa: S608 - our own words


def ids(file: CatalogueFile, wanted: Selection) -> list[str]:
    """The ids of the articles that fit, in the order of ids."""
    condition, values = _condition(wanted)
    rows = file.rows(f"SELECT id, url, source FROM article WHERE TRUE {condition} ORDER BY id", values)  # noqa: S608 - values are bound
    chosen = None if wanted.ids is None else set(wanted.ids)
    fitting = [row for row in rows if chosen is None or row["id"] in chosen]
    if wanted.url is None:
        return [row["id"] for row in fitting]
    page = canonical_url(wanted.url)
    return [row["id"] for row in fitting if wanted.url == row["source"] or page in _pages(row)]


def articles(file: CatalogueFile) -> Iterator[Article]:
    """All articles in the order of ids, as they were when the first was asked for."""
    with file.snapshot() as connection:
        for row in connection.execute("SELECT * FROM article ORDER BY id"):
            yield read_article(row)


def stored_passages(file: CatalogueFile) -> Iterator[tuple[Passage, Article, Windows]]:
    """All passages, article by article in the order of ids, each with its article and its windows."""
    with file.snapshot() as connection:
        for row in connection.execute("SELECT * FROM article ORDER BY id"):
            article = read_article(row)
            for each in connection.execute(_PASSAGES, (article.id,)):
                yield read_passage(each), article, read_windows(each["windows"])


def passage_ids(file: CatalogueFile, most: int | None) -> list[str]:
    """The ids of all passages, or of so many at the most, spread evenly over all."""
    if most is None:
        return [row["id"] for row in file.rows("SELECT id FROM passage ORDER BY number")]
    (ends,) = file.rows("SELECT min(number) AS first, max(number) AS last FROM passage")
    if ends["first"] is None:
        return []
    starts = (ends["first"] + (ends["last"] - ends["first"]) * place // most for place in range(most))
    found = (file.rows("SELECT id FROM passage WHERE number >= ? ORDER BY number LIMIT 1", (each,)) for each in starts)
    return list(dict.fromkeys(row["id"] for rows in found for row in rows))


def _condition(wanted: Selection) -> tuple[str, list[object]]:
    clauses: list[str] = []
    values: list[object] = []
    if wanted.outlet is not None:
        clauses.append("AND outlet_key = ?")
        values.append(wanted.outlet.casefold())
    if wanted.before is not None:
        clauses.append("AND (published_day < ? OR published_day IS NULL AND first_stored < ?)")
        values += [wanted.before.toordinal(), wanted.before.isoformat()]
    return " ".join(clauses), values


def _pages(row: sqlite3.Row) -> set[str]:
    """The pages that an article is known by, each in the one form that all its addresses have."""
    return {canonical_url(each) for each in (row["url"], row["source"]) if each and is_address(each)}
