"""Vectors from the folder to a server and back: the same ids, the same results, whatever happens on the way."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from index.adapters.chroma_server import ChromaServerVectors
from index.compose import migrate, open_catalogue, open_engine, open_ingester
from index.compose.store import server_vectors, vectors_at
from index.config import Config, EmbedderSettings, StoreSettings
from index.errors import StoreError, StoreLocked
from index.types import Query, RawArticle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.ports import Vectors
    from index.types import Article, Passage
    from tests.chroma_run import ChromaRun

QUESTIONS = ("капитан Aurelia", "вибори мера", "crossing opens", "бюджет", "storm", "школа")


@pytest.fixture
def config(sample_store: Path, model_cache: Path, tmp_path: Path) -> Config:
    """An index of its own of the sample articles, with the vectors in its folder."""
    shutil.copytree(sample_store, tmp_path / "store")
    return Config(store=StoreSettings(path=tmp_path / "store"), embedder=EmbedderSettings(cache=model_cache))


def _at(config: Config, address: str) -> Config:
    return config.model_copy(update={"store": StoreSettings(path=config.store.path, chroma_url=address)})


def _top(config: Config) -> list[list[tuple[str, float]]]:
    engine = open_engine(config)
    found = [engine.retriever.retrieve(Query(question, "en"), 10) for question in QUESTIONS]
    return [[(hit.passage.id, round(hit.score, 5)) for hit in hits] for hits in found]


def _move(config: Config, address: str, *, drop: bool = False) -> tuple[int, int, int]:
    moved = migrate(config, address, drop=drop, progress=lambda _: None)
    return moved.vectors, moved.written, moved.deleted


def test_there_and_back_everything_is_the_same(config: Config, chroma_server: ChromaRun) -> None:
    """From the folder to a server, and with the folder gone back again: identical ids and top ten."""
    served = _at(config, chroma_server.address)
    before, ids = _top(config), vectors_at(config.store).ids()
    assert _move(config, chroma_server.address, drop=True) == (len(ids), len(ids), 0)
    assert not (config.store.path / "chroma").exists()
    assert vectors_at(served.store).ids() == ids
    assert _top(served) == before
    assert _move(served, "", drop=True) == (len(ids), len(ids), 0)
    assert vectors_at(config.store).ids() == ids
    assert _top(config) == before
    with pytest.raises(StoreError, match="holds no vectors of this index"):
        open_engine(served)


def test_second_run_writes_nothing(config: Config, chroma_server: ChromaRun) -> None:
    """What is there is left alone; the old vectors stay unless told otherwise."""
    count = vectors_at(config.store).count()
    assert _move(config, chroma_server.address) == (count, count, 0)
    assert _move(config, chroma_server.address) == (count, 0, 0)
    assert vectors_at(config.store).count() == count


def test_cut_short_it_goes_on(config: Config, chroma_server: ChromaRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure half way only what is missing is written; vectors of no passage are deleted."""
    add = ChromaServerVectors.add

    def failing(self: ChromaServerVectors, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> None:
        (passage, article), *_ = passages
        stray = type(passage)("stray", passage.article_id, 0, 1, passage.language, "x")
        add(self, [*passages[:9], (stray, article)], vectors[:10])
        raise StoreError("the cable was pulled")

    monkeypatch.setattr(ChromaServerVectors, "add", failing)
    with pytest.raises(StoreError, match="cable"):
        _move(config, chroma_server.address)
    monkeypatch.undo()
    count = vectors_at(config.store).count()
    assert _move(config, chroma_server.address) == (count, count - 9, 1)


def _index(config: Config, tmp_path: Path, text: str) -> None:
    (tmp_path / "news.txt").write_text(text, "utf-8")
    with open_ingester(config) as ingester:
        ingester.ingest([tmp_path / "news.txt"], datetime(2026, 5, 1, tzinfo=UTC), lambda _: None)


def test_vectors_left_behind_are_refused(config: Config, chroma_server: ChromaRun, tmp_path: Path) -> None:
    """Either place serves until the index is written through one; the other says so, also to who has it open."""
    served, left = _at(config, chroma_server.address), open_engine(config)
    _index(config, tmp_path, "Gulls nest on the roof of the town hall.")
    _move(config, chroma_server.address)
    for each in (config, served):
        assert _top(each)
    _index(served, tmp_path, "Storks nest on the roof of the town hall.")
    with pytest.raises(StoreError, match=r"out of date.*chroma_url.*`citewire migrate --to embedded`"):
        open_engine(config)
    with open_ingester(config, left) as ingester, pytest.raises(StoreError, match="out of date"):
        ingester.add([RawArticle("r.txt", "Swans nest on the river.", id="swans")], datetime(2026, 5, 1, tzinfo=UTC))
    _move(served, "")
    assert _top(config) == _top(served)


def test_lost_vectors_are_no_hindrance(config: Config, chroma_server: ChromaRun) -> None:
    """The copy comes from the catalogue: the vectors before need not be there any longer."""
    before = _top(config)
    shutil.rmtree(config.store.path / "chroma")
    _move(config, chroma_server.address)
    assert _top(_at(config, chroma_server.address)) == before


def test_two_indexes_share_a_server(config: Config, chroma_server: ChromaRun, tmp_path: Path) -> None:
    """Each index has a collection under its own name, which its catalogue keeps."""
    other = config.model_copy(update={"store": StoreSettings(path=tmp_path / "other")})
    shutil.copytree(config.store.path, other.store.path)
    for each in (config, other):
        _move(each, chroma_server.address)
    first, second = (server_vectors(_at(each, chroma_server.address).store) for each in (config, other))
    first.clear()
    assert first.count() == 0 < second.count()


def test_writer_is_not_disturbed(config: Config, chroma_server: ChromaRun) -> None:
    """Nothing is copied while another writes."""
    from index.adapters.writer_lock import writer_lock

    with writer_lock(config.store.path), pytest.raises(StoreLocked):
        _move(config, chroma_server.address)


def test_nothing_is_dropped_that_is_not_known(config: Config) -> None:
    """With the settings back at the folder nobody knows which server is left."""
    with pytest.raises(StoreError, match="which server is left"):
        _move(config, "", drop=True)


def test_command_says_which_setting_to_change(
    config: Config, chroma_server: ChromaRun, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words the line for config.toml, as JSON counts and that setting; a server not there is an error."""
    store = ["--store", str(config.store.path)]
    assert main(["migrate", "--to", chroma_server.address, "--lang", "en", *store]) == 0
    assert f'[store] chroma_url = "{chroma_server.address}"' in " ".join(capsys.readouterr().out.split())
    assert main(["migrate", "--to", chroma_server.address, "--json", *store]) == 0
    told, count = json.loads(capsys.readouterr().out), open_catalogue(config).passage_count()
    assert (told["vectors"], told["written"], told["set"]) == (count, 0, {"chroma_url": chroma_server.address})
    assert main(["migrate", "--to", "http://127.0.0.1:1", *store]) == 1
    assert "no server answers there" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["", "127.0.0.1:8000", "http://name:token@host", "ftp://host", "http://host:99999"])
def test_command_refuses_other_places(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A place is a server's bare address or the word; anything else is wrong usage."""
    with pytest.raises(SystemExit):
        main(["migrate", "--to", place])
    assert "must be `embedded`" in capsys.readouterr().err
