"""The SQLite catalogue: what is put in comes out, replaced and removed whole, found by lemma and filter."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta, timezone
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.catalogue_rows import filter_clause, read_windows
from index.adapters.catalogue_search import NEWEST
from index.errors import ArticleUnknown, StoreError, StoreMismatch
from index.ports import SearchForm, Windows, Words
from index.types import Article, DroppedLine, Filters, Passage, Published

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Language

KYIV = timezone(timedelta(hours=3))


@pytest.fixture
def catalogue(tmp_path: Path) -> SqliteCatalogue:
    """A new catalogue."""
    return SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1")


SPOKEN: tuple[tuple[Language, ...], ...] = (("ru",), ("uk",), ("ru", "uk"), (), ("en",))


def _article(article_id: str, language: Language = "uk", text: str = "Міст відкрили.", **more: object) -> Article:
    return Article(id=article_id, source=f"/news/{article_id}.txt", text=text, language=language, title="Міст", **more)  # type: ignore[arg-type] # passed through


def _passages(article: Article, *lemmas: str) -> list[tuple[Passage, SearchForm]]:
    return [
        (
            Passage(f"{article.id}-{n}", article.id, 0, len(article.text), article.language, article.text),
            SearchForm(words, Windows((0,), np.eye(1, 8, n, dtype=np.float32))),
        )
        for n, words in enumerate(lemmas)
    ]


def _put(catalogue: SqliteCatalogue, article: Article, *lemmas: str) -> None:
    catalogue.put(article, "digest", _passages(article, *lemmas))


def test_article_comes_back_as_it_was_put(catalogue: SqliteCatalogue) -> None:
    """Every field of an article survives, time zone and dropped lines included."""
    article = _article(
        "a",
        published=Published(date(2025, 8, 13), time(6, 44, tzinfo=KYIV)),
        author="Іван Д'яконов",
        outlet="Вісник",
        url="https://visnyk.example/a",
        title_derived=True,
        dropped=(DroppedLine("РЕКЛАМА", "advertisement"),),
    )
    _put(catalogue, article, "міст відкрити")
    assert catalogue.article("a") == article


def test_unknown_article_is_an_error(catalogue: SqliteCatalogue) -> None:
    """Asking for an id that is not there says so."""
    with pytest.raises(ArticleUnknown, match="nobody"):
        catalogue.article("nobody")


def test_passages_keep_the_order_asked_for(catalogue: SqliteCatalogue) -> None:
    """Passages come in the order of the ids; unknown ids are left out."""
    _put(catalogue, _article("a"), "міст", "ріка")
    found = catalogue.passages(["a-1", "nobody", "a-0"])
    assert [passage.id for passage, _ in found] == ["a-1", "a-0"]


def test_passage_and_article_are_of_one_moment(catalogue: SqliteCatalogue, tmp_path: Path) -> None:
    """An article that is replaced while its passages are being read is seen wholly as it was before."""
    former, latter = _article("a"), _article("a", text="Міст знову закрили.")
    _put(catalogue, former, "міст")
    other = SqliteCatalogue(tmp_path / "catalogue.sqlite3", None)

    def replace_it(statement: str) -> None:
        if "FROM article" in statement:
            _put(other, latter, "міст")

    catalogue._file._connection().set_trace_callback(replace_it)
    assert [article.text for _, article in catalogue.passages(["a-0"])] == [former.text]
    catalogue._file._connection().set_trace_callback(None)
    assert [article.text for _, article in catalogue.passages(["a-0"])] == [latter.text]


def test_search_ranks_by_matching_lemmas(catalogue: SqliteCatalogue) -> None:
    """A passage with more of the lemmas comes first; one with none does not come."""
    _put(catalogue, _article("a"), "міст ріка", "міст", "вітер")
    assert [found for found, _ in catalogue.search(["міст", "ріка"], 10, Filters())] == ["a-0", "a-1"]


def test_search_survives_query_syntax(catalogue: SqliteCatalogue) -> None:
    """Words that FTS5 would take as operators are searched as words."""
    _put(catalogue, _article("a"), "not near міст")
    assert catalogue.search(["not", "near", "or"], 10, Filters())


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(languages=("uk",)), {"a-0"}),
        (Filters(outlets=("the post",)), {"b-0"}),
        (Filters(since=date(2026, 1, 2)), {"b-0"}),
        (Filters(until=date(2026, 1, 1)), {"a-0"}),
        (Filters(since=date(2026, 1, 1), until=date(2026, 1, 2)), {"a-0", "b-0"}),
        (Filters(since=date(2027, 1, 1)), set()),
    ],
)
def test_filters_apply_before_the_cut(catalogue: SqliteCatalogue, filters: Filters, expected: set[str]) -> None:
    """Language, outlet and days restrict what is searched; undated articles pass no date filter."""
    _put(catalogue, _article("a", published=Published(date(2026, 1, 1), time(0, 30, tzinfo=KYIV))), "міст")
    _put(catalogue, _article("b", "en", outlet="The Post", published=Published(date(2026, 1, 2))), "міст")
    _put(catalogue, _article("c", "ru"), "міст")
    found = {each for each, _ in catalogue.search(["міст"], 10, filters)}
    assert found == expected


def test_replacing_lists_old_passages_as_orphans(catalogue: SqliteCatalogue) -> None:
    """A changed article has only its new passages; the old ones wait for their vectors to be deleted."""
    _put(catalogue, _article("a"), "міст", "ріка")
    catalogue.put(_article("a", text="Інше."), "digest-2", _passages(_article("a"), "вітер"))
    assert [found for found, _ in catalogue.search(["міст", "вітер"], 10, Filters())] == ["a-0"]
    assert catalogue.orphans() == ["a-1"]
    assert catalogue.digests()["a"] == ("digest-2", "/news/a.txt")


def test_removed_article_is_gone(catalogue: SqliteCatalogue) -> None:
    """After removal nothing of an article is found, and its passages are orphans."""
    _put(catalogue, _article("a"), "міст")
    assert catalogue.remove(["a", "nobody"]) == 1
    assert catalogue.search(["міст"], 10, Filters()) == []
    assert catalogue.passages(["a-0"]) == []
    assert catalogue.orphans() == ["a-0"]


def test_announced_vectors_are_orphans_until_put(catalogue: SqliteCatalogue) -> None:
    """A vector announced and never borne by a passage is an orphan; forgetting it clears the list."""
    catalogue.expect_vectors(["a-0", "a-1"])
    _put(catalogue, _article("a"), "міст")
    assert catalogue.orphans() == ["a-1"]
    catalogue.forget_orphans(["a-1"])
    assert catalogue.orphans() == []


def test_half_stored_article_is_not_seen(catalogue: SqliteCatalogue) -> None:
    """An article whose storing fails in the middle leaves nothing behind."""
    article = _article("a")
    twice = _passages(article, "міст") * 2
    with pytest.raises(StoreError):
        catalogue.put(article, "digest", twice)
    assert catalogue.digests() == {}


def test_status_counts(catalogue: SqliteCatalogue) -> None:
    """The status counts languages and outlets and spans the dates."""
    _put(catalogue, _article("a", outlet="Вісник", published=Published(date(2026, 1, 1))), "x", "y")
    _put(catalogue, _article("b", "en", published=Published(date(2026, 3, 1))), "z")
    status = catalogue.status()
    assert (status.articles, status.passages, status.languages) == (2, 3, {"en": 1, "uk": 1})
    assert status.outlets == {"Вісник": 1}
    assert (status.earliest, status.latest) == (Published(date(2026, 1, 1)), Published(date(2026, 3, 1)))


def test_other_model_is_refused(catalogue: SqliteCatalogue, tmp_path: Path) -> None:
    """An index built with one model is not opened with another; the error says what to do."""
    assert catalogue.digests() == {}
    with pytest.raises(StoreMismatch, match=r"model-1.*model-2.*--store"):
        SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-2")


def test_other_format_is_refused(catalogue: SqliteCatalogue, tmp_path: Path) -> None:
    """An index of another format version is not opened."""
    catalogue.close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    connection.close()
    with pytest.raises(StoreMismatch, match="format 99"):
        SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1")


def test_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    """A file that is no database is refused by name."""
    (tmp_path / "catalogue.sqlite3").write_bytes(b"no database at all" * 99)
    with pytest.raises(StoreError, match=r"catalogue\.sqlite3"):
        SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1")


def test_threads_read_at_once(catalogue: SqliteCatalogue) -> None:
    """Several threads may search the same catalogue."""
    _put(catalogue, _article("a"), "міст")

    def search(_: int) -> int:
        found = len(catalogue.search(["міст"], 10, Filters()))
        catalogue.close()
        return found

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(search, range(20))) == [1] * 20


def test_windows_come_back_within_half_precision(catalogue: SqliteCatalogue) -> None:
    """Starts exactly, vectors to 16-bit floats; unknown passages are left out."""
    article = _article("a")
    vectors = np.random.default_rng(1).normal(size=(3, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    passage = Passage("a-0", "a", 0, len(article.text), "uk", article.text)
    catalogue.put(article, "digest", [(passage, SearchForm("міст", Windows((0, 4, 9), vectors)))])
    found = catalogue.windows(["a-0", "b-0"])
    assert list(found) == ["a-0"]
    assert found["a-0"].starts == (0, 4, 9)
    assert np.allclose(found["a-0"].vectors, vectors, atol=5e-4)


def test_stacked_windows_are_the_windows(catalogue: SqliteCatalogue) -> None:
    """One below the other, whichever passages are asked for; none are an empty stack."""
    _put(catalogue, _article("a"), "міст", "ріка", "вітер")
    stack = catalogue.stacked_windows(["a-2", "a-0", "unknown"])
    alone = catalogue.windows(stack.ids)
    assert sorted(stack.ids) == ["a-0", "a-2"]
    assert stack.counts.tolist() == [1, 1]
    assert stack.starts.tolist() == [0, 0]
    assert np.array_equal(stack.vectors, np.concatenate([alone[each].vectors for each in stack.ids]))
    assert catalogue.stacked_windows(["unknown"]).ids == ()


def test_every_half_is_read_exactly() -> None:
    """All finite numbers of half precision, the smallest and both zeros among them, are those that numpy reads."""
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    blob = np.array([1, 0], "<i4").tobytes() + halves.astype("<f2").tobytes()
    (vector,) = read_windows(blob).vectors
    assert np.array_equal(vector.view(np.int32), halves.astype(np.float32).view(np.int32))


def test_words_come_back_by_sentence(catalogue: SqliteCatalogue) -> None:
    """All words of a passage, and those of its sentences without the headline's line and the names'."""
    _put(catalogue, _article("a"), "заголовок\nміст відкрити\n\nріка\nxnodesa", "міст ріка")
    found = catalogue.words(["a-0", "a-1", "b-0"])
    assert found["a-0"].every == {"заголовок", "міст", "відкрити", "ріка", "xnodesa"}
    assert [sorted(each) for each in found["a-0"].sentences] == [["відкрити", "міст"], [], ["ріка"]]
    assert found["a-1"] == Words(frozenset({"міст", "ріка"}), ())
    assert "b-0" not in found


def test_words_are_searched_within_the_languages_asked_for(catalogue: SqliteCatalogue) -> None:
    """A word that is spelt alike in two languages finds the passages of the one, and those of both."""
    _put(catalogue, _article("a", "ru"), "порт")
    _put(catalogue, _article("b", "uk"), "порт")
    found = [sorted(each for each, _ in catalogue.search(["порт"], 9, Filters(languages=each))) for each in SPOKEN]
    assert found == [["a-0"], ["b-0"], ["a-0", "b-0"], ["a-0", "b-0"], []]


def test_words_are_counted_by_passage(catalogue: SqliteCatalogue) -> None:
    """A word counts once a passage; one that is nowhere is left out; query syntax is only a word."""
    _put(catalogue, _article("a"), "міст міст ріка", "міст")
    assert catalogue.frequencies(["міст", "ріка", "вітер", '"', "міст"]) == {"міст": 2, "ріка": 1}
    assert catalogue.passage_count() == 2


def test_nearest_days_lie_outside_the_window(catalogue: SqliteCatalogue) -> None:
    """The day before and the day after an empty window, among articles that pass the other filters."""
    for name, day, language in (("a", 1, "uk"), ("b", 9, "uk"), ("c", 7, "ru")):
        _put(catalogue, _article(name, language, published=Published(date(2026, 1, day))), "міст")  # type: ignore[arg-type] # a literal
    window = Filters(since=date(2026, 1, 3), until=date(2026, 1, 5))
    assert catalogue.nearest_days(window) == (date(2026, 1, 1), date(2026, 1, 7))
    assert catalogue.nearest_days(replace(window, languages=("uk",))) == (date(2026, 1, 1), date(2026, 1, 9))
    assert catalogue.nearest_days(Filters(since=date(2025, 1, 1))) == (None, None)


def _dated(catalogue: SqliteCatalogue, **days: str) -> None:
    for article_id, day in days.items():
        _put(catalogue, _article(article_id, published=Published.from_iso(day) if day else None), "міст")


def test_newest_articles_come_first(catalogue: SqliteCatalogue) -> None:
    """Articles are ordered by the moment of publication, whatever the zone, and cut off after the limit."""
    _dated(catalogue, noon="2026-03-01T12:00+03:00", old="2025-01-01", later="2026-03-01T10:00+00:00", day="2026-03-01")
    assert [each.id for each in catalogue.newest(3, Filters())] == ["later", "noon", "day"]


def test_undated_articles_come_last(catalogue: SqliteCatalogue) -> None:
    """Without a date, what was stored last counts as newer, and less than anything dated."""
    _dated(catalogue, first="", second="", dated="1999-12-31")
    assert [each.id for each in catalogue.newest(9, Filters())] == ["dated", "second", "first"]


def test_newest_heeds_filters(catalogue: SqliteCatalogue) -> None:
    """What does not pass the filters is not listed."""
    _dated(catalogue, inside="2026-03-01", after="2026-03-03", undated="")
    assert [each.id for each in catalogue.newest(9, Filters(until=date(2026, 3, 2)))] == ["inside"]
    assert catalogue.newest(9, Filters(languages=("en",))) == []


def test_newest_reads_no_texts_but_those_listed(catalogue: SqliteCatalogue) -> None:
    """The order comes from an index that also holds what is filtered by: an archive of any size answers at once."""
    filters = Filters(outlets=("Вісник",), languages=("uk",), since=date(2026, 1, 1))
    condition, values = filter_clause(filters)
    plan = catalogue._rows(f"EXPLAIN QUERY PLAN {NEWEST.format(condition=condition)}", (*values, 5))
    scans = [row["detail"] for row in plan if row["detail"].startswith("SCAN article")]
    assert scans == ["SCAN article USING COVERING INDEX article_newest"]


def test_articles_come_one_by_one_as_they_were(catalogue: SqliteCatalogue) -> None:
    """In the order of ids, and nothing that is written meanwhile is seen."""
    for name in ("b", "a", "c"):
        _put(catalogue, _article(name), "міст")
    found = catalogue.articles()
    first = next(found)
    catalogue.remove(["b"])
    _put(catalogue, _article("d"), "міст")
    assert [first.id, *(each.id for each in found)] == ["a", "b", "c"]
    assert [each.id for each in catalogue.articles()] == ["a", "c", "d"]


def test_passages_come_with_what_rebuilds_their_vectors(catalogue: SqliteCatalogue) -> None:
    """Article by article, each passage with its article and its windows."""
    _put(catalogue, _article("b"), "міст")
    _put(catalogue, _article("a"), "ріка", "вітер")
    found = list(catalogue.stored_passages())
    assert [(passage.id, article.id) for passage, article, _ in found] == [("a-0", "a"), ("a-1", "a"), ("b-0", "b")]
    assert [int(windows.vectors.argmax()) for _, _, windows in found] == [0, 1, 0]


def test_signatures_and_stories_come_back(catalogue: SqliteCatalogue) -> None:
    """First stored first; both are forgotten where the article is put anew."""
    catalogue.put(_article("b"), "digest", [])
    _put(catalogue, _article("a"), "міст")
    catalogue.settle({"a": b"\x00\xff", "b": b""}, {"a": "b"})
    assert list(catalogue.signatures().items()) == [("b", (b"", None)), ("a", (b"\x00\xff", "b"))]
    assert {name: [each.id for each in found] for name, found in catalogue.copies(["a", "b", "c"]).items()} == {
        "a": ["b"],
        "b": ["a"],
    }
    _put(catalogue, _article("a"), "міст")
    assert catalogue.signatures()["a"] == (None, None)


def test_sources_are_moved_together(catalogue: SqliteCatalogue) -> None:
    """Articles may be read from elsewhere without a change; unknown ones are passed over."""
    for name in ("a", "b"):
        _put(catalogue, _article(name), "міст")
    catalogue.move({"a": "/new/a.txt", "nobody": "/x"})
    assert [source for _, source in catalogue.digests().values()] == ["/new/a.txt", "/news/b.txt"]
