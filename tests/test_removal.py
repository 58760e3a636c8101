"""How articles leave an index: by hand, by age, and not by moving to another file."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot import cli
from index import compose
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.config import Config, StoreSettings
from index.ingest import Ingester, IngestSettings
from index.types import Selection
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import IngestReport

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LONG_AFTER = datetime.now(UTC) + timedelta(days=4_000)
"""Long after anything that these tests store was stored: the catalogue notes the machine's time."""
RECORDS: tuple[dict[str, Any], ...] = (
    {"id": "bridge", "date": "2026-03-14", "source": "Sula Herald", "url": "https://sula.example/bridge"},
    {"id": "ship", "date": "2026-04-20", "source": "Harbour Post", "url": "https://harbour.example/ship?id=7"},
    {"id": "ferry", "date": "2026-04-29", "source": "harbour post"},
    {"id": "budget"},
)
TEXT = "The {id} made news on Saturday, and the council spoke of little else than the {id}."


def _write(file: Path, *records: dict[str, Any]) -> Path:
    lines = [json.dumps({"text": TEXT.format(**each), **each}) + "\n" for each in records]
    file.write_text("".join(lines), "utf-8")
    return file


def _ingester(store: Path, keep_days: int = 0) -> Ingester:
    catalogue = SqliteCatalogue(store / "catalogue.sqlite3", WordEmbedder.fingerprint)
    vectors = ChromaVectors(store / "chroma")
    return Ingester(WordEmbedder(), vectors, catalogue, IngestSettings(), keep_days=keep_days)


def _ingest(store: Path, *sources: Path, keep_days: int = 0, now: datetime = NOW) -> IngestReport:
    return _ingester(store, keep_days).ingest(sources, now, lambda _: None)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An index of the four articles, whose model is a fake."""
    (tmp_path / "store").mkdir()
    _ingest(tmp_path / "store", _write(tmp_path / "all.jsonl", *RECORDS))
    return tmp_path / "store"


def _left(store: Path) -> list[str]:
    catalogue, vectors = SqliteCatalogue(store / "catalogue.sqlite3", None), ChromaVectors(store / "chroma")
    assert vectors.ids() == {passage.id for passage, _, _ in catalogue.stored_passages()}
    return catalogue.ids(Selection())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        (["bridge", "nobody", "ship"], ["bridge", "ship"]),
        (["--outlet", "HARBOUR POST"], ["ferry", "ship"]),
        (["--before", "2026-04-20"], ["bridge"]),
        (["--before", "2026-04-21", "--outlet", "harbour post"], ["ship"]),
        (["ship", "bridge", "--outlet", "Sula Herald"], ["bridge"]),
        (["--url", "HTTPS://sula.example/bridge/?utm_source=feed#top"], ["bridge"]),
        (["https://harbour.example/ship?id=7"], ["ship"]),
    ],
)
def test_what_fits_all_that_is_typed_goes(
    store: Path, capfdbinary: pytest.CaptureFixture[bytes], typed: list[str], gone: list[str]
) -> None:
    """Ids and addresses, outlet in any case, days before; their number and ids are told."""
    assert cli.main(["remove", *typed, "--json", "--store", str(store)]) == 0
    assert json.loads(capfdbinary.readouterr().out) == {"removed": len(gone), "ids": gone}
    assert _left(store) == sorted({"bridge", "ship", "ferry", "budget"} - set(gone))


@pytest.mark.parametrize("typed", [["nobody"], ["--url", "https://sula.example/"], ["ship", "--outlet", "Sula Herald"]])
def test_where_nothing_fits_nothing_goes(store: Path, capsys: pytest.CaptureFixture[str], typed: list[str]) -> None:
    """The command fails, says so, and no unknown id is taken for all of them."""
    assert cli.main(["remove", *typed, "--lang", "en", "--store", str(store)]) == 1
    assert capsys.readouterr().out == "No article fits that; nothing was removed.\n"
    assert len(_left(store)) == 4


def test_nothing_typed_is_wrong_usage(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Removing everything is never meant by typing nothing."""
    with pytest.raises(SystemExit, match="2"):
        cli.main(["remove", "--dry-run", "--store", str(store)])
    assert "give ids, --url, --outlet or --before" in capsys.readouterr().err


def test_dry_run_lists_and_removes_nothing(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """People see titles, outlets and ids; programs see ids."""
    typed = ["remove", "--outlet", "Harbour Post", "--dry-run", "--lang", "en", "--store", str(store)]
    assert cli.main(typed) == 0
    said = capfdbinary.readouterr().out.decode()
    assert "Would be removed: 2" in said
    assert "Harbour Post, 20 Apr 2026  ship" in said
    assert cli.main([*typed, "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out) == {"removed": 0, "ids": ["ferry", "ship"]}
    assert len(_left(store)) == 4


def test_file_an_article_was_read_from_names_it(store: Path, tmp_path: Path) -> None:
    """Where it was read from names an article as its own address does."""
    _ingest(store, _write(tmp_path / "more.jsonl", {"id": "snow"}))
    config = Config(store=StoreSettings(path=store))
    assert compose.remove_articles(config, Selection(url=f"{tmp_path / 'more.jsonl'}#1")) == ["snow"]


def test_removal_that_was_cut_short_is_completed(store: Path) -> None:
    """Vectors that a crash left behind go with the next removal, even one that finds no article."""
    SqliteCatalogue(store / "catalogue.sqlite3", None).remove(["ship"])
    assert compose.remove_articles(Config(store=StoreSettings(path=store)), Selection(ids=("ship",))) == []
    assert _left(store) == ["bridge", "budget", "ferry"]


def test_story_that_lost_its_link_in_a_crash_falls_apart(store: Path, tmp_path: Path) -> None:
    """Killed after the article was removed, and before the others of its story were looked at, the next run does so."""
    _ingest(
        store, _write(tmp_path / "more.jsonl", {"id": "snow", "text": "Snow fell on Monday.", "date": "2026-04-01"})
    )
    catalogue = SqliteCatalogue(store / "catalogue.sqlite3", None)
    catalogue.settle({}, {"snow": "bridge"})
    catalogue.remove(["ship"])
    assert catalogue.signatures()["snow"] == (None, "bridge")
    assert compose.remove_articles(Config(store=StoreSettings(path=store)), Selection(ids=("ship",))) == []
    assert catalogue.signatures()["snow"] == (b"", None)


def test_old_articles_go_at_the_end_of_a_run(store: Path, tmp_path: Path) -> None:
    """What is older than is kept goes, with its vectors; the report counts it."""
    report = _ingest(store, tmp_path / "all.jsonl", keep_days=11)
    assert (report.unchanged, report.removed, report.expired, report.articles) == (4, 1, 1, 3)
    assert _left(store) == ["budget", "ferry", "ship"]


def test_what_is_too_old_is_not_taken_in_again(store: Path, tmp_path: Path) -> None:
    """The next run lists it as skipped, with the setting that says so, and changes nothing."""
    _ingest(store, tmp_path / "all.jsonl", keep_days=11)
    report = _ingest(store, tmp_path / "all.jsonl", keep_days=11)
    assert (report.added, report.unchanged, report.removed, report.embedded) == (0, 3, 0, 0)
    assert [(each.source[-2:], each.reason) for each in report.skipped] == [
        ("#1", "older than is kept ([store] keep_days = 11)")
    ]


def test_days_are_kept_to_the_day(store: Path, tmp_path: Path) -> None:
    """An article of exactly so many days ago stays."""
    assert [_ingest(store, tmp_path / "all.jsonl", keep_days=each).expired for each in (48, 47)] == [0, 1]


def test_undated_articles_age_from_their_first_storing(store: Path, tmp_path: Path) -> None:
    """They go once, are not taken in by the next run, and come back where more is kept."""
    file = _write(tmp_path / "all.jsonl", RECORDS[3])
    assert "budget" in _left(store)
    first = _ingest(store, file, keep_days=3_000, now=LONG_AFTER)
    again = _ingest(store, file, keep_days=3_000, now=LONG_AFTER)
    assert (first.articles, again.added, again.removed, len(again.skipped)) == (0, 0, 0, 1)
    assert _ingest(store, file, keep_days=5_000, now=LONG_AFTER).added == 1


def test_changed_article_keeps_its_age(store: Path) -> None:
    """A new revision of an undated article was first stored when its first one was."""
    catalogue = _ingester(store).catalogue
    catalogue.put(catalogue.article("budget"), "digest", [], LONG_AFTER)
    assert "budget" in catalogue.ids(Selection(before=LONG_AFTER.date() - timedelta(days=9)))


@pytest.mark.parametrize("edit", ["", " It rained."])
def test_article_that_moved_stays(store: Path, tmp_path: Path, edit: str) -> None:
    """Indexed from its new file, changed or not, it no longer goes with the old one."""
    moved = _write(tmp_path / "new.jsonl", {**RECORDS[0], "text": TEXT.format(id="bridge") + edit})
    _ingest(store, moved)
    report = _ingest(store, _write(tmp_path / "all.jsonl", *RECORDS[1:]))
    assert (report.removed, _left(store)) == (0, ["bridge", "budget", "ferry", "ship"])
    assert _ingest(store, _write(moved, {"id": "snow"})).removed == 1


def test_article_that_moved_outlives_its_old_folder(tmp_path: Path) -> None:
    """Moved from one folder to another, both indexed in turn, in either order."""
    old, new, store = tmp_path / "old", tmp_path / "new", tmp_path / "store"
    for folder in (old, new, store):
        folder.mkdir()
    _ingest(store, _write(old / "a.jsonl", *RECORDS).parent)
    (old / "a.jsonl").rename(new / "b.jsonl")
    _ingest(store, new)
    assert (_ingest(store, old).removed, len(_left(store))) == (0, 4)


def test_story_outlives_its_first_article(store: Path) -> None:
    """Where the article that copies are counted under goes, the copy first stored takes its place."""
    catalogue = _ingester(store).catalogue
    catalogue.settle({}, dict.fromkeys(("bridge", "ferry", "ship"), "budget"))
    catalogue.remove(["budget", "bridge"])
    stories = {name: story for name, (_, story) in catalogue.signatures().items()}
    assert stories == {"ship": None, "ferry": "ship"}


def test_before_a_day_excludes_that_day(store: Path) -> None:
    """Published on the day is not published before it."""
    catalogue = SqliteCatalogue(store / "catalogue.sqlite3", None)
    assert catalogue.ids(Selection(before=date(2026, 3, 14))) == []
    assert catalogue.ids(Selection(before=date(2026, 3, 15))) == ["bridge"]
