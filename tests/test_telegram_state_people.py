"""People in the bot's state: what is known of them, quotas, leaving, groups that move."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.state import Limits, State, UsedUp
from bot.telegram.types import Chunk, Place
from tests.test_telegram_state import ANSWER, HOUR, NOW, clock, kept, state

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["clock", "state"]  # fixtures, which pytest finds by their names


def test_language_is_changed_and_admission_stays(state: State) -> None:
    """The two things known of a person do not disturb each other."""
    assert state.people.language(70) is None
    state.people.admit(70)
    state.people.set_language(70, "uk")
    state.people.set_language(70, "en")
    assert (state.people.language(70), state.people.admitted(70), state.people.admitted(71)) == ("en", True, False)


def test_who_blocked_the_bot_is_forgotten(state: State) -> None:
    """Person, unrated answers and what was under way go; rated answers and other people's things stay."""
    state.people.admit(70)
    unrated, rated, other = (state.answers.keep(kept(place=Place(chat))) for chat in (70, 70, -5))
    state.ratings.rate(rated, 70, 1, NOW)
    state.inbox.accept(1, 70, "{}")
    state.inbox.accept(2, -5, "{}")
    state.deliveries.begin(1, rated, Place(70), None, [Chunk("secret", "secret")])
    state.people.forget(70)
    assert not state.people.admitted(70)
    assert [state.answers.get(each) is None for each in (unrated, rated, other)] == [True, False, False]
    assert state.inbox.unfinished() == [(2, "{}")]
    assert state.answers.last(Place(70)) is None
    assert not state.inbox.accept(1, 70, "{}")


def test_a_message_that_arrives_after_forgetting_harms_nothing(state: State) -> None:
    """A send that was under way when its chat was forgotten ends like any other."""
    state.inbox.accept(1, 70, "{}")
    delivery = state.deliveries.begin(
        1, state.answers.keep(ANSWER), Place(70), None, [Chunk("a", "a"), Chunk("b", "b")]
    )
    state.people.forget(70)
    assert state.deliveries.sent(delivery.number, 12).sent == (12,)
    assert state.answers.of_message(70, 12) is None


def test_a_migrated_group_keeps_its_conversation_and_its_waiting_updates(state: State) -> None:
    """Rows follow to the new id; told twice makes no difference."""
    number = state.answers.keep(kept(place=Place(-5)))
    state.inbox.accept(1, -5, "{}")
    delivery = state.deliveries.begin(1, number, Place(-5), 11, [Chunk("a", "a")], replaces=[9])
    state.deliveries.sending(delivery.number, 30)
    for _ in range(2):
        state.people.migrate(-5, -100_005)
    moved = state.deliveries.of(1)
    assert moved
    assert (moved.place, moved.reply_to, moved.replaces, moved.floor) == (Place(-100_005), None, (), 0)
    last = state.answers.last(Place(-100_005))
    assert (last and last.number, state.answers.last(Place(-5))) == (number, None)


def test_messages_of_the_old_group_are_not_taken_for_the_new_ones(state: State) -> None:
    """A supergroup numbers anew: an old message's id means nothing there, and old buttons are still known."""
    number = state.answers.keep(kept(place=Place(-5)))
    state.answers.carried(number, -5, 12)
    state.people.migrate(-5, -100_005)
    assert state.answers.of_message(-100_005, 12) is None
    assert state.answers.of_question(-100_005, 11) is None
    assert state.answers.messages(number) == ()
    assert state.answers.of_message(-5, 12)


def test_an_answer_in_the_new_group_stays_its_last(state: State) -> None:
    """What was answered before the news of the migration came is newer than anything that moves."""
    state.answers.keep(kept(place=Place(-5)))
    newer = state.answers.keep(kept(place=Place(-100_005)))
    state.people.migrate(-5, -100_005)
    last = state.answers.last(Place(-100_005))
    assert last
    assert last.number == newer


def test_quota_says_from_when_on(state: State) -> None:
    """The moment named is the first at which the question is allowed."""
    limits = Limits(per_user=2, per_chat=0, window=HOUR)
    assert state.quotas.spend(1, 70, 70, NOW, limits) is None
    assert state.quotas.spend(2, 70, 70, NOW + HOUR / 2, limits) is None
    free, used_up = NOW + HOUR, UsedUp(NOW + HOUR, "user")
    assert state.quotas.spend(3, 70, 70, NOW + HOUR / 2, limits) == used_up
    assert state.quotas.spend(3, 70, 70, free - timedelta(microseconds=1), limits) == used_up
    assert state.quotas.spend(3, 70, 70, free, limits) is None


def test_quota_counts_an_update_once(state: State) -> None:
    """A question that is taken up again after a restart costs nothing more."""
    limits = Limits(per_user=1, per_chat=1, window=HOUR)
    assert [state.quotas.spend(1, 70, 70, NOW, limits) for _ in range(2)] == [None, None]
    assert state.quotas.spend(2, 70, 70, NOW, limits) == UsedUp(NOW + HOUR, "user")


def test_quota_of_a_chat_is_shared(state: State) -> None:
    """People in one group use its quota up together; without limits nobody is held up."""
    limits = Limits(per_user=0, per_chat=2, window=HOUR)
    told = [None, None, UsedUp(NOW + HOUR, "chat")]
    assert [state.quotas.spend(user, user, -5, NOW, limits) for user in (1, 2, 3)] == told
    assert state.quotas.spend(3, 3, -5, NOW, Limits(0, 0, HOUR)) is None


def test_of_two_quotas_the_one_that_lasts_longer_counts(state: State) -> None:
    """Where a person's and the chat's are used up, it is told of the one that is free again later."""
    limits = Limits(per_user=1, per_chat=2, window=HOUR)
    assert [state.quotas.spend(update, update, -5, NOW + update * HOUR / 4, limits) for update in (1, 2)] == [None] * 2
    assert state.quotas.spend(3, 1, -5, NOW + HOUR * 3 / 4, limits) == UsedUp(NOW + HOUR * 5 / 4, "user")
    assert state.quotas.spend(3, 2, -5, NOW + HOUR * 3 / 4, limits) == UsedUp(NOW + HOUR * 3 / 2, "user")
    assert state.quotas.spend(3, 3, -5, NOW + HOUR * 3 / 4, limits) == UsedUp(NOW + HOUR * 5 / 4, "chat")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 2)), max_size=25), st.integers(1, 4), st.integers(1, 4))
def test_no_window_ever_holds_more_than_the_limits(
    questions: list[tuple[int, int]], per_user: int, per_chat: int
) -> None:
    """Whatever the order of questions, each is allowed exactly if its window has room for it."""
    limits = Limits(per_user, per_chat, HOUR)
    allowed: list[tuple[datetime, int]] = []
    moment = NOW
    with TemporaryDirectory() as folder, closing(State.open(Path(folder, "s"))) as state:
        for update, (minutes, user) in enumerate(questions):
            moment += timedelta(minutes=minutes)
            within = [who for at, who in allowed if at > moment - HOUR]
            room = within.count(user) < per_user and len(within) < per_chat
            assert (state.quotas.spend(update, user, -5, moment, limits) is None) == room
            allowed += [(moment, user)] * room
