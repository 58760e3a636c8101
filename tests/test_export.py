"""Articles to a file and back: nothing is lost, the same bytes again, and bad files change nothing."""

from __future__ import annotations

import gzip
import json
import re
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.catalogue_exchange import CatalogueRecords
from index.adapters.chroma import ChromaVectors
from index.compose.store import records_of
from index.exchange import line_of, restore, stored_of
from index.ingest import Ingester, IngestSettings
from index.types import Article, DroppedLine, Published, RawArticle, Revision, StoredArticle
from tests.fakes import WordEmbedder
from tests.stories import FERRY_EN

if TYPE_CHECKING:
    from pathlib import Path

EARLY, LATE = datetime(2026, 1, 2, 3, tzinfo=UTC), datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=UTC)
KYIV = Published(date(2026, 1, 2), time(6, 44, tzinfo=timezone(timedelta(hours=2))))
FORMER = Revision("harbour", 2, LATE, "Old", "Old text.", KYIV, None, "The Post", "A. Writer", "en")
HARBOUR = StoredArticle(
    Article(
        id="harbour",
        source="/news/harbour.html",
        text="The harbour  is open.\u2028 It has two piers.\n\nShips came.",
        language="en",
        title="Harbour «open»",
        title_derived=True,
        published=KYIV,
        author="A. Writer",
        outlet="The Post",
        url="https://post.example/harbour",
        dropped=(DroppedLine("Share\tthis", "share"),),
    ),
    digest="d1",
    first_stored=EARLY,
    stored=LATE,
    signature=b"",
    revisions=(FORMER,),
)
SHORT = StoredArticle(Article("marina", "m", "Марина відкрита.", "uk", "Марина"), "d2", EARLY, EARLY, b"")

TEXTS = st.text(min_size=1).filter(lambda text: text.strip() and "\x00" not in text)
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is named beside
MAYBE = st.none() | st.text()


class Index:
    """An index in a folder, with a model that only counts words."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.embedder = WordEmbedder()
        self.catalogue = SqliteCatalogue(folder / "catalogue.sqlite3", "words-256")
        self.vectors = ChromaVectors(folder / "chroma")
        self.records = CatalogueRecords(folder / "catalogue.sqlite3")
        self.ingester = Ingester(self.embedder, self.vectors, self.catalogue, IngestSettings())

    def take(self, *articles: StoredArticle) -> tuple[int, int, int, int]:
        """Import them; what came of it."""
        done = restore(articles, self.ingester, self.records, lambda _: None)
        return done.added, done.replaced, done.unchanged, done.kept


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An empty index."""
    return Index(tmp_path / "store")


def test_all_that_is_kept_comes_back(index: Index) -> None:
    """Text, metadata, times and revisions are as they were, and what is found has a vector."""
    assert index.take(HARBOUR, SHORT) == (2, 0, 0, 0)
    assert list(index.records.every()) == [HARBOUR, SHORT]
    assert index.vectors.ids() == {passage.id for passage, _, _ in index.catalogue.stored_passages()}
    assert index.catalogue.history("harbour") == [FORMER]
    assert index.catalogue.orphans() == []


def test_second_import_embeds_nothing(index: Index) -> None:
    """What is stored just so is left alone."""
    index.take(HARBOUR)
    embedded = index.embedder.embedded
    assert index.take(HARBOUR, SHORT) == (1, 0, 1, 0)
    assert index.take(HARBOUR, SHORT) == (0, 0, 2, 0)
    assert index.embedder.embedded == embedded + 1


def test_cut_short_it_goes_on(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was stored without its history when the machine died is taken for unfinished, and finished."""
    monkeypatch.setattr(index.records, "complete", lambda _: sys.exit("the machine died"))
    with pytest.raises(SystemExit):
        index.take(HARBOUR)
    monkeypatch.undo()
    assert index.catalogue.history("harbour") == []
    assert index.take(HARBOUR, SHORT) == (1, 1, 0, 0)
    assert list(index.records.every()) == [HARBOUR, SHORT]


def test_imported_copies_join_the_stories_of_the_index(index: Index) -> None:
    """Copies are found among what comes and what was there, whatever the file says; a second import is no news."""
    ours, theirs = (
        StoredArticle(Article(name, name, FERRY_EN, "en", "Ferry"), name, at, at, b"", "gone")
        for name, at in (("ours", EARLY), ("theirs", LATE))
    )
    index.take(ours)
    assert index.take(theirs, SHORT) == (2, 0, 0, 0)
    assert index.catalogue.copies(["theirs"]) == {"theirs": [ours.article]}
    assert index.take(ours, theirs) == (0, 0, 2, 0)


def test_stories_left_open_are_settled_by_the_next_import(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the articles were stored and before their stories were, the same import settles them."""
    articles = [StoredArticle(Article(name, name, FERRY_EN, "en", "Ferry"), name, EARLY, EARLY) for name in "ab"]
    monkeypatch.setattr("index.exchange.restoring.settle", lambda _: sys.exit("the machine died"))
    with pytest.raises(SystemExit):
        index.take(*articles)
    monkeypatch.undo()
    assert index.catalogue.copies(["a"]) == {}
    assert index.take(*articles) == (0, 0, 2, 0)
    assert index.catalogue.copies(["a"]) == {"a": [articles[1].article]}


def test_later_state_stays(index: Index) -> None:
    """An older backup does not undo what came after it; a newer one brings the article up to date."""
    older = StoredArticle(SHORT.article, "d0", EARLY, EARLY - timedelta(days=1), b"")
    newer = StoredArticle(HARBOUR.article, "d3", EARLY, LATE + timedelta(days=1), b"")
    index.take(HARBOUR, SHORT)
    assert index.take(newer, older) == (0, 1, 0, 1)
    assert list(index.records.every()) == [newer, SHORT]


def test_source_that_did_not_change_is_not_worked_on_again(index: Index, tmp_path: Path) -> None:
    """The digest comes along, so that indexing the source after an import changes nothing."""
    other = Index(tmp_path / "other")
    raw = RawArticle("r.txt", "Gulls nest on the roof of the town hall. Nobody minds them.", id="gulls")
    other.ingester.add([raw], LATE)
    index.take(*other.records.every())
    report = index.ingester.add([raw], LATE)
    assert (report.unchanged, report.embedded) == (1, 0)


@given(
    words=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
    loose=st.tuples(st.text(), st.text(), st.text(), MAYBE, MAYBE, MAYBE, MAYBE),
    times=st.tuples(MOMENTS, MOMENTS, MOMENTS),
    published=st.none() | st.builds(Published, st.dates(), st.none() | st.times(timezones=st.none() | st.just(UTC))),
    signature=st.none() | st.binary(max_size=128),
)
def test_any_article_survives_its_line(
    words: tuple[str, str, str, str],
    loose: tuple[str, str, str, str | None, str | None, str | None, str | None],
    times: tuple[datetime, datetime, datetime],
    published: Published | None,
    signature: bytes | None,
) -> None:
    """Whatever an article holds, one line tells it, and reading that line gives the article."""
    identity, source, text, digest = words
    title, line, why, author, outlet, url, story = loose
    article = Article(
        identity, source, text, "other", title, not title, published, author, outlet, url, (DroppedLine(line, why),)
    )
    former = Revision(identity, 3, times[2], title, text, published, url, outlet, author, "ru")
    stored = StoredArticle(article, digest, times[0], times[1], signature, story, (former,))
    told = line_of(stored)
    assert told.count("\n") == 1
    assert stored_of(told) == stored
    assert line_of(stored_of(told)) == told


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=3), st.data())
def test_wrong_values_are_refused_in_words(value: object, data: st.DataObject) -> None:
    """Any value in any place is either read or refused with a ValueError that is meant."""
    record = json.loads(line_of(HARBOUR))
    record[data.draw(st.sampled_from(sorted(record)))] = value
    try:
        stored = stored_of(json.dumps(record))
    except ValueError as error:
        assert str(error).startswith("`")  # noqa: PT017 - a value that is right raises nothing
    else:
        assert stored_of(line_of(stored)) == stored


@pytest.fixture(scope="session")
def exported(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the sample articles."""
    file = tmp_path_factory.mktemp("export") / "all.jsonl"
    assert main(["export", "--out", str(file), "--store", str(sample_store)]) == 0
    return file


def test_export_of_an_import_has_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    """Out of one index, into an empty one with the real model, and out again: identical, packed or not."""
    first, packed, second = exported, tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    few = tmp_path / "few.jsonl"
    few.write_bytes(b"".join(first.read_bytes().splitlines(keepends=True)[:8]))
    assert main(["import", str(few), "--store", str(tmp_path / "new")]) == 0
    for out in (packed, second):
        assert main(["export", "--out", str(out), "--store", str(tmp_path / "new")]) == 0
    assert gzip.decompress(packed.read_bytes()) == few.read_bytes()
    assert packed.read_bytes() == second.read_bytes()


def test_passages_keep_their_ids(exported: Path, sample_store: Path, tmp_path: Path) -> None:
    """Cut anew, the passages are the ones that were exported."""
    few = [stored_of(line) for line in exported.read_text("utf-8").split("\n")[:8]]
    new = Index(tmp_path / "new")
    new.take(*few)
    old = SqliteCatalogue(sample_store / "catalogue.sqlite3", None)
    wanted = {each.article.id for each in few}
    before = {passage.id for passage, article, _ in old.stored_passages() if article.id in wanted}
    assert new.vectors.ids() == before


def test_standard_output_has_the_same_lines(
    exported: Path, sample_store: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Without a file the lines go where they can be piped."""
    assert main(["export", "--store", str(sample_store)]) == 0
    assert capfdbinary.readouterr().out == exported.read_bytes()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b'{"id": "x"}\n', "#2.*`read_from` is not there"),
        (b"{\n", "#2.*broken JSON"),
        (b"\xff\n", "#2: not UTF-8"),
        (line_of(HARBOUR).encode(), "#2: a second article with the id harbour"),
    ],
)
def test_bad_line_stops_before_anything_is_changed(
    broken: bytes, words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The whole file is checked first; the error names the line, and no index is made."""
    file = tmp_path / "bad.jsonl"
    file.write_bytes(line_of(HARBOUR).encode() + broken)
    assert main(["import", str(file), "--store", str(tmp_path / "new")]) == 1
    assert re.search(words, capfd.readouterr().err)
    assert not (tmp_path / "new").exists()


def test_damaged_and_missing_files_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Half of a packed file, and none, are errors that name it."""
    file = tmp_path / "half.jsonl.gz"
    file.write_bytes(gzip.compress(line_of(HARBOUR).encode() * 50)[:-12])
    assert main(["import", str(file), "--store", str(tmp_path / "new")]) == 1
    assert "half.jsonl.gz" in capfd.readouterr().err
    assert main(["import", str(tmp_path / "none.jsonl"), "--store", str(tmp_path / "new")]) == 1
    assert "none.jsonl: cannot be read" in capfd.readouterr().err


def test_failed_export_leaves_the_former_file(index: Index, tmp_path: Path) -> None:
    """A file is replaced as a whole or not at all."""
    index.take(SHORT)
    file = tmp_path / "backup.jsonl"
    file.write_text("the former backup", "utf-8")
    assert main(["export", "--out", str(file), "--store", str(tmp_path / "nowhere")]) == 1
    assert file.read_text("utf-8") == "the former backup"
    assert main(["export", "--out", str(file), "--store", str(tmp_path / "store")]) == 0
    assert file.read_text("utf-8") == line_of(SHORT)
    assert list(records_of(tmp_path / "store").every()) == [SHORT]
