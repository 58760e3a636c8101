"""The bot's state: the file itself, people, quotas, ratings, faults, figures."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.telegram.state import State, state_file, state_files
from bot.telegram.types import CitedSpan, KeptAnswer, Place
from index.errors import StoreError, StoreMismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 5, 20, 12, 0, 0, 250, tzinfo=UTC)
ANSWER = KeptAnswer(
    place=Place(70),
    user=70,
    question_message=11,
    question="і скільки їх?",
    understood="скільки мостів у Верхній Липівці?",
    language="uk",
    kind="answer",
    text="Мостів два.",
    citations=(CitedSpan("bridge-7", 3, 14, "мостів два"),),
    passages=("bridge-7:0", "ferry-2:1"),
    confidence=0.61,
    asked=NOW,
    seconds=1.5,
    version="0.2.0",
    request="K7M4PQ29",
)
HOUR = timedelta(hours=1)


def kept(**changes: Any) -> KeptAnswer:
    """The answer above, with some of its fields changed."""
    return replace(ANSWER, **changes)


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """What the state takes the time from."""
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Iterator[State]:
    """A new state."""
    with closing(State.open(tmp_path / "telegram-7.sqlite3", clock)) as opened:
        yield opened


def test_file_is_named_after_the_bot_and_never_after_its_secret(tmp_path: Path) -> None:
    """The name holds the bot's id; all bots' files are found."""
    file = state_file(tmp_path, "123456:Secret-Part_of_it")
    State.open(file).close()
    assert file.name == "telegram-123456.sqlite3"
    assert state_files(tmp_path) == [file]


def test_file_is_for_its_owner_only_and_its_folder_is_made(tmp_path: Path) -> None:
    """Nobody else on the machine may read what people asked."""
    file = tmp_path / "new" / "telegram-7.sqlite3"
    State.open(file).close()
    assert file.stat().st_mode & 0o077 == 0


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    """What one process wrote, the next one reads."""
    with closing(State.open(tmp_path / "s", Clock())) as state:
        state.people.set_language(70, "ru")
        number = state.answers.keep(ANSWER)
    with closing(State.open(tmp_path / "s", Clock())) as state:
        assert state.people.language(70) == "ru"
        assert state.answers.get(number) == kept(number=number)


def _other_format(file: Path) -> None:
    State.open(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _other_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE cake (recipe)")


@pytest.mark.parametrize("spoil", [_other_format, _other_database])
def test_another_format_is_refused_with_a_remedy(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """A file of another version, or of another program, is left alone."""
    file = tmp_path / "telegram-7.sqlite3"
    spoil(file)
    before = file.read_bytes()
    with pytest.raises(StoreMismatch, match=r"telegram-7\.sqlite3.*format (99|0).*move the file away"):
        State.open(file)
    assert file.read_bytes() == before


def test_an_older_format_is_brought_up_to_date(tmp_path: Path) -> None:
    """A file of the version before goes on as it was, and takes what is new."""
    file = tmp_path / "s"
    with closing(State.open(file)) as state:
        state.people.set_language(70, "ru")
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("ALTER TABLE people DROP COLUMN quotes; PRAGMA user_version = 1")
    for _ in range(2):
        with closing(State.open(file)) as state:
            state.people.set_quotes(71, wanted=True)
            assert state.people.language(70) == "ru"
            assert (state.people.wants_quotes(70), state.people.wants_quotes(71)) == (False, True)


def test_what_is_no_database_is_refused_with_a_remedy(tmp_path: Path) -> None:
    """Neither a text file nor a folder is taken for a state."""
    (tmp_path / "text").write_text("no database at all " * 50, "utf-8")
    for name in ("text", "."):
        with pytest.raises(StoreError, match="state cannot be"):
            State.open(tmp_path / name)


def test_transaction_stands_together_or_not_at_all(state: State) -> None:
    """An error takes all changes of the transaction back, in whatever part."""
    with suppress(ZeroDivisionError), state.transaction():
        state.inbox.accept(1, 70, "{}")
        state.people.admit(70)
        raise ZeroDivisionError
    assert (state.inbox.waiting(), state.people.admitted(70)) == (0, False)


def test_inner_transaction_fails_alone(state: State) -> None:
    """What is caught outside of an inner transaction undoes that one only."""
    with state.transaction():
        state.people.admit(1)
        with suppress(ZeroDivisionError), state.transaction():
            state.people.admit(2)
            raise ZeroDivisionError
        state.people.admit(3)
    assert [state.people.admitted(user) for user in (1, 2, 3)] == [True, False, True]


def test_a_closed_file_is_a_store_error(state: State) -> None:
    """SQLite's own errors come in our words."""
    state.close()
    with pytest.raises(StoreError, match="telegram-7"):
        state.inbox.waiting()


def test_the_latest_vote_counts(state: State) -> None:
    """One vote of each person: the same again changes nothing, another one replaces it."""
    number = state.answers.keep(ANSWER)
    assert [state.ratings.rate(number, 70, vote, NOW) for vote in (1, 1, -1)] == [True, False, True]
    assert state.ratings.rate(number, 71, 1, NOW + HOUR)
    assert [each.vote for each in state.ratings.export()] == [-1, 1]
    assert not state.ratings.rate(number + 1, 70, 1, NOW)


def test_exported_votes_name_nobody(state: State) -> None:
    """All that was asked and answered is there, and no id of a person, a chat or a message."""
    number = state.answers.keep(kept(place=Place(880_111), user=880_222, question_message=880_333))
    state.ratings.rate(number, 880_444, 1, NOW)
    (vote,) = state.ratings.export()
    assert "880" not in repr(vote)
    for name in ("question", "understood", "language", "kind", "text", "citations", "passages", "asked", "version"):
        assert getattr(vote, name) == getattr(ANSWER, name)


def test_faults_are_the_newest_two_hundred(state: State) -> None:
    """Older ones make room."""
    for number in range(205):
        state.faults.note(f"R{number}", "answering", "TimeoutError", NOW)
    faults = state.faults.last(1000)
    assert (len(faults), faults[0].request, faults[-1].request) == (200, "R204", "R5")
    assert [each.request for each in state.faults.last(2)] == ["R204", "R203"]
    assert (faults[0].where, faults[0].kind, faults[0].at) == ("answering", "TimeoutError", NOW)


def test_counts_of_nothing(state: State) -> None:
    """A new state has figures as well."""
    counts = state.counts(NOW)
    assert (counts.people, counts.answers, counts.median_seconds) == (0, 0, None)


def test_counts(state: State) -> None:
    """Each figure counts what its name says."""
    state.people.set_language(90, "uk")
    first = state.answers.keep(kept(asked=NOW - 30 * HOUR, seconds=4.0))
    state.answers.keep(kept(user=71, place=Place(-5, 2)))
    state.answers.keep(kept(text="", seconds=0.5))
    state.ratings.rate(first, 70, -1, NOW)
    state.inbox.accept(1, 70, "{}")
    counts = state.counts(NOW)
    assert (counts.people, counts.chats, counts.answers, counts.refusals, counts.last_day) == (3, 2, 3, 1, 2)
    assert (counts.thumbs_up, counts.thumbs_down, counts.waiting, counts.median_seconds) == (0, 1, 1, 1.5)
