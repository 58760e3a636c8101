"""Single articles into a running index: pages, documents and posts, stored beside what is there."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from bot.progress import IndexingProgress
from index import compose
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.config import Config, EmbedderSettings, LoadSettings, StoreSettings
from index.errors import StoreLocked
from index.identity import digest
from index.ingest import Ingester, IngestSettings
from index.load import PageLimits, load_post, load_upload
from index.types import DroppedLine, Filters, Query, RawArticle, Selection, Skipped, Taken
from tests.fakes import WordEmbedder
from tests.web_server import Reply, web_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.compose import Engine
    from index.types import IngestReport
    from tests.web_server import WebServer

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
BRIDGE = "The bridge over the Sula reopened on Saturday. It cost 412 million hryvnias and took nineteen months."
SHIP = "The bulk carrier Aurelia left Chornomorsk on Monday. She carried 31,500 tonnes of maize for Alexandria."
MEMO = RawArticle(
    "upload:memo.txt", "The council of Verkhnia Lypivka bought 14 electric buses for 96 million hryvnias."
)


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A server with one article's page."""
    with web_server() as server:
        server.replies["/ship"] = _page(SHIP)
        yield server


@pytest.fixture
def ingester(tmp_path: Path) -> Ingester:
    """An empty index with real stores and a fake model, that may read pages on loopback."""
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", WordEmbedder.fingerprint)
    pages = PageLimits(private_addresses=True)
    return Ingester(WordEmbedder(), ChromaVectors(tmp_path / "chroma"), catalogue, IngestSettings(), pages)


def _page(text: str, aside: str = "") -> Reply:
    body = f"<article><h1>A ship with maize leaves port</h1><p>{text}</p></article><aside>{aside}</aside>"
    return Reply([f"<html><body>{body}</body></html>".encode()])


def _ingest(ingester: Ingester, *sources: Path | str) -> IngestReport:
    return ingester.ingest(sources, NOW, lambda _: None)


def _counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, len(report.skipped)


def test_what_is_added_leaves_the_rest_alone(ingester: Ingester, tmp_path: Path) -> None:
    """Articles of a folder, of a document and of a post stand beside each other; each report tells its own."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "bridge.txt").write_text(BRIDGE, "utf-8")
    _ingest(ingester, tmp_path / "news")
    post = load_post(SHIP, outlet="Harbour", published=NOW, url=None)
    report = ingester.add([*load_upload("memo.txt", MEMO.text.encode(), 1000), post], NOW)
    assert _counts(report) == (2, 0, 0, 0, 0)
    assert report.articles == 3
    assert [ingester.catalogue.article(each.article_id).text for each in report.taken] == [MEMO.text, SHIP]
    assert _counts(_ingest(ingester, tmp_path / "news")) == (0, 0, 1, 0, 0)
    assert ingester.catalogue.status().articles == 3


def test_what_became_of_each_is_told(ingester: Ingester) -> None:
    """Added, then unchanged, then updated: under one id."""
    outcomes = [ingester.add([raw], NOW).taken for raw in (MEMO, MEMO, replace(MEMO, text=SHIP))]
    (identity,) = ingester.catalogue.digests()
    assert outcomes == [(Taken(identity, outcome),) for outcome in ("added", "unchanged", "updated")]
    assert ingester.catalogue.article(identity).text == SHIP
    assert ingester.vectors.count() == 1


def test_what_was_not_read_is_handed_on(ingester: Ingester) -> None:
    """Skipped sources and articles without text are listed and counted; nothing is taken."""
    steps: list[int] = []
    empty = load_post("\u200b", outlet=None, published=None, url=None)
    report = ingester.add([Skipped("upload:a.pdf", "not a supported kind"), empty], NOW, steps.append)
    assert [each.reason for each in report.skipped] == ["not a supported kind", "no text after cleaning"]
    assert (report.taken, sum(steps)) == ((), 2)


def test_a_page_is_indexed_by_its_address(ingester: Ingester, web: WebServer, tmp_path: Path) -> None:
    """Addresses and paths may be mixed; re-running leaves alone, a changed page is updated."""
    (tmp_path / "bridge.txt").write_text(BRIDGE, "utf-8")
    sources = (tmp_path / "bridge.txt", web.url("/ship?utm_source=letter"))
    assert _counts(_ingest(ingester, *sources)) == (2, 0, 0, 0, 0)
    assert _counts(_ingest(ingester, *sources)) == (0, 0, 2, 0, 0)
    assert _counts(_ingest(ingester, web.url("/ship"))) == (0, 0, 1, 0, 0)
    web.replies["/ship"] = _page(SHIP.replace("maize", "barley"))
    assert _counts(_ingest(ingester, *sources)) == (0, 1, 1, 0, 0)
    assert ingester.catalogue.search(["barley"], 5, Filters())


def test_a_page_that_fails_keeps_its_article(ingester: Ingester, web: WebServer, tmp_path: Path) -> None:
    """Gone from the web, or from the network, a page is listed, and what it said stays; so it does beside a folder."""
    _ingest(ingester, web.url("/ship"))
    del web.replies["/ship"]
    report = _ingest(ingester, web.url("/ship"), tmp_path)
    assert report.skipped == (Skipped(web.url("/ship"), "no such page (404)"),)
    assert (report.removed, report.articles) == (0, 1)


def test_news_beside_an_article_is_no_change(ingester: Ingester, web: WebServer) -> None:
    """What stands around an article on its page changes by the hour; the article is not worked on again for that."""
    _ingest(ingester, web.url("/ship"))
    web.replies["/ship"] = _page(SHIP, aside="<p>Storm shuts the port of Izmail for a second day</p>")
    assert _counts(_ingest(ingester, web.url("/ship"))) == (0, 0, 1, 0, 0)
    line = (DroppedLine("Storm shuts the port", "page furniture"),)
    saved = replace(MEMO, source="/news/memo.html")
    assert digest(saved, 1) != digest(replace(saved, dropped=line), 1)


def test_progress_counts_an_address_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The total has a step for each page, without asking for it."""
    (tmp_path / "a.txt").write_text(BRIDGE, "utf-8")
    with IndexingProgress([tmp_path, "https://news.example/a"], "en"):
        assert capsys.readouterr().err == "Indexing: 0/2\n"


@pytest.fixture
def config(tmp_path: Path, model_cache: Path) -> Config:
    """Settings with the default model, over an index of one article."""
    (tmp_path / "bridge.txt").write_text(BRIDGE, "utf-8")
    config = Config(
        store=StoreSettings(path=tmp_path / "store"),
        embedder=EmbedderSettings(cache=model_cache, threads=1),
        load=LoadSettings(private_addresses=True),
    )
    with compose.open_ingester(config) as ingester:
        _ingest(ingester, tmp_path / "bridge.txt")
    return config


def _answer(engine: Engine) -> str:
    answer = engine.answerer.answer(Query("How many electric buses did the council buy?", "en"), date(2026, 5, 1))
    return " ".join(each.text for each in answer.sentences)


def test_a_running_engine_finds_what_is_added(config: Config) -> None:
    """Through the engine's own model and stores, an article is found at once, and after removal no more."""
    engine = compose.open_engine(config)
    assert "buses" not in _answer(engine)
    with compose.open_ingester(config, engine) as ingester:
        assert ingester.embedder is engine.retriever.embedder
        assert ingester.vectors is engine.retriever.vectors
        (taken,) = ingester.add([MEMO], NOW).taken
    assert "14 electric buses" in _answer(engine)
    assert compose.remove_articles(config, Selection(ids=(taken.article_id,)))
    assert "buses" not in _answer(engine)


def test_a_running_engine_holds_no_lock(config: Config) -> None:
    """The lock is held while something is written and no longer; a second writer is told."""
    engine = compose.open_engine(config)
    with compose.open_ingester(config, engine), pytest.raises(StoreLocked), compose.open_ingester(config, engine):
        pass
    with compose.open_ingester(config, engine) as ingester:
        assert ingester.pages == compose.page_limits(config) == PageLimits(private_addresses=True)


def test_questions_are_answered_while_articles_are_added(config: Config) -> None:
    """An engine asked from one thread while another adds and removes answers each time, and in the end from all."""
    engine, troubles, over = compose.open_engine(config), list[Exception](), threading.Event()

    def ask() -> None:
        try:
            while not over.is_set():
                _answer(engine)
        except Exception as error:  # noqa: BLE001 - told to the main thread
            troubles.append(error)

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    for number in range(6):
        raw = replace(MEMO, source=f"upload:{number}.txt", text=MEMO.text.replace("14", str(14 + number)))
        with compose.open_ingester(config, engine) as ingester:
            (taken,) = ingester.add([raw], NOW).taken
        assert number == 5 or compose.remove_articles(config, Selection(ids=(taken.article_id,)))
    over.set()
    for thread in asking:
        thread.join()
    assert troubles == []
    assert "19 electric buses" in _answer(engine)


def test_command_takes_addresses(
    config: Config, web: WebServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`citewire index` reads pages beside paths; on the default setting a private one is refused with the remedy."""
    monkeypatch.setenv("CITEWIRE_EMBEDDER_CACHE", str(config.embedder.cache))
    command = ["index", "--store", str(tmp_path / "other"), "--json", web.url("/ship"), "file:///etc/passwd"]
    assert main(command) == 1
    assert "[load] private_addresses = true allows that" in capsys.readouterr().out
    monkeypatch.setenv("CITEWIRE_LOAD_PRIVATE_ADDRESSES", "true")
    assert main([*command, str(tmp_path / "bridge.txt")]) == 0
    told = capsys.readouterr().out
    assert '"added": 2' in told
    assert "only http and https addresses are read, not file" in told
