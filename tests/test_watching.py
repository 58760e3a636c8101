"""`citewire watch` as people run it, and the same within the bot."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from index import compose
from index.adapters.writer_lock import writer_lock
from index.config import Config, LoadSettings, SourcesSettings, StoreSettings, load_config
from index.errors import ConfigError
from index.types import Filters
from tests.fake_bot_api import FakeBotApi
from tests.telegram_bot import said
from tests.test_serving import TOKEN, command
from tests.watched import TEXTS, feed, page
from tests.web_server import Reply, web_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.compose import Archive
    from tests.web_server import WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A server with a feed of three articles."""
    with web_server() as server:
        server.replies |= {path: page(text, title=text.partition(" of ")[0]) for path, text in TEXTS.items()}
        server.replies["/feed"] = feed(*TEXTS, etag='"1"')
        yield server


@pytest.fixture
def settings(web: WebServer, tmp_path: Path, model_cache: Path) -> Path:
    """A settings file that names the feed and a folder of one article."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "rain.txt").write_text("Rain flooded the market square of Rivne on Friday.", "utf-8")
    file = tmp_path / "config.toml"
    file.write_text(
        f'[store]\npath = "store"\n[embedder]\ncache = "{model_cache}"\nthreads = 1\n[load]\nprivate_addresses = true\n'
        f'[sources]\nfolders = ["news"]\nfeeds = ["{web.url("/feed")}"]\nminutes = 1\n'
    )
    return file


def _titles(settings: Path) -> int:
    return compose.open_catalogue(load_config(settings, {})).status().articles


def test_one_round(settings: Path, web: WebServer, capsys: pytest.CaptureFixture[str]) -> None:
    """A new index is made of folder and feed; the next round finds nothing new; what fails is told beside."""
    assert main(["watch", "--once", "--config", str(settings), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["updated"], told["skipped"], told["locked"]) == (4, 0, [], None)
    assert main(["watch", "--once", "--config", str(settings)]) == 0
    assert capsys.readouterr().out.endswith("  nothing new\n")
    web.replies["/feed"] = feed("/gone", "/ship")
    assert main(["watch", "--once", "--config", str(settings), "--lang", "uk"]) == 0
    out, errors = capsys.readouterr()
    assert out.endswith("  нічого нового, пропущено 1\n")
    assert out.count("\n") == 1
    assert f"{web.url('/gone')}: no such page (404)" in errors


def test_what_watching_stored_is_found(settings: Path) -> None:
    """Its articles are searched like any others."""
    main(["watch", "--once", "--config", str(settings)])
    engine = compose.open_engine(load_config(settings, {}))
    assert engine.catalogue.search(["maize"], 5, Filters())


def test_a_locked_index_is_told(settings: Path, web: WebServer, capsys: pytest.CaptureFixture[str]) -> None:
    """While another process writes, nothing is asked of anybody."""
    with writer_lock(settings.parent / "store"):
        assert main(["watch", "--once", "--config", str(settings), "--lang", "en"]) == 1
    assert "the index is being written by another process" in capsys.readouterr().out
    assert web.asked == []


def test_nothing_to_watch_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without sources there is nothing to do; the setting is named."""
    (tmp_path / "config.toml").write_text("")
    assert main(["watch", "--config", str(tmp_path / "config.toml")]) == 1
    assert "[sources]" in capsys.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_the_middle_of_a_round(settings: Path, web: WebServer, how: signal.Signals) -> None:
    """While a page keeps it waiting it ends within seconds with code 0; what was stored before stays whole."""
    web.replies["/feed"] = feed("/bridge", "/slow")
    web.replies["/slow"] = Reply([b"<html>"], hang=True)
    with _watching(settings) as process:
        _until(lambda: any(path == "/slow" for path, _ in web.asked))
        process.send_signal(how)
        begun = time.monotonic()
        assert process.wait(15) == 0
        assert time.monotonic() - begun < 10
    assert _titles(settings) == 1
    web.replies["/slow"] = page("The slow page came after all.")
    assert main(["watch", "--once", "--config", str(settings)]) == 0
    assert _titles(settings) == 3


def test_it_ends_between_rounds(settings: Path) -> None:
    """A line a round goes out at once; waiting for the next, it ends at once."""
    with _watching(settings) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["added"] == 4
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        assert process.wait(15) == 0
        assert time.monotonic() - begun < 3


def test_the_running_archive_watches(own_archive: Archive, web: WebServer) -> None:
    """Through the engine that answers; robots.txt is kept over rounds."""
    config = own_archive.config.model_copy(
        update={
            "sources": SourcesSettings(feeds=(web.url("/feed"),)),
            "load": LoadSettings(private_addresses=True),
        }
    )
    archive = compose.Archive(config, own_archive.engine)
    assert archive.watcher().round().report.added == 3
    assert archive.watcher().round().report.unchanged == 1
    assert [path for path, _ in web.asked].count("/robots.txt") == 1
    assert own_archive.engine.catalogue.search(["maize"], 5, Filters())


async def test_the_bot_watches_and_answers_meanwhile(
    sample_store: Path, model_cache: Path, tmp_path: Path, web: WebServer
) -> None:
    """While a feed keeps its round waiting, questions are answered; then what is new is found without a restart."""
    over = threading.Event()

    def slow() -> Iterator[bytes]:
        over.wait(60)
        yield b"".join(feed(*TEXTS).blocks)

    store = shutil.copytree(sample_store, tmp_path / "store")
    web.replies["/feed"] = Reply(slow(), kind="application/atom+xml")
    sources = f'workers = 1\n[sources]\nfeeds = ["{web.url("/feed")}"]\nin_bot = true\n[load]\nprivate_addresses = true'
    async with FakeBotApi(token=TOKEN) as tg, command(tg, store, model_cache, settings=sources):
        tg.send_message("Кто капитан судна Aurelia?")
        (answer,) = await said(tg, seconds=90)
        assert "Ставру" in answer["text"]
        assert [path for path, _ in web.asked][-1] == "/feed"
        over.set()
        catalogue = compose.open_catalogue(Config(store=StoreSettings(path=store)))
        await asyncio.to_thread(_until, lambda: bool(catalogue.search(["maize"], 5, Filters())))


def test_sources_are_settings(tmp_path: Path) -> None:
    """Folders lie beside the settings file; a variable gives several; what is no address is refused in words."""
    file = tmp_path / "config.toml"
    file.write_text('[sources]\nfolders = ["news", "/abs"]\nfeeds = ["https://a.example/feed"]\n')
    assert load_config(file, {}).sources.folders == (tmp_path / "news", Path("/abs"))
    assert load_config(file, {"CITEWIRE_SOURCES_FEEDS": "http://b.example/x, http://c.example"}).sources.feeds == (
        "http://b.example/x",
        "http://c.example",
    )
    for bad in ('feeds = ["file:///etc"]', 'feeds = ["https://me:pw@a.example/"]', "in_bot = true", "minutes = 0"):
        file.write_text(f"[sources]\n{bad}\n")
        with pytest.raises(ConfigError) as caught:
            load_config(file, {})
        assert "pw@" not in str(caught.value)


def _watching(settings: Path) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "bot.cli", "watch", "--json", "--config", str(settings)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent, env=dict(os.environ))


def _until(happened: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    patience = time.monotonic() + 60
    pause = threading.Event()
    while not happened():
        assert time.monotonic() < patience
        pause.wait(0.05)
