"""The engine in a process of its own: a real one, over the index of the sample articles, and what may befall it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.telegram.engine_room import EngineRoom
from index.config import Config, EmbedderSettings, StoreSettings, TelegramSettings
from index.errors import CitewireError, SourceError
from index.types import Query

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from index.compose import Archive


@pytest.fixture(scope="session")
def settings(sample_store: Path, model_cache: Path) -> Config:
    """Where the index and the model lie."""
    return Config(
        store=StoreSettings(path=sample_store),
        embedder=EmbedderSettings(cache=model_cache),
        telegram=TelegramSettings(answer_seconds=30, workers=2),
    )


@asynccontextmanager
async def room(config: Config) -> AsyncIterator[EngineRoom]:
    """A room whose process runs; ended afterwards."""
    engine = EngineRoom(config)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


def process_of(_: Archive) -> int:
    """The id of the engine's process."""
    return os.getpid()


def counting(_: Archive, tell: Callable[[int], None]) -> str:
    """Count aloud."""
    for number in range(3):
        tell(number)
    return "done"


def answer(archive: Archive, question: str) -> str:
    """What the archive says."""
    query = Query(question, "ru")
    return " ".join(each.text for each in archive.engine.answerer.answer(query, date(2026, 5, 20)).sentences)


def no_page(_: Archive) -> None:
    """Fail with an error of two parts, which cannot be sent as it is."""
    raise SourceError("visnyk.example", "no page there")


def break_down(_: Archive) -> None:
    """Fail in a way that nobody foresaw."""
    raise ValueError("what somebody asked")


def die_once(_: Archive, mark: Path) -> int:
    """Kill the process at the first attempt; afterwards, its id."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def die(_: Archive) -> None:
    """Kill the process."""
    os.kill(os.getpid(), signal.SIGKILL)


def compute(_: Archive, mark: Path) -> None:
    """Compute for ever, beginning with a word to whoever reads from the mark."""
    mark.write_text(str(os.getpid()), "utf-8")
    while True:
        pass


def processes() -> list[str]:
    """Names of the processes that this one started and that still run after a moment; they are killed then."""
    found = multiprocessing.active_children()
    for each in found:
        each.join(1)
    alive = [each.name for each in found if each.is_alive()]
    for each in found:
        each.kill()
    return alive


async def test_jobs_and_errors_come_back(settings: Config) -> None:
    """A result as it is, errors as words without what somebody asked, all from one other process."""
    async with room(settings) as engine:
        assert "Ставру" in await engine.run(partial(answer, question="Кто капитан судна Aurelia?"))
        with pytest.raises(CitewireError, match=r"visnyk\.example: no page there"):
            await engine.run(no_page)
        with pytest.raises(CitewireError, match=r"^ValueError$"):
            await engine.run(break_down)
        found = set(await asyncio.gather(*(engine.run(process_of) for _ in range(8))))
    assert len(found) == 1
    assert os.getpid() not in found
    assert processes() == []


async def test_a_job_tells_how_far_it_is(settings: Config) -> None:
    """What a job tells comes from its process, before its result; one that does not tell has no way to."""
    heard: list[int] = []
    async with room(settings) as engine:
        assert await engine.run_telling(counting, heard.append, 30.0) == "done"
        assert await engine.run(process_of) != os.getpid()
    assert heard == [0, 1, 2]


async def test_what_is_in_no_hurry_is_done_as_well(settings: Config) -> None:
    """In the same process, beside what is asked."""
    async with room(settings) as engine:
        assert await engine.run_aside(process_of, 30.0) == await engine.run(process_of)


async def test_a_job_is_done_after_all_when_the_process_is_killed(settings: Config, tmp_path: Path) -> None:
    """By a new process; so is the one beside it."""
    async with room(settings) as engine:
        first = await engine.run(process_of)
        killing = partial(die_once, mark=tmp_path / "mark")
        ids = await asyncio.gather(engine.run(killing), engine.run(partial(answer, question="Кто капитан?")))
        assert ids[0] != first
        with pytest.raises(CitewireError, match="died twice"):
            await engine.run(die)
        assert await engine.run(process_of) not in (first, ids[0])


async def test_a_job_has_its_time_and_closing_ends_what_computes(settings: Config, tmp_path: Path) -> None:
    """An overdue job is left to itself, its place is free; closing ends the process though it still computes."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    async with room(settings) as engine:
        begun = asyncio.ensure_future(asyncio.to_thread(fifo.read_text, "utf-8"))
        with pytest.raises(TimeoutError):
            await engine.run(partial(compute, mark=fifo), 0.5)
        assert int(await begun) == await engine.run(process_of)
        closing = time.monotonic()
    assert time.monotonic() - closing < 2.5
    assert processes() == []


async def test_a_start_that_is_given_up_leaves_no_process(settings: Config) -> None:
    """The process that was opening the index is not forgotten."""
    engine = EngineRoom(settings)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(engine.start(), 0.2)
    await engine.close()
    assert processes() == []


async def test_an_index_that_cannot_be_opened_says_why(settings: Config, tmp_path: Path) -> None:
    """In the words of whoever tried, and no process is left."""
    engine = EngineRoom(settings.model_copy(update={"store": StoreSettings(path=tmp_path / "nothing")}))
    with pytest.raises(CitewireError, match="nothing"):
        await engine.start()
    await engine.close()
    assert processes() == []


PARENT = """
import asyncio, sys
from functools import partial
from pathlib import Path
from bot.telegram.engine_room import EngineRoom
from index.config import Config, EmbedderSettings, StoreSettings
from tests.test_engine_room import compute, process_of

async def main():
    store, cache, mark = map(Path, sys.argv[1:])
    engine = EngineRoom(Config(store=StoreSettings(path=store), embedder=EmbedderSettings(cache=cache)))
    await engine.start()
    await engine.run(partial(compute, mark=mark))

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_no_process_outlives_a_bot_that_was_killed(settings: Config, tmp_path: Path) -> None:
    """Killed with -9 while a job computes: the engine's process, which holds the same output open, ends by itself."""
    fifo, script = tmp_path / "fifo", tmp_path / "parent.py"
    os.mkfifo(fifo)
    script.write_text(PARENT, "utf-8")
    command = [sys.executable, str(script), str(settings.store.path), str(settings.embedder.cache), str(fifo)]
    home = Path(__file__).parent.parent
    environ = os.environ | {"PYTHONPATH": str(home)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=home, env=environ) as parent:
        assert fifo.read_text("utf-8").isdecimal()
        parent.kill()
        parent.communicate(timeout=5)  # ends when nobody holds the output any more
    assert parent.returncode == -signal.SIGKILL
