"""Which ids a message may have whose sending ended in doubt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.message_ids import UNKNOWN, MessageIds

PRIVATE, BASIC, SUPERGROUP, OTHER = 7, -55, -1_000_000_000_055, -1_000_000_000_056
NOTES = st.lists(st.tuples(st.sampled_from([PRIVATE, 8, BASIC, SUPERGROUP]), st.integers(1, 300)), max_size=80)


def noted(*notes: tuple[int, int]) -> MessageIds:
    """Ids seen in chats."""
    ids = MessageIds()
    for chat, message in notes:
        ids.note(chat, message)
    return ids


@given(notes=NOTES, floor=st.integers(0, 300))
def test_candidates_are_new_ids_above_the_floor(notes: list[tuple[int, int]], floor: int) -> None:
    """None was seen in the same numbering; they rise, and there are not too many."""
    found = noted(*notes).candidates(PRIVATE, floor)
    seen = {message for chat, message in notes if chat != SUPERGROUP}
    assert found == sorted(set(found))
    assert not seen & set(found)
    assert all(each > floor for each in found)
    assert len(found) <= 60


@given(notes=NOTES, ahead=st.integers(1, 8))
def test_a_message_just_made_is_among_the_candidates(notes: list[tuple[int, int]], ahead: int) -> None:
    """Up to seven messages that nobody has told of yet may lie between it and the highest known."""
    ids = noted(*notes)
    highest = ids.highest(PRIVATE)
    assert highest + ahead in ids.candidates(PRIVATE, highest)


def test_private_chats_and_basic_groups_are_numbered_together() -> None:
    """What is seen in one cannot be the id of a message in another."""
    ids = noted((PRIVATE, 1), (8, 2), (BASIC, 3))
    assert ids.highest(PRIVATE) == ids.highest(BASIC) == 3
    assert ids.candidates(PRIVATE, 0)[0] == 4


def test_supergroups_are_numbered_apart() -> None:
    """Each begins with one."""
    ids = noted((PRIVATE, 100), (SUPERGROUP, 5))
    assert (ids.highest(PRIVATE), ids.highest(SUPERGROUP), ids.highest(OTHER)) == (100, 5, UNKNOWN)
    assert ids.candidates(SUPERGROUP, 5)[0] == 6


def test_a_group_that_just_became_a_supergroup_begins_anew() -> None:
    """Its numbering is known to be empty, which is another thing than not known."""
    ids = MessageIds()
    ids.begin(SUPERGROUP)
    assert (ids.highest(SUPERGROUP), ids.candidates(SUPERGROUP, 0)[0]) == (0, 1)
    ids.note(SUPERGROUP, 7)
    ids.begin(SUPERGROUP)
    assert ids.highest(SUPERGROUP) == 7


def test_gaps_are_looked_at_first() -> None:
    """An id skipped below one seen later is the likeliest: the message was sent before that."""
    assert noted((PRIVATE, 10), (PRIVATE, 12), (PRIVATE, 13)).candidates(PRIVATE, 10)[:2] == [11, 14]


def test_late_news_of_low_ids_lower_nothing() -> None:
    """The highest stays the highest."""
    assert noted((PRIVATE, 10), (PRIVATE, 4)).highest(PRIVATE) == 10


def test_memory_is_bounded() -> None:
    """Of very many ids the newest are remembered."""
    ids = noted(*((PRIVATE, number) for number in range(1, 7001)))
    assert len(ids._seen[0]) == 1000
    assert ids.candidates(PRIVATE, 6990) == list(range(7001, 7009))
