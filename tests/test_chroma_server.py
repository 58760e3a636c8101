"""Vectors in a real Chroma server: same answers, restarts, refusals, readers beside a writer."""

from __future__ import annotations

import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import numpy as np
import pytest

from index.adapters.chroma_server import ChromaPlace, ChromaServerVectors
from index.compose import migrate, open_engine, open_ingester, remove_articles
from index.compose.store import server_vectors
from index.config import Config, EmbedderSettings, StoreSettings, load_config
from index.errors import ConfigError, StoreError
from index.types import Filters, Query, Selection
from tests.test_chroma import EAST, _pair, _rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.compose import Engine
    from tests.chroma_run import ChromaRun

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
QUESTIONS = ("Кто капитан судна Aurelia?", "Хто переміг на виборах мера Зорянського?", "When does Palanca-2 open?")
VARIABLE = "VECTORS_TOKEN"
TOKEN = "correct-horse.42"  # noqa: S105 - made up for a server of this test


@pytest.fixture
def vectors(chroma_server: ChromaRun, request: pytest.FixtureRequest) -> ChromaServerVectors:
    """An empty collection of this test's own."""
    return ChromaServerVectors(ChromaPlace(chroma_server.address), request.node.name[:60], make=True)


@pytest.fixture(scope="module")
def config(
    chroma_server: ChromaRun, sample_store: Path, model_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Config:
    """An index of the sample articles whose vectors are in the server and nowhere else."""
    path = tmp_path_factory.mktemp("served") / "store"
    shutil.copytree(sample_store, path)
    config = Config(store=StoreSettings(path=path), embedder=EmbedderSettings(cache=model_cache))
    migrate(config, chroma_server.address, drop=True, progress=lambda _: None)
    return config.model_copy(update={"store": StoreSettings(path=path, chroma_url=chroma_server.address)})


def _found(engine: Engine, question: str) -> list[tuple[str, float]]:
    hits = engine.retriever.retrieve(Query(question, "en"), 10)
    return [(hit.passage.id, round(hit.score, 5)) for hit in hits]


def test_server_answers_as_the_folder_does(config: Config, engine: Engine) -> None:
    """The same passages with the same scores, and the same answers, as with the vectors in the folder."""
    served = open_engine(config)
    assert not (config.store.path / "chroma").exists()
    for question in QUESTIONS:
        assert _found(served, question) == _found(engine, question)
        ours, theirs = (each.answerer.answer(Query(question, "ru"), date(2026, 5, 20)) for each in (served, engine))
        assert ours.sentences == theirs.sentences != ()


def test_work_goes_on_after_a_restart(config: Config, chroma_server: ChromaRun) -> None:
    """An open index finds the same before, and after its server was stopped and started."""
    served = open_engine(config)
    before = _found(served, QUESTIONS[0])
    chroma_server.stop()
    chroma_server.start()
    assert _found(served, QUESTIONS[0]) == before


def test_stopped_server_is_named_with_the_remedy(config: Config, chroma_server: ChromaRun) -> None:
    """Without the server an open index, and opening one, say which setting it is about; then all is well again."""
    served = open_engine(config)
    chroma_server.stop()
    try:
        with pytest.raises(StoreError, match=r"\[store\] chroma_url = http://127.*no server answers.*chroma run"):
            _found(served, QUESTIONS[0])
        with pytest.raises(StoreError, match="no server answers there"):
            open_engine(config)
    finally:
        chroma_server.start()
    assert _found(served, QUESTIONS[0])


def test_readers_find_what_a_writer_adds_and_removes(config: Config, tmp_path: Path) -> None:
    """Two open indexes find a new article as soon as another has stored it, and go on when it is gone."""
    readers = [open_engine(config), open_engine(config)]
    news = tmp_path / "harbour.txt"
    news.write_text("Gull Bay opened a museum of knots.\n\nThe museum of knots shows 412 knots from 30 countries.\n")
    query = "How many knots does the museum in Gull Bay show?"
    with open_ingester(config) as ingester:
        (taken,) = ingester.ingest([news], NOW, lambda _: None).taken
        for reader in readers:
            assert reader.retriever.retrieve(Query(query, "en"), 1)[0].article.id == taken.article_id
    remove_articles(config, Selection(ids=(taken.article_id,)))
    for reader in readers:
        assert reader.retriever.retrieve(Query(query, "en"), 1)[0].article.id != taken.article_id


def test_index_that_was_not_copied_is_refused(sample_store: Path, model_cache: Path, chroma_server: ChromaRun) -> None:
    """An index whose vectors lie in its folder does not quietly start anew in a server."""
    store = StoreSettings(path=sample_store, chroma_url=chroma_server.address)
    with pytest.raises(StoreError, match=r"holds no vectors of this index.*citewire migrate --to http"):
        open_engine(Config(store=store, embedder=EmbedderSettings(cache=model_cache)))


def test_collection_made_anew_is_found_by_readers(vectors: ChromaServerVectors, chroma_server: ChromaRun) -> None:
    """A reader goes on after the collection was cleared and filled by another."""
    reader = ChromaServerVectors(ChromaPlace(chroma_server.address), vectors._name, make=False)
    vectors.add([_pair("a")], _rows([1, 0, 0]))
    assert [each for each, _ in reader.search(EAST, 1, Filters())] == ["a-0"]
    vectors.clear()
    vectors.add([_pair("b")], _rows([1, 0, 0]))
    assert [each for each, _ in reader.search(EAST, 1, Filters())] == ["b-0"]
    assert reader.ids() == {"b-0"}
    assert reader.count() == 1


def _nearest(reader: ChromaServerVectors) -> list[str]:
    return [reader.search(EAST, 1, Filters())[0][0] for _ in range(40)]


def test_many_read_while_one_writes(vectors: ChromaServerVectors, chroma_server: ChromaRun) -> None:
    """Searches of several readers go on during writing and deleting, and always find what was there all along."""
    vectors.add([_pair("a")], _rows([1, 0, 0]))
    readers = [ChromaServerVectors(ChromaPlace(chroma_server.address), vectors._name, make=False) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        found = [pool.submit(_nearest, each) for each in readers]
        for number in range(10):
            vectors.add([_pair(f"n{number}")], _rows([0, 1, 0]))
            vectors.delete([f"n{number - 1}-0"])
    assert {name for each in found for name in each.result()} == {"a-0"}


def test_stale_are_those_that_changed(vectors: ChromaServerVectors) -> None:
    """Missing ones, other vectors and other dates count as stale; what half precision rounds does not."""
    rows = _rows([1, 0.3, 0.2], [0, 1, 0], [0, 0, 1])
    vectors.add([_pair("a"), _pair("b"), _pair("c")], rows)
    pairs = [_pair("a"), _pair("b", outlet="Other"), _pair("c"), _pair("d")]
    wanted = np.vstack([rows[0].astype(np.float16), rows[1], _rows([0, 0.01, 1]), rows[1:2]]).astype(np.float32)
    assert vectors.stale(pairs, wanted) == {"b-0", "c-0", "d-0"}


def test_many_are_written_in_batches(vectors: ChromaServerVectors) -> None:
    """More than one request takes are all written, and deleted."""
    pairs = [_pair(f"n{number}") for number in range(1001)]
    vectors.add(pairs, _rows(*([float(number), 1.0, 2.0] for number in range(1001))))
    assert vectors.count() == 1001
    vectors.delete([passage.id for passage, _ in pairs[1:]])
    assert vectors.ids() == {"n0-0"}


class _Guard(BaseHTTPRequestHandler):
    """A proxy that lets nobody through without the token, as stands before a Chroma server that is shared."""

    protocol_version = "HTTP/1.1"
    behind = ""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, content = 403, f"not with {self.headers.get('Authorization')}".encode()
        if self.headers.get("Authorization") == f"Bearer {TOKEN}" and self.headers.get("X-Chroma-Token") == TOKEN:
            kind = {"Content-Type": "application/json"}
            answer = httpx.request(self.command, self.behind + self.path, content=body, headers=kind)
            status, content = answer.status_code, answer.content
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = _pass_on  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def guarded(chroma_server: ChromaRun) -> Iterator[str]:
    """The address of a proxy before the server that wants the token."""
    handler = type("Guard", (_Guard,), {"behind": chroma_server.address})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
        proxy.daemon_threads = True
        Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}"
        proxy.shutdown()


def test_token_opens_the_server(guarded: str) -> None:
    """With the token everything works; it is in nothing that is printed of the place."""
    place = ChromaPlace(guarded, TOKEN)
    vectors = ChromaServerVectors(place, "with-a-token", make=True)
    vectors.add([_pair("a")], _rows([1, 0, 0]))
    assert vectors.search(EAST, 1, Filters())[0][0] == "a-0"
    assert TOKEN not in repr(place)


def test_token_comes_from_the_environment(
    sample_store: Path, tmp_path: Path, guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings name a variable; unset, or with a line break in it, it is a wrong setting, never shown."""
    shutil.copytree(sample_store, tmp_path / "store")
    store = StoreSettings(path=tmp_path / "store", chroma_url=guarded, chroma_token_env=VARIABLE)
    with pytest.raises(ConfigError, match="not set"):
        server_vectors(store, make=True)
    monkeypatch.setenv(VARIABLE, "two\nlines")
    with pytest.raises(ConfigError, match=f"{VARIABLE}: a token has") as caught:
        server_vectors(store, make=True)
    assert "two" not in str(caught.value)
    monkeypatch.setenv(VARIABLE, TOKEN)
    assert server_vectors(store, make=True).count() == 0


def test_token_in_the_wrong_place_is_not_repeated() -> None:
    """Typed as the variable's name or into the address, a token is refused and not printed."""
    for key, value in (("TOKEN_ENV", "sk-12-secret"), ("URL", "http://me:sk-12-secret@host:8000")):
        with pytest.raises(ConfigError, match="must be the") as caught:
            load_config(None, {f"CITEWIRE_STORE_CHROMA_{key}": value})
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("token", "words"), [("", "wants a token"), ("wrong-token", "refuses the token")])
def test_refused_token_is_told_and_not_repeated(guarded: str, token: str, words: str) -> None:
    """Without the right token the text names the setting, and never holds what was sent."""
    with pytest.raises(StoreError, match=rf"{words}.*chroma_token_env") as caught:
        ChromaServerVectors(ChromaPlace(guarded, token), "never", make=True)
    assert "wrong-token" not in str(caught.value)


def test_what_is_no_chroma_server_is_told() -> None:
    """A web server that knows nothing of Chroma, and one that hangs up, are both called wrong addresses."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other, socket.socket() as closed:
        Thread(target=other.serve_forever, daemon=True).start()
        with pytest.raises(StoreError, match="no Chroma server of version 1"):
            ChromaServerVectors(ChromaPlace(f"http://127.0.0.1:{other.server_address[1]}"), "never", make=True)
        other.shutdown()
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(StoreError, match="correct the address"):
            ChromaServerVectors(ChromaPlace(f"http://127.0.0.1:{closed.getsockname()[1]}"), "never", make=True)
