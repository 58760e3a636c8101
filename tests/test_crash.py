"""Killed at any moment, nothing is lost, doubled or left over; and readers never see half of what is being written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index import compose
from index.compose.store import vectors_at
from index.config import Config, StoreSettings
from index.types import Filters
from tests.crash_inside import marker
from tests.fakes import WordEmbedder
from tests.small_index import stand_in

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from index import compose
from index.config import ChunkSettings, Config, StoreSettings
from index.types import Selection
from tests.crash_inside import article, stand_in
stand_in()
folder = Path(sys.argv[1])
config = Config(store=StoreSettings(path=folder / "store"), chunk=ChunkSettings(min_words=10, max_words=20))
for turn in range(1, 9):
    news = folder / "news.jsonl"
    news.write_text("".join(article(f"a{n}", turn * 10 + n) for n in range(1, 7)), "utf-8")
    with compose.open_ingester(config) as ingester:
        ingester.ingest([news], datetime.now(UTC), lambda _: None)
    if turn % 3 == 0:
        compose.remove_articles(config, Selection(ids=("a1", "a2")))
    print(turn, flush=True)
"""


def test_ten_kills() -> None:
    """Ten rounds of tests/crash.py; `make crash` does two hundred."""
    command = [sys.executable, "-m", "tests.crash", "--rounds", "10", "--seed", "6"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    rounds, killed = (int(each.split()[0]) for each in done.stdout.split(": ")[1].split(", ")[:2])
    assert rounds == 10
    assert killed > rounds / 2


def _ask(config: Config) -> None:
    """What a question finds now, by a reader that has just come; each passage is checked against its article."""
    catalogue, vectors = compose.open_catalogue(config), vectors_at(config.store)
    hits = vectors.search(WordEmbedder().embed_queries(["The council met in hall 0"])[0], 20, Filters())
    found = catalogue.passages([each for each, _ in hits])
    words = catalogue.passages([each for each, _ in catalogue.search(["council"], 20, Filters())])
    for passage, whole in (*found, *words):
        assert whole.text[passage.start : passage.end] == passage.text


def test_readers_see_whole_articles_while_another_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again and again while articles come, change and go, a reader meets no error and nothing half written."""
    stand_in(monkeypatch)
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    config = Config(store=StoreSettings(path=tmp_path / "store"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        reader = vectors_at(config.store)
        asked = 0
        while writer.poll() is None:
            _ask(config)
            reader.search(WordEmbedder().embed_queries(["council"])[0], 5, Filters())
            asked += 1
    assert writer.returncode == 0
    assert asked > 3
    reader._opened = 0.0  # type: ignore[attr-defined] # as if a second had passed
    catalogue = compose.open_catalogue(config)
    ids = [each for each, _ in catalogue.search([marker("a3", 83)], 1, Filters())]
    latest = catalogue.passages(ids)[0][0].text
    hits = reader.search(WordEmbedder().embed_queries([latest])[0], 3, Filters())
    assert any(marker("a3", 83) in passage.text for passage, _ in catalogue.passages([each for each, _ in hits]))
