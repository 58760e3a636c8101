"""Which words of a question are searched in a large index, and that they find what they should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.adapters import catalogue_search
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.catalogue_search import MOST_ROWS, rarest
from index.ports import SearchForm, Windows
from index.types import Article, Filters, Passage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def catalogue(tmp_path: Path) -> SqliteCatalogue:
    """Twelve passages with a common word, of which one has a rare word as well."""
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1")
    for number in range(12):
        article = Article(f"a{number}", f"/{number}.txt", "Bridges.", "en", "Bridges")
        passage = Passage(f"p{number}", article.id, 0, 8, "en", "Bridges.")
        form = SearchForm("bridge gantry" if number == 7 else "bridge", Windows((0,), np.eye(1, 8, dtype=np.float32)))
        catalogue.put(article, "d", [(passage, form)])
    return catalogue


def test_rare_words_are_searched_and_common_ones_only_where_there_is_room() -> None:
    """All that together stand in few passages; a word in none costs nothing."""
    assert rarest({"port": 90, "said": MOST_ROWS, "gantry": 3, "xyzzy": 0}) == ["xyzzy", "gantry", "port"]


def test_a_common_word_is_searched_where_there_is_none_rarer() -> None:
    """Else nothing would be found."""
    assert rarest({"said": 9 * MOST_ROWS, "xyzzy": 0, "year": 10 * MOST_ROWS}) == ["xyzzy", "said"]


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 3 * MOST_ROWS), min_size=1))
def test_what_is_searched_finds_something_where_any_word_does(frequencies: dict[str, int]) -> None:
    """One that stands anywhere is among them, with no more rows than that one has or there is room for."""
    found = [frequencies[word] for word in rarest(frequencies)]
    assert any(found) == any(frequencies.values())
    assert sum(found) <= max(MOST_ROWS, min(filter(None, found), default=0))


def test_a_large_index_is_searched_for_rare_words(catalogue: SqliteCatalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rare word alone finds its passage; the common one is searched where nothing else is asked for."""
    assert len(catalogue.search(["bridge", "gantry"], 20, Filters())) == 12
    monkeypatch.setattr(catalogue_search, "MOST_ROWS", 5)
    monkeypatch.setattr(catalogue_search, "LARGE", 5)
    assert [each for each, _ in catalogue.search(["bridge", "gantry"], 20, Filters())] == ["p7"]
    assert len(catalogue.search(["bridge", "unknown"], 20, Filters())) == 12


def test_a_word_that_came_later_is_found(catalogue: SqliteCatalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it stood nowhere is remembered, and does no harm."""
    monkeypatch.setattr(catalogue_search, "MOST_ROWS", 5)
    monkeypatch.setattr(catalogue_search, "LARGE", 5)
    assert catalogue.search(["ferry"], 20, Filters()) == []
    article, passage = Article("b", "/b.txt", "A ferry.", "en", "Ferry"), Passage("q", "b", 0, 8, "en", "A ferry.")
    catalogue.put(article, "d", [(passage, SearchForm("ferry", Windows((0,), np.eye(1, 8, dtype=np.float32))))])
    assert [each for each, _ in catalogue.search(["ferry", "bridge"], 20, Filters())][:1] == ["q"]
