"""Accepted updates and their deliveries: none lost, none repeated, whenever the process ends."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.telegram.state import State
from bot.telegram.types import Button, Chunk, Place
from index.errors import StoreError
from tests.test_telegram_state import NOW, clock, kept, state

if TYPE_CHECKING:
    from pathlib import Path

    from bot.telegram.types import Delivery
    from tests.test_telegram_state import Clock

__all__ = ["clock", "state"]  # fixtures, which pytest finds by their names

CHUNKS = (
    Chunk("<b>Мостів</b> два.", "Мостів два.", ((Button("1", "p:1"), Button("→", url="https://a.example")), ())),
    Chunk("Обидва нові.", "Обидва нові."),
)


def begun(state: State, update: int = 1) -> Delivery:
    """A delivery of both chunks for a newly accepted update."""
    state.inbox.accept(update, 70, "{}")
    return state.deliveries.begin(update, state.answers.keep(kept()), Place(70, 4), 11, CHUNKS, [8, 9])


def test_an_update_is_accepted_once(state: State) -> None:
    """Neither while it waits nor after it is finished is it accepted again."""
    assert [state.inbox.accept(1, 70, each) for each in ("a", "b")] == [True, False]
    assert state.inbox.unfinished() == [(1, "a")]
    state.inbox.finish(1)
    assert not state.inbox.accept(1, 70, "c")
    assert state.inbox.unfinished() == []


def test_unfinished_updates_come_in_order_of_their_ids(state: State) -> None:
    """Whatever the order and the lanes in which they were accepted."""
    for update, lane in ((5, 1), (3, 2), (4, 1)):
        state.inbox.accept(update, lane, str(update))
    state.inbox.finish(4)
    assert state.inbox.unfinished() == [(3, "3"), (5, "5")]
    assert state.inbox.waiting() == 2


def test_ids_are_forgotten_after_three_days(state: State, clock: Clock) -> None:
    """What is finished goes, what waits does not."""
    for update in (1, 2):
        state.inbox.accept(update, 70, "{}")
    state.inbox.finish(1)
    clock.now = NOW + timedelta(days=4)
    state.inbox.accept(3, 70, "{}")
    assert [state.inbox.accept(update, 70, "{}") for update in (1, 2, 3)] == [True, False, False]


def test_a_delivery_is_as_it_was_begun(state: State) -> None:
    """Chunks with their buttons, place and all come back; beginning again changes nothing."""
    delivery = begun(state)
    assert (delivery.chunks, delivery.place, delivery.reply_to, delivery.replaces) == (CHUNKS, Place(70, 4), 11, (8, 9))
    assert state.deliveries.begin(1, None, Place(71), None, []) == delivery
    assert state.deliveries.of(1) == delivery
    assert state.deliveries.of(2) is None


def test_a_chunk_is_in_doubt_until_something_is_known(state: State) -> None:
    """The floor stands from `sending` until the chunk arrived, or is known not to have."""
    number = begun(state).number
    floors = []
    for change in (
        lambda: state.deliveries.sending(number, 30),
        lambda: state.deliveries.unsent(number),
        lambda: state.deliveries.sending(number, 31),
        lambda: state.deliveries.sent(number, 32),
    ):
        change()
        found = state.deliveries.of(1)
        floors.append(found and found.floor)
    assert floors == [30, None, 31, None]


def test_the_last_chunk_ends_everything(state: State) -> None:
    """Its messages show the answer, the update is finished, and no text is left."""
    delivery = begun(state)
    assert state.deliveries.sent(delivery.number, 21).sent == (21,)
    assert state.inbox.waiting() == 1
    last = state.deliveries.sent(delivery.number, 22)
    assert (last.sent, last.chunks) == ((21, 22), CHUNKS)
    stored = state.deliveries.of(1)
    assert (state.inbox.waiting(), stored and stored.chunks) == (0, (Chunk("", ""),) * 2)
    assert delivery.answer
    assert state.answers.messages(delivery.answer) == (21, 22)


def test_one_message_told_of_twice_counts_once(state: State) -> None:
    """A message found again after a restart does not stand for two chunks."""
    number = begun(state).number
    assert [state.deliveries.sent(number, 21).sent for _ in range(2)] == [(21,), (21,)]
    assert state.inbox.waiting() == 1


def test_a_dropped_delivery_is_over(state: State) -> None:
    """Nothing is left to send, and the update is finished."""
    delivery = begun(state)
    state.deliveries.sent(delivery.number, 21)
    state.deliveries.drop(delivery.number)
    found = state.deliveries.of(1)
    assert found
    assert (len(found.chunks), found.sent, state.inbox.waiting()) == (1, (21,), 0)


def test_nothing_to_send_is_over_at_once(state: State) -> None:
    """A delivery without chunks finishes its update."""
    state.inbox.accept(1, 70, "{}")
    assert state.deliveries.begin(1, None, Place(70), None, []).chunks == ()
    assert state.inbox.waiting() == 0


def test_an_unknown_delivery_is_an_error(state: State) -> None:
    """It says so in our words."""
    with pytest.raises(StoreError, match="no delivery 5"):
        state.deliveries.sent(5, 21)


def test_deliveries_are_forgotten_after_three_days(state: State, clock: Clock) -> None:
    """One that is over goes, one that is not stays."""
    state.deliveries.drop(begun(state, 1).number)
    begun(state, 2)
    clock.now = NOW + timedelta(days=4)
    begun(state, 3)
    assert [state.deliveries.of(update) is None for update in (1, 2, 3)] == [True, False, False]


def test_no_text_is_left_in_the_file(tmp_path: Path) -> None:
    """What was sent is overwritten, not only marked as free."""
    with closing(State.open(tmp_path / "s")) as state:
        state.inbox.accept(1, 70, "a payload to find")
        number = state.deliveries.begin(1, None, Place(70), None, [Chunk("a chunk to find", "")]).number
        state.deliveries.sent(number, 21)
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"to find" not in left
