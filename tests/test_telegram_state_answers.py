"""Answers in the bot's state: by number, by message, by question, by conversation."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.state import State
from bot.telegram.types import CitedSpan, Place
from tests.test_telegram_state import NOW, clock, kept, state

if TYPE_CHECKING:
    from bot.telegram.types import KeptAnswer
    from tests.test_telegram_state import Clock

__all__ = ["clock", "state"]  # fixtures, which pytest finds by their names

TOPIC = Place(-5, 2)


def numbers(answers: list[KeptAnswer]) -> list[int]:
    """The numbers of answers."""
    return [each.number for each in answers]


def number_of(answer: KeptAnswer | None) -> int | None:
    """The number of an answer that may be missing."""
    return answer.number if answer else None


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        kept,
        place=st.builds(Place, st.integers(-(10**13), 10**13), st.none() | st.integers(1, 10**9)),
        question_message=st.none() | st.integers(1, 2**52),  # as large as Telegram ever makes ids
        question=st.text(),
        text=st.text(),
        citations=st.lists(st.builds(CitedSpan, st.text(), st.integers(0), st.integers(0), st.text())).map(tuple),
        passages=st.lists(st.text()).map(tuple),
        confidence=st.floats(0, 1),
        asked=st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.timezones()),  # noqa: DTZ001 - a bound
    )
)
def test_any_answer_comes_back_as_it_was(answer: KeptAnswer) -> None:
    """Characters, spans, times with their fractions: all is kept."""
    with TemporaryDirectory() as folder, closing(State.open(Path(folder, "s"))) as state:
        number = state.answers.keep(answer)
        assert state.answers.get(number) == replace(answer, number=number)


def test_half_a_character_does_not_stop_an_answer(state: State) -> None:
    """Half a surrogate pair, which no file can hold, becomes a question mark."""
    found = state.answers.get(state.answers.keep(kept(question="так\ud83d", passages=("\udc00",))))
    assert found
    assert (found.question, found.passages) == ("так?", ("?",))


def test_a_message_shows_the_answer_it_was_last_given(state: State) -> None:
    """An edited message belongs to the newer answer, and is no message of the older one any more."""
    old, new = state.answers.keep(kept()), state.answers.keep(kept())
    for message in (21, 22):
        state.answers.carried(old, 70, message)
    state.answers.carried(new, 70, 21)
    assert [number_of(state.answers.of_message(70, each)) for each in (21, 22, 23)] == [new, old, None]
    assert (state.answers.messages(old), state.answers.messages(new)) == ((22,), (21,))


def test_messages_of_other_chats_are_other_messages(state: State) -> None:
    """Ids repeat between chats."""
    state.answers.carried(state.answers.keep(kept()), 70, 21)
    assert state.answers.of_message(71, 21) is None


def test_a_passage_view_belongs_to_its_answer_without_carrying_it(state: State) -> None:
    """A reply to it continues the thread; an edited question does not overwrite it."""
    number = state.answers.keep(kept())
    state.answers.carried(number, 70, 21)
    for message in (21, 30):
        state.answers.note_message(number, 70, message)
    assert number_of(state.answers.of_message(70, 30)) == number
    assert state.answers.messages(number) == (21,)


def test_the_newest_answer_to_a_question(state: State) -> None:
    """An edited question has been answered more than once."""
    state.answers.keep(kept())
    second = state.answers.keep(kept())
    state.answers.keep(kept(question_message=12))
    assert number_of(state.answers.of_question(70, 11)) == second
    assert state.answers.of_question(71, 11) is None


def test_conversations_of_topics_are_apart(state: State) -> None:
    """The last answer is that of the same chat and the same topic."""
    plain, topical = state.answers.keep(kept(place=Place(-5))), state.answers.keep(kept(place=TOPIC))
    assert number_of(state.answers.last(Place(-5))) == plain
    assert number_of(state.answers.last(TOPIC)) == topical
    assert state.answers.last(Place(-5, 3)) is None


def test_a_new_conversation_begins_empty(state: State) -> None:
    """After /new there is no last answer until the next one; the old ones can still be rated and replied to."""
    old = state.answers.keep(kept())
    state.answers.carried(old, 70, 21)
    state.answers.forget(Place(70))
    assert state.answers.last(Place(70)) is None
    assert number_of(state.answers.of_message(70, 21)) == old
    assert state.ratings.rate(old, 70, 1, NOW)
    new = state.answers.keep(kept())
    assert number_of(state.answers.last(Place(70))) == new


def test_a_thread_is_the_answers_before_it(state: State) -> None:
    """The oldest first, the newest of them where there are too many, other threads left out."""
    first = state.answers.keep(kept())
    state.answers.keep(kept())
    second = state.answers.keep(kept(parent=first))
    third = state.answers.keep(kept(parent=second))
    assert numbers(state.answers.thread(third, 10)) == [first, second, third]
    assert numbers(state.answers.thread(third, 2)) == [second, third]
    assert state.answers.thread(999, 10) == []


@pytest.mark.parametrize("rated", [True, False])
def test_old_answers_go_unless_somebody_rated_them(state: State, clock: Clock, *, rated: bool) -> None:
    """After 90 days only what was rated is left, and no message leads to what is gone."""
    old = state.answers.keep(kept())
    state.answers.carried(old, 70, 21)
    if rated:
        state.ratings.rate(old, 70, 1, NOW)
    clock.now = NOW + timedelta(days=91)
    state.answers.keep(kept(place=TOPIC, asked=clock.now))
    assert (state.answers.get(old) is not None) == rated
    assert (state.answers.of_message(70, 21) is not None) == rated
    assert (state.answers.last(Place(70)) is not None) == rated


def test_numbers_are_never_given_twice(state: State) -> None:
    """A button under a message that outlived its answer must not open another one."""
    gone = state.answers.keep(kept())
    state.people.forget(70)
    assert state.answers.keep(kept()) > gone
