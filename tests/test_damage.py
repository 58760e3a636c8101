"""Damaged, lost, full, forbidden: commands say so in one line with the remedy, and never answer from half an index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from index import compose
from index.adapters import chroma_collection, chroma_files
from index.adapters.chroma import ChromaVectors, forget_open_folders
from index.compose.engine import open_parts
from index.compose.store import vectors_at
from index.errors import StoreError
from index.types import Filters
from tests.fakes import WordEmbedder
from tests.small_index import NOW, small_index, stand_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.config import Config

ROOT = Path(__file__).parent.parent
QUESTION = WordEmbedder().embed_queries(["The bridge number 3 over the Sula"])[0]
# Root may write anywhere, until it gives up the capabilities that let it (1: override rights, 2: read and search).
UNPRIVILEGED = """
import ctypes, os, sys
if not os.geteuid():
    for capability in (1, 2):
        assert not ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
LIMITED = """
import resource, sys
from pathlib import Path
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors, forget_open_folders
from index.errors import StoreError
from index.ingest import Ingester, IngestSettings
from tests.fakes import WordEmbedder
from tests.small_index import NOW
store, news, room = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
catalogue = SqliteCatalogue(store / "catalogue.sqlite3", WordEmbedder.fingerprint)
vectors = ChromaVectors(store / "chroma", make=False)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    ingester = Ingester(WordEmbedder(), vectors, catalogue, IngestSettings(min_words=10, max_words=20))
    ingester.ingest([news], NOW, lambda _: None)
except StoreError as error:
    print(error)
"""


READING = """
import sys
from pathlib import Path
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.adapters.writer_lock import writer_lock
from index.errors import StoreError
from tests.test_damage import QUESTION, Filters
store = Path(sys.argv[1])
catalogue = SqliteCatalogue(store / "catalogue.sqlite3", "words-256")
vectors = ChromaVectors(store / "chroma", make=False)
found = vectors.search(QUESTION, 3, Filters())
print(len(catalogue.passages([each for each, _ in found])), catalogue.status().articles)
try:
    with writer_lock(store):
        print("written")
except StoreError as error:
    print(error)
"""


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)
    # As large indexes do with every thousand vectors, write the index of vectors to its files at once.
    often = {"hnsw": {"space": "cosine", "batch_size": 2, "sync_threshold": 4}}
    monkeypatch.setattr(chroma_collection, "CONFIGURATION", often)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings that name a small index whose vectors are in files."""
    return small_index(tmp_path)


def _file(config: Config, name: str) -> Path:
    return next((config.store.path / "chroma").rglob(name))


def _spoil(file: Path, start: float = 0.0) -> None:
    content = bytearray(file.read_bytes())
    at = int(len(content) * start)
    content[at:] = Random(1).randbytes(len(content) - at)  # noqa: S311 - repeatable, no secret
    file.write_bytes(content)


def _as_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("a file", "utf-8")


DAMAGES: dict[str, Callable[[Config], object]] = {
    "folder deleted": lambda config: shutil.rmtree(config.store.path / "chroma"),
    "folder is a file": lambda config: _as_file(config.store.path / "chroma"),
    "database random": lambda config: _spoil(_file(config, "chroma.sqlite3")),
    "database random further on": lambda config: _spoil(_file(config, "chroma.sqlite3"), 0.05),
    "database empty": lambda config: _file(config, "chroma.sqlite3").write_bytes(b""),
    "database deleted": lambda config: _file(config, "chroma.sqlite3").unlink(),
    "vectors random": lambda config: _spoil(_file(config, "data_level0.bin")),
    "vectors random further on": lambda config: _spoil(_file(config, "data_level0.bin"), 0.1),
    "vectors empty": lambda config: _file(config, "data_level0.bin").write_bytes(b""),
    "header random": lambda config: _spoil(_file(config, "header.bin")),
    "links deleted": lambda config: _file(config, "link_lists.bin").unlink(),
    "names random": lambda config: _spoil(_file(config, "index_metadata.pickle")),
    "names deleted": lambda config: _file(config, "index_metadata.pickle").unlink(),
    "index of vectors deleted": lambda config: shutil.rmtree(_file(config, "header.bin").parent),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_vectors_are_noticed_and_made_anew(config: Config, damage: str) -> None:
    """Neither questions nor indexing go on with them; a repair brings back the same ids and scores."""
    vectors = vectors_at(config.store)
    ids, scores = vectors.ids(), dict(vectors.search(QUESTION, 100, Filters()))
    DAMAGES[damage](config)
    forget_open_folders()
    for _ in ("ask", "index"):
        with pytest.raises(StoreError, match="citewire check --repair"):
            open_parts(config)
    found = compose.check(config, repair=True)
    assert found.ok, found
    mended = vectors_at(config.store)
    assert mended.ids() == ids
    assert dict(mended.search(QUESTION, 100, Filters())) == pytest.approx(scores, abs=1e-6)


def test_damaged_folder_is_kept_aside(config: Config) -> None:
    """What a repair replaces is renamed, and the answer says to what."""
    _spoil(_file(config, "chroma.sqlite3"))
    forget_open_folders()
    (aside,) = (each for each in compose.check(config, repair=True).repaired if each.kind == "vectors_set_aside")
    assert Path(aside.place, "chroma.sqlite3").exists()


def test_collection_of_another_kind_is_refused(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors that are compared by another measure would be answered from wrongly."""
    shutil.rmtree(config.store.path / "chroma")
    forget_open_folders()
    monkeypatch.setattr(chroma_collection, "CONFIGURATION", {"hnsw": {"space": "l2"}})
    with pytest.raises(StoreError, match="compares vectors by l2"):
        ChromaVectors(config.store.path / "chroma")
    monkeypatch.undo()
    stand_in(monkeypatch)
    with pytest.raises(StoreError, match="citewire check --repair"):
        open_parts(config)
    assert compose.check(config, repair=True).ok


def test_vectors_of_another_index_are_refused(config: Config, tmp_path: Path) -> None:
    """A folder taken from another index has enough vectors, but not these."""
    (tmp_path / "other").mkdir()
    other = small_index(tmp_path / "other", articles=20)
    forget_open_folders()
    shutil.rmtree(config.store.path / "chroma")
    vectors = ChromaVectors(other.store.path / "chroma")
    vectors.add(
        compose.open_catalogue(other).passages(list(vectors.ids())),
        WordEmbedder().embed_queries([f"{n} turned" for n in range(vectors.count())]),
    )
    forget_open_folders()
    shutil.copytree(other.store.path / "chroma", config.store.path / "chroma")
    with pytest.raises(StoreError, match="citewire check --repair"):
        open_parts(config)
    assert compose.check(config, repair=True).ok


def test_running_reader_notices_lost_vectors(config: Config) -> None:
    """A bot whose folder is deleted under it says so, and answers again after a repair."""
    vectors = vectors_at(config.store)
    assert vectors.search(QUESTION, 3, Filters())
    shutil.rmtree(config.store.path / "chroma")
    vectors._opened = 0.0  # type: ignore[attr-defined] # as if a second had passed
    with pytest.raises(StoreError, match="citewire check --repair"):
        vectors.search(QUESTION, 3, Filters())
    assert compose.check(config, repair=True).ok
    assert len(vectors.search(QUESTION, 3, Filters())) == 3


def test_sound_folder_passes(config: Config) -> None:
    """The look at the files finds nothing where nothing is, and a folder that is not there is no damage."""
    assert chroma_files.damage(config.store.path / "chroma") is None
    assert chroma_files.damage(config.store.path / "nothing") is None


@pytest.mark.parametrize("room", [4_000, 60_000, 400_000])
def test_full_disk_is_told_and_loses_nothing(config: Config, tmp_path: Path, room: int) -> None:
    """No file can grow beyond a size: the run ends in one clear line, and the next one, with room, completes it."""
    (tmp_path / "more").mkdir()
    small_index(tmp_path / "more", articles=60)
    news = tmp_path / "more" / "news.jsonl"
    command = [sys.executable, "-c", LIMITED, str(config.store.path), str(news), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    found = compose.check(config, repair=False)
    assert {each.kind for each in found.problems} <= {"vectors_announced"}
    with compose.open_ingester(config) as ingester:
        assert ingester.ingest([news], NOW, lambda _: None).articles == 60
    assert compose.check(config, repair=False).ok


def test_index_that_may_only_be_read_is_read(config: Config) -> None:
    """Without the right to write, what is stored is found all the same, and a writer is told what it lacks."""
    forget_open_folders()
    for each in (*config.store.path.rglob("*"), config.store.path):
        each.chmod(0o555 if each.is_dir() else 0o444)
    command = [sys.executable, "-c", UNPRIVILEGED, "-c", READING, str(config.store.path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ})
    for each in (config.store.path, *config.store.path.rglob("*")):
        each.chmod(0o755)
    assert done.stdout.splitlines()[:1] == ["3 12"], done.stderr
    assert "cannot be written: Permission denied" in done.stdout
