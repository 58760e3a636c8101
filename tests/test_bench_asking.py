"""The benchmark's stores, questions and measurements of asking, at sizes that take no time."""

from __future__ import annotations

import json
import sys
import threading
import urllib.request
from dataclasses import replace
from itertools import islice
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index.compose import open_catalogue, open_engine
from tests.bench import asking, bot, cold, growth, others, soak, stores
from tests.bench.figures import Settings
from tests.bench.questions import asking as asker
from tests.bench.questions import query, questions
from tests.bench.recall import _merged, _nearest, recall
from tests.bench.stages import STAGES, Watched, Watches, stages, watched_answerer
from tests.fakes import WordEmbedder
from tests.small_index import stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.config import Config
    from tests.fake_bot_api import ControlClient

SIZE = 30


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The choices of a tiny run, with a model that counts words."""
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        patch.setattr("index.compose.open_embedder", lambda _: WordEmbedder())
        patch.setattr("index.compose.open_bare_embedder", lambda _: WordEmbedder())
        work = tmp_path_factory.mktemp("work")
        yield Settings(4, (SIZE,), 1, 1, work, questions=4, people=3, say=lambda _: None)


@pytest.fixture(scope="module")
def config(bench: Settings) -> Config:
    """A tiny store."""
    return stores.store_of(bench, SIZE)


def test_a_store_has_as_many_passages_and_vectors_as_wanted(bench: Settings, config: Config) -> None:
    """It is made once, opens as any other, and its two halves agree."""
    engine = open_engine(config)
    assert SIZE <= engine.catalogue.passage_count() < SIZE + 20
    assert engine.retriever.vectors.ids() == set(engine.catalogue.passage_ids())
    assert None not in [signature for signature, _ in engine.catalogue.signatures().values()]
    assert stores.store_of(replace(bench, say=pytest.fail), SIZE) == config


def test_questions_are_repeatable_and_hardly_repeat(config: Config) -> None:
    """The same seed asks the same; no question names a day by accident."""
    first, again = (list(islice(questions(open_catalogue(config), 7), 50)) for _ in range(2))
    assert first == again
    assert len(set(first)) > 45
    assert not any(character.isdigit() for each in first for character in each)
    assert {query(each).language for each in first} == {"ru", "uk", "en"}


def test_an_answer_is_printed(config: Config) -> None:
    """What is timed ends with text for a terminal."""
    run = asker(open_engine(config).answerer)
    assert all(run(question).strip() for question in islice(questions(open_catalogue(config), 2), 3))


def test_a_watched_object_does_what_the_one_behind_it_does() -> None:
    """Only the methods named are timed."""
    watches = Watches()
    watched = Watched("a-b", watches, {"split": "cut"})
    assert (watched.split("-", maxsplit=1), watched.upper()) == (["a", "b"], "A-B")
    assert list(watches.seconds) == ["cut"]


def test_stages_add_up_to_an_answer(config: Config) -> None:
    """Every stage has its time, in the order of a question's life."""
    watches = Watches()
    found = stages(watched_answerer(config, watches), watches, islice(questions(open_catalogue(config), 3), 5))
    took = dict(found)
    assert tuple(took) == STAGES
    assert all(took[name] > 0 for name in ("embed", "dense", "lexical", "fuse", "render"))
    whole = 200 * (watches.seconds["answer"] + watches.seconds["render"])
    assert sum(took.values()) == pytest.approx(whole, rel=0.05)


def test_the_least_finds_by_meaning_and_by_words(config: Config) -> None:
    """What ours is compared with does its work."""
    near, found = others.least(config)(next(questions(open_catalogue(config), 4)))
    assert near["ids"][0]
    assert found


def test_rivals_answer_from_our_passages(bench: Settings, config: Config) -> None:
    """Those that are installed are asked; a choice leaves the others out."""
    run = others.rivals(bench, config)
    assert [bool(each("What is known about the bridge?")) for each in run.values()] == [True, True]
    assert len(others.rivals(replace(bench, rivals=("bm25s",)), config)) == 1
    assert others.rivals(replace(bench, rivals=("txtai",)), config) == {}


def test_asking_is_measured(bench: Settings, config: Config) -> None:
    """Percentiles with one client and with eight, each beside the least, and where the time goes."""
    assert config
    found = asking.measure(bench)
    names = [each.name for each in found]
    for clients in ("one client", "8 clients"):
        assert {f"warm ask, {each}, {clients}" for each in ("median", "p95", "p99")} <= set(names)
    assert all(each.ratio and each.ratio.median > 0 for each in found if not each.parts)
    assert [stage for stage, _ in found[-1].parts] == list(STAGES)
    assert [each.wanted for each in found] == [""] * len(found)


@pytest.mark.parametrize(("passages", "size"), [((1000, 10_000, 100_000), 10_000), ((10,), 10), ((20_000,), 20_000)])
def test_the_usual_size_is_ten_thousand(bench: Settings, passages: tuple[int, ...], size: int) -> None:
    """Or the nearest below it that is measured at all."""
    assert asking.usual_size(replace(bench, passages=passages)) == size


def test_exact_search_by_blocks_finds_what_it_finds_at_once() -> None:
    """The ten best of all are the ten best of the best of each block."""
    chance = np.random.default_rng(5)
    ids, cosines = np.array([f"p{n}" for n in range(90)]), np.asarray(chance.normal(size=(90, 3)), np.float32)
    blocks = [_nearest(ids[start : start + 25], cosines[start : start + 25]) for start in range(0, 90, 25)]
    assert _merged(blocks, 3) == [set(ids[np.argsort(-cosines[:, place])[:10]].tolist()) for place in range(3)]


def test_recall_on_a_small_store_is_whole(config: Config) -> None:
    """Among thirty passages an approximate search misses nothing."""
    assert recall(config, 3, 1) == [1.0] * 9


def test_growth_compares_sizes(bench: Settings, config: Config) -> None:
    """Times of all sizes; memory is that of the process that is asked."""
    assert [each.at for each in growth._times(bench, {10: config, 20: config})] == [10, 20, 10, 20]
    store = str(config.store.path)
    assert min(growth.hold_ours(store, 2, 1), growth.hold_bare(store, 2, 1)) > 10_000_000


def test_the_soak_looks_at_memory_to_the_end(config: Config) -> None:
    """Fewer questions than looks are asked all the same."""
    found = soak.ask(str(config.store.path), 8, 1)
    assert len(found["resident"]) == 21
    assert min(found["resident"]) > 10_000_000


def test_cold_starts_are_compared(bench: Settings, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are timed from start to end; one that fails is no measurement."""
    assert config
    for name in ("_CITEWIRE", "_IMPORT"):
        monkeypatch.setattr(cold, name, (sys.executable, "-c", ""))
    ask, started = cold.measure(bench)
    assert (ask.wanted, bool(ask.ratio), started.name) == ("at most 1.5", True, "citewire --help")
    with pytest.raises(CalledProcessError):
        cold._run((sys.executable, "-c", "raise SystemExit(1)"))


def test_the_bot_is_measured_by_what_people_see() -> None:
    """Each person's sign and answer are told apart, and counted from their own message."""
    with bot.emulator() as server:
        threading.Thread(target=_answer, args=(server, 4), daemon=True).start()
        crowd = iter(range(2001, 2010))
        for asked in (["How?"], ["Who?", "What?", "Where?"]):
            waits = bot._round(server, crowd, asked)
            assert len(waits) == len(asked)
            assert all(0 <= signed <= answered < 60 for signed, answered in waits)
    figures = list(bot._figures([waits], 3, SIZE))
    assert [each.unit for each in figures] == ["1/s", "s", "s", "s", "s"]


def _answer(server: ControlClient, number: int) -> None:
    """A bot that answers so many messages, each after a typing sign."""
    offset = 0
    while number:
        for update in _called(server, "getUpdates", offset=offset, timeout=5):
            offset, chat = update["update_id"] + 1, update["message"]["chat"]["id"]
            _called(server, "sendChatAction", chat_id=chat, action="typing")
            _called(server, "sendMessage", chat_id=chat, text="So.")
            number -= 1


def _called(server: ControlClient, method: str, **values: object) -> Any:
    body, headers = json.dumps(values).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}/bot{server.token}/{method}", body, headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310 - likewise
        return json.load(reply)["result"]
