"""An index that a former version left behind opens, is brought up to date whole or not at all, and answers."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from index.adapters import catalogue_opening
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.catalogue_format import FORMAT_VERSION
from index.compose import check, open_catalogue, open_engine, open_ingester
from index.compose.store import vectors_at
from index.config import Config, EmbedderSettings, StoreSettings
from index.errors import StoreError, StoreMismatch
from index.types import Query, Selection

OLD = Path(__file__).parent / "old_store"
LAMP, MAYAK, POROM = "6ed988e5e1905cd84ee607d6", "a5f2f5193b075c10368e9d0c", "55c1e30f854f227b80727160"


@pytest.fixture(params=[2, 3])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An old index of either format, unpacked."""
    with tarfile.open(OLD / f"format-{request.param}.tar.gz") as packed:
        packed.extractall(tmp_path / "store", filter="data")
    return tmp_path / "store"


only_2 = pytest.mark.parametrize("store", [2], indirect=True)


@pytest.fixture
def unrepaired(store: Path, model_cache: Path) -> Config:
    """Settings that name it."""
    return Config(store=StoreSettings(path=store), embedder=EmbedderSettings(cache=model_cache))


@pytest.fixture
def config(unrepaired: Config) -> Config:
    """The same, once its vectors lie as this version wants them."""
    check(unrepaired, repair=True)
    return unrepaired


def _shape(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """The format and every table's columns."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name")
        shape = {name: connection.execute(f"PRAGMA table_info({name})").fetchall() for (name,) in names.fetchall()}
        return shape | {"format": connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchall()}


@only_2
def test_old_vectors_say_what_to_run(unrepaired: Config) -> None:
    """They lay in one collection for all languages; the command makes them anew without the model."""
    with pytest.raises(StoreError, match=r"an earlier version made them; run `citewire check --repair`"):
        open_engine(unrepaired)
    found = check(unrepaired, repair=True)
    assert (found.vectors, found.problems) == (3, ())


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How far can the new lamp be seen?", LAMP),
        ("Маяк на мысе Меррин", MAYAK),
        ("Скільки коштує квиток на пором?", POROM),
    ],
)
def test_old_index_finds_what_it_found(config: Config, question: str, first: str) -> None:
    """The same passages under the same ids as the version that made it found."""
    hits = open_engine(config).retriever.retrieve(Query(question, "en"), 3)
    assert {each.passage.id for each in hits} == {LAMP, MAYAK, POROM}
    assert hits[0].passage.id == first


def test_old_index_answers(config: Config) -> None:
    """An answer cites the article, and the catalogue says which format it now has."""
    engine = open_engine(config)
    answer = engine.answerer.answer(Query("How far can the new lamp at Cape Merrin be seen?", "en"), date(2026, 3, 1))
    assert "nineteen nautical miles" in answer.sentences[0].text
    assert engine.catalogue.status().format_version == FORMAT_VERSION
    assert engine.catalogue.history("lighthouse") == []


def test_vectors_stay_those_of_the_passages(config: Config) -> None:
    """Each passage still has its vector, and no vector is left over."""
    passages = [passage.id for passage, _, _ in open_catalogue(config).stored_passages()]
    assert passages == [LAMP, MAYAK, POROM]
    assert vectors_at(config.store).ids() == set(passages)


def test_old_index_is_written_on(config: Config) -> None:
    """Indexing the articles again from elsewhere adds none and removes none; their new place is noted."""
    with open_ingester(config) as ingester:
        report = ingester.ingest([OLD / "articles.jsonl"], datetime(2026, 3, 2, tzinfo=UTC), lambda _: None)
    assert (report.added, report.removed, report.articles, report.skipped) == (0, 0, 3, ())
    assert open_catalogue(config).article("porom").source == f"{OLD / 'articles.jsonl'}#3"


@only_2
def test_old_articles_count_as_stored_when_brought_up_to_date(store: Path) -> None:
    """Nobody knows when an undated article was first stored: retention counts from now."""
    catalogue = SqliteCatalogue(store / "catalogue.sqlite3", None)
    today = datetime.now(UTC).date()
    assert "porom" not in catalogue.ids(Selection(before=today - timedelta(days=1)))
    assert "porom" in catalogue.ids(Selection(before=today + timedelta(days=2)))


def test_brought_up_to_date_is_like_new(store: Path, tmp_path: Path) -> None:
    """The same tables, columns and indexes as in a catalogue that is made anew."""
    SqliteCatalogue(store / "catalogue.sqlite3", None).close()
    SqliteCatalogue(tmp_path / "new.sqlite3", "model-1").close()
    assert _shape(store / "catalogue.sqlite3") == _shape(tmp_path / "new.sqlite3")


@pytest.mark.parametrize("statements", [0, 1, 3, 6, 9])
def test_killed_in_the_middle_it_is_still_the_old_one(store: Path, statements: int) -> None:
    """Killed after so many statements nothing has changed, and the next opening completes the work."""
    file = store / "catalogue.sqlite3"
    before = _shape(file)
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom index.adapters import catalogue, catalogue_format\n"
        "run, left = catalogue_format._statements, [int(sys.argv[2])]\n"
        "def dying(script):\n    for each in run(script):\n"
        "        left[0] or os.kill(os.getpid(), 9)\n        left[0] -= 1\n        yield each\n"
        "catalogue_format._statements = dying\ncatalogue.SqliteCatalogue(Path(sys.argv[1]), None)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(file), str(statements)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert _shape(file) == before
    assert SqliteCatalogue(file, None).status().format_version == FORMAT_VERSION


def test_many_open_it_at_once(store: Path) -> None:
    """Whoever comes first brings it up to date; the others wait and read on."""

    def articles(_: int) -> int:
        catalogue = SqliteCatalogue(store / "catalogue.sqlite3", None)
        found = catalogue.status().articles
        catalogue.close()
        return found

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(articles, range(8))) == [3] * 8


def test_what_cannot_be_written_says_what_to_run(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process writes all the time, the error names the command that brings the index up to date."""
    monkeypatch.setattr(catalogue_opening, "PATIENCE", 0.05)
    with closing(sqlite3.connect(store / "catalogue.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreMismatch, match=r"format [23].*locked.*run `citewire status --store .*store` once"):
            SqliteCatalogue(store / "catalogue.sqlite3", None)


def test_older_format_says_what_to_run(store: Path) -> None:
    """Of format 1 no vectors of windows are known: the articles have to be indexed again."""
    with closing(sqlite3.connect(store / "catalogue.sqlite3")) as connection, connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    with pytest.raises(
        StoreMismatch, match=rf"format 1, this version reads {FORMAT_VERSION}; index .* `citewire index SOURCE --store"
    ):
        SqliteCatalogue(store / "catalogue.sqlite3", None)


def test_open_index_of_a_later_version_is_left_alone(store: Path) -> None:
    """A later version brings the index up to date while it is open: nothing more is written, and errors say why."""
    catalogue = SqliteCatalogue(store / "catalogue.sqlite3", None)
    with closing(sqlite3.connect(store / "catalogue.sqlite3")) as later, later:
        later.execute("UPDATE meta SET value = ? WHERE key = 'format'", (FORMAT_VERSION + 1,))
    with pytest.raises(
        StoreMismatch, match=f"format {FORMAT_VERSION + 1}, .* {FORMAT_VERSION}; install the later version"
    ):
        catalogue.remove(["porom"])
    assert catalogue.article("porom").outlet == "Острівний листок"


def test_open_reader_of_a_later_version_is_told(store: Path) -> None:
    """Where it can no longer be read, that is a matter of formats and no fault of the file."""
    catalogue = SqliteCatalogue(store / "catalogue.sqlite3", None)
    with closing(sqlite3.connect(store / "catalogue.sqlite3")) as later, later:
        later.execute("UPDATE meta SET value = ? WHERE key = 'format'", (FORMAT_VERSION + 1,))
        later.execute("ALTER TABLE article RENAME TO item")
    with pytest.raises(StoreMismatch, match=f"format {FORMAT_VERSION + 1}, this version reads {FORMAT_VERSION}"):
        catalogue.article("porom")
