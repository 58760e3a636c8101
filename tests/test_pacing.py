"""When messages may go out: against the emulator's flood control, in simulated time, with a network that jitters."""

from __future__ import annotations

import asyncio
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.pacing import A_SECOND, GROUP, PRIVATE, Pace
from tests.fake_bot_api import ApiError, FloodControl, Options

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any


class _Simulated(asyncio.SelectorEventLoop):
    """An event loop in which time passes only when all wait, and then at once."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0
        select = self._selector.select  # type: ignore[attr-defined] # what the loop waits with

        def skip(timeout: float | None) -> object:
            self._now += (timeout or 0.0) + 1e-6  # no step of a loop takes no time at all
            return select(0)

        self._selector.select = skip  # type: ignore[attr-defined] # likewise

    def time(self) -> float:
        """Simulated seconds."""
        return self._now


def simulate(scene: Coroutine[Any, Any, None]) -> float:
    """Play a scene in simulated time, which pace and flood control read as well; returns the seconds it took."""
    loop = _Simulated()
    clock = SimpleNamespace(monotonic=loop.time)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.telegram.pacing.time", clock)
        patch.setattr("tests.fake_bot_api.time", clock)
        try:
            loop.run_until_complete(scene)
        finally:
            loop.close()
    return loop.time() - 1000.0


async def talk(chats: dict[int, list[float]], chance: Random, travel: float) -> list[int]:
    """Send to each chat one message after another, each after a silence; returns the chats of those refused.

    A message, and the answer to it, are on the way for up to ``travel`` seconds.
    """
    flood = FloodControl(Options())
    pace, refused = Pace(), list[int]()

    async def one(chat: int, silences: list[float]) -> None:
        for silence in silences:
            await asyncio.sleep(silence)
            async with pace.turn(chat):
                await asyncio.sleep(chance.uniform(0, travel))
                try:
                    flood.check(chat)
                except ApiError:
                    refused.append(chat)
                await asyncio.sleep(chance.uniform(0, travel))

    await asyncio.gather(*(one(*each) for each in chats.items()))
    return refused


async def take_turn(pace: Pace, chat: int) -> None:
    """Wait for a turn, and send without delay."""
    async with pace.turn(chat):
        pass


SILENCES = st.lists(st.one_of(st.just(0.0), st.floats(0, 3), st.floats(0, 90)), max_size=60)
CHATS = st.dictionaries(st.sampled_from([1, 2, 3, 4, -5, -6]), SILENCES, max_size=6)


@settings(max_examples=60, deadline=None)
@given(chats=CHATS, seed=st.integers(0, 99), travel=st.sampled_from([0.0, 0.1, 1.0]))
def test_no_message_meets_flood_control(chats: dict[int, list[float]], seed: int, travel: float) -> None:
    """Whoever writes when, in private and in groups, however long the way is, nothing is refused."""

    async def scene() -> None:
        assert await talk(chats, Random(seed), travel) == []  # noqa: S311 - no secret

    simulate(scene())


@pytest.mark.parametrize("chat", [1, -5])
def test_a_chat_that_is_written_to_without_end_meets_no_flood_control(chat: int) -> None:
    """A hundred messages without any silence, and again after one that lets the burst grow back in part."""

    async def scene() -> None:
        assert await talk({chat: [0.0] * 100 + [7.0] + [0.0] * 30}, Random(1), 0.1) == []  # noqa: S311 - no secret

    simulate(scene())


@pytest.mark.parametrize("seed", range(3))
def test_many_chats_at_once_stay_within_the_overall_limit(seed: int) -> None:
    """200 chats that all start at once, each with eight messages, meet neither their own limit nor that of all."""
    chance = Random(seed)  # noqa: S311 - no secret
    chats = {chat: [chance.choice([0, 0, chance.uniform(0, 2)]) for _ in range(8)] for chat in range(1, 201)}

    async def scene() -> None:
        assert await talk(chats, chance, 0.1) == []

    assert simulate(scene()) < 1600 / A_SECOND * 1.3


def test_the_check_itself_can_fail() -> None:
    """Without pacing the same messages are refused."""

    async def scene() -> None:
        flood = FloodControl(Options())
        for _ in range(5):
            flood.check(1)
        with pytest.raises(ApiError):
            flood.check(1)

    simulate(scene())


@pytest.mark.parametrize(("chat", "burst"), [(1, PRIVATE.burst), (-1, GROUP.burst)])
def test_a_burst_goes_at_once(chat: int, burst: int) -> None:
    """After a silence nobody waits."""

    async def scene() -> None:
        pace = Pace()
        for _ in range(burst):
            await take_turn(pace, chat)

    assert simulate(scene()) < 0.1


def test_in_the_long_run_a_chat_gets_its_rate() -> None:
    """A hundred messages take as long as the rate says, no longer."""

    async def scene() -> None:
        pace = Pace()
        for _ in range(100):
            await take_turn(pace, 1)

    assert simulate(scene()) == pytest.approx((100 - PRIVATE.burst) * PRIVATE.interval)


def test_a_chat_held_back_waits_to_the_second() -> None:
    """Not a moment less than Telegram asked for, and not much more."""

    async def scene() -> None:
        pace = Pace()
        pace.hold(1, 209)
        await take_turn(pace, 1)

    assert simulate(scene()) == pytest.approx(209, abs=0.01)


def test_after_a_wait_messages_go_one_by_one() -> None:
    """The burst was what met the limit."""

    async def scene() -> None:
        pace = Pace()
        pace.hold(1, 10)
        for _ in range(3):
            await take_turn(pace, 1)

    assert simulate(scene()) == pytest.approx(10 + 2 * PRIVATE.interval)


def test_other_chats_do_not_wait_for_one_that_is_held_back() -> None:
    """Flood control is a matter of one chat."""

    async def scene() -> None:
        pace = Pace()
        pace.hold(1, 209)
        held = asyncio.ensure_future(take_turn(pace, 1))
        for chat in range(2, 10):
            await take_turn(pace, chat)
        held.cancel()

    assert simulate(scene()) < 0.5


def test_a_shorter_wait_does_not_undo_a_longer_one() -> None:
    """The later end counts."""

    async def scene() -> None:
        pace = Pace()
        pace.hold(1, 30)
        pace.hold(1, 2)
        await take_turn(pace, 1)

    assert simulate(scene()) == pytest.approx(30, abs=0.01)


def test_chats_of_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered does not grow with all who ever wrote; who must wait is remembered all the same."""
    monkeypatch.setattr("bot.telegram.pacing._MOST_CHATS", 100)
    pace = Pace()

    async def scene() -> None:
        pace.hold(1, 1_000_000)
        for chat in range(2, 1000):
            await take_turn(pace, chat)

    simulate(scene())
    assert len(pace._empty) <= 101
    assert 1 in pace._empty
