"""`citewire check`: what it finds, what it mends, what it says where nothing can be mended."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot import cli
from index import compose
from index.adapters import e5_prepare
from index.adapters.chroma import ChromaVectors
from index.adapters.writer_lock import writer_lock
from index.compose import belongings
from index.compose.store import vectors_at
from index.errors import StoreLocked, StoreMissing
from index.types import Filters
from tests.fakes import WordEmbedder
from tests.small_index import small_index, stand_in

if TYPE_CHECKING:
    from pathlib import Path

    from index.config import Config
    from index.types import Checkup
    from tests.chroma_run import ChromaRun

QUESTION = WordEmbedder().embed_queries(["The bridge number 3 over the Sula"])[0]


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings that name a small index."""
    return small_index(tmp_path)


def _kinds(found: Checkup) -> list[str]:
    return [each.kind for each in found.problems]


def _top(config: Config) -> list[tuple[str, float]]:
    """All that is found, best first, and by id where scores are the same."""
    found = vectors_at(config.store).search(QUESTION, 100, Filters())
    return sorted(((name, round(score, 6)) for name, score in found), key=lambda each: (-each[1], each[0]))


def _sql(config: Config, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(config.store.path / "catalogue.sqlite3")) as connection, connection:
        connection.execute(statement, values)


def test_whole_index_is_well(config: Config) -> None:
    """Nothing is wrong with an index that was just made, and everything in it is counted."""
    found = compose.check(config, repair=False)
    assert found.ok
    assert found.articles == 12
    assert found.passages == found.vectors
    assert (found.passages or 0) > 12


def test_deleted_vectors_come_back_the_same(config: Config) -> None:
    """With Chroma's folder gone, a repair gives every passage its vector under the same id, and the same ten hits."""
    ids, top = vectors_at(config.store).ids(), _top(config)
    shutil.rmtree(config.store.path / "chroma")
    assert _kinds(compose.check(config, repair=False)) == ["vectors_unusable"]
    found = compose.check(config, repair=True)
    assert (found.ok, [each.kind for each in found.repaired]) == (True, ["vectors_unusable"])
    assert (vectors_at(config.store).ids(), _top(config)) == (ids, top)


def test_missing_extra_and_wrong_vectors_are_told_apart(config: Config) -> None:
    """A vector deleted, one of no passage, and one of another text; afterwards none of them."""
    vectors, catalogue = vectors_at(config.store), compose.open_catalogue(config)
    (first, article), (second, _) = catalogue.passages(catalogue.passage_ids(2))
    vectors.delete([first.id])
    vectors.add([(second, article)], np.eye(1, 256, dtype=np.float32))
    stray = type(first)("stray", first.article_id, 0, 1, "en", "T")
    vectors.add([(stray, article)], QUESTION[None])
    found = compose.check(config, repair=False)
    assert {each.kind: each.count for each in found.problems} == {
        "vectors_missing": 1,
        "vectors_extra": 1,
        "vectors_wrong": 1,
    }
    assert compose.check(config, repair=True).ok
    assert compose.check(config, repair=False).ok


def test_announced_vectors_are_no_strays(config: Config) -> None:
    """What a run that was cut short has announced is called that, and deleted by a repair."""
    catalogue = compose.open_catalogue(config)
    passage, article = catalogue.passages(catalogue.passage_ids(1))[0]
    catalogue.expect_vectors(["begun"])
    begun = type(passage)("begun", passage.article_id, 0, 1, "en", "T")
    vectors_at(config.store).add([(begun, article)], QUESTION[None])
    assert _kinds(compose.check(config, repair=False)) == ["vectors_announced"]
    assert compose.check(config, repair=True).ok
    assert "begun" not in vectors_at(config.store).ids()


def test_words_are_made_anew(config: Config) -> None:
    """Passages that full-text search has lost are found again."""
    _sql(config, "DELETE FROM lemma WHERE rowid < 5")
    assert _kinds(compose.check(config, repair=False)) == ["words_missing"]
    assert compose.check(config, repair=True).ok
    assert compose.open_catalogue(config).frequencies(["bridge"])["bridge"] >= 12


def test_damaged_word_index_is_made_anew(config: Config) -> None:
    """Full-text search whose own tables are damaged is built again from the passages."""
    _sql(config, "UPDATE lemma_data SET block = x'ff00ff' WHERE id > 10")
    assert not compose.check(config, repair=False).ok
    assert compose.check(config, repair=True).ok
    assert compose.open_catalogue(config).frequencies(["bridge"])["bridge"] >= 12


def test_passages_without_an_article_go(config: Config) -> None:
    """Passages whose article is gone are deleted with their vectors."""
    _sql(config, "DELETE FROM article WHERE id = 'a3'")
    assert _kinds(compose.check(config, repair=False)) == ["catalogue_dangling"]
    found = compose.check(config, repair=True)
    assert (found.ok, found.articles, found.passages == found.vectors) == (True, 11, True)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE passage SET text = 'Something else.' WHERE number = 2", "passages_torn"),
        ("UPDATE passage SET windows = x'0102' WHERE number = 2", "windows_unreadable"),
    ],
)
def test_what_cannot_be_mended_is_named(config: Config, statement: str, kind: str) -> None:
    """Articles that contradict their passages, or lost their windows, are named; a repair does not hide them."""
    _sql(config, statement)
    for repair in (False, True):
        found = compose.check(config, repair=repair)
        assert _kinds(found) == [kind]
        assert found.problems[0].reason == "a0"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500])
def test_damaged_catalogue_says_what_to_do(config: Config, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a catalogue nothing can be made anew: the export, or the sources, are named."""
    for name in ("catalogue.sqlite3-wal", "catalogue.sqlite3-shm"):
        (config.store.path / name).unlink(missing_ok=True)
    (config.store.path / "catalogue.sqlite3").write_bytes(content)
    assert cli.main(["check", "--repair", "--json", "--store", str(config.store.path), "--lang", "en"]) == 1
    problem = json.loads(capsys.readouterr().out)["problems"][0]
    assert problem["kind"] == "catalogue_damaged"
    assert "citewire import FILE" in problem["remedy"]


def test_leftovers_of_a_model_are_cleared(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model prepared by halves is told, and removed so that it is prepared anew."""
    cache = tmp_path / "cache"
    monkeypatch.setattr(belongings, "model_cache", lambda _: cache)
    half = cache / f"{e5_prepare._PREFIX}-q4"
    half.mkdir(parents=True)
    (half / "model.onnx").write_bytes(b"half")
    assert _kinds(compose.check(config, repair=False)) == ["model_damaged"]
    assert compose.check(config, repair=True).ok
    assert not half.exists()


def test_damaged_bot_state_is_told(config: Config) -> None:
    """The bot's own file is looked at, too."""
    (config.store.path / "telegram-1.sqlite3").write_bytes(b"nothing of the kind" * 300)
    assert _kinds(compose.check(config, repair=False)) == ["bot_state"]


def test_repair_waits_for_nobody(config: Config) -> None:
    """While another process writes, a look says who does, and a repair is refused."""
    with writer_lock(config.store.path):
        found = compose.check(config, repair=False)
        assert found.ok
        assert "process" in (found.writer or "")
        with pytest.raises(StoreLocked, match="being written by process"):
            compose.check(config, repair=True)


def test_no_index_is_no_problem_to_repair(config: Config, tmp_path: Path) -> None:
    """Where there is nothing, nothing is made."""
    elsewhere = config.model_copy(update={"store": config.store.model_copy(update={"path": tmp_path / "no"})})
    with pytest.raises(StoreMissing):
        compose.check(elsewhere, repair=True)
    assert not (tmp_path / "no").exists()


def test_vectors_in_a_server_are_mended(config: Config, chroma_server: ChromaRun) -> None:
    """The same against a Chroma server: lost, and wrong."""
    store = config.store.model_copy(update={"chroma_url": chroma_server.address})
    served = config.model_copy(update={"store": store})
    assert _kinds(compose.check(served, repair=False)) == ["vectors_unusable"]
    assert compose.check(served, repair=True).ok
    assert _top(served) == _top(config)
    vectors_at(store).delete(list(vectors_at(store).ids())[:3])
    assert _kinds(compose.check(served, repair=False)) == ["vectors_missing"]
    assert compose.check(served, repair=True).ok


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_people_are_told_in_their_language(config: Config, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings and remedies are in words, and the command's exit code says whether all is well."""
    shutil.rmtree(config.store.path / "chroma")
    assert cli.main(["check", "--store", str(config.store.path), "--lang", language]) == 1
    assert " ".join(capsys.readouterr().out.split()).count("check --repair") == 1
    assert cli.main(["check", "--repair", "--store", str(config.store.path), "--lang", language]) == 0


def test_opening_makes_no_vectors_where_some_are_missed(config: Config) -> None:
    """An index that lost its vectors is not answered from as if it held nothing."""
    ChromaVectors(config.store.path / "chroma").clear()
    assert _kinds(compose.check(config, repair=False)) == ["vectors_missing"]
