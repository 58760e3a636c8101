"""The bot's journal through crashes and restarts: killed anywhere, and beside a model."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.telegram.state import State
from bot.telegram.types import Chunk, Place

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.telegram.state import State
from bot.telegram.types import Chunk, KeptAnswer, Place

now = datetime.now(UTC)
answer = KeptAnswer(Place(70), 70, 11, "?", "?", "uk", "answer", "!", (), (), 0.5, now, 1.0, "0.2.0", "K7M4PQ29")

def work(file, left):
    def count(statement):
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    state = State.open(file)
    state._database._connection.set_trace_callback(count)
    state.inbox.accept(1, 70, "payload")
    with state.transaction():
        number = state.answers.keep(answer)
        delivery = state.deliveries.begin(1, number, Place(70), 11, [Chunk("a", "a"), Chunk("b", "b")])
    for message in (21, 22):
        state.deliveries.sending(delivery.number, message - 1)
        file.with_suffix(".sent").write_text(str(message))
        state.deliveries.sent(delivery.number, message)

for statements in range(100):
    if not (child := os.fork()):
        work(Path(sys.argv[1], f"{statements}.state"), statements)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def check_after_kill(file: Path) -> None:
    """Answer and delivery exist together; every message sent is known, but for one that is known to be in doubt."""
    said = file.with_suffix(".sent")
    sent = int(said.read_text("utf-8")) - 20 if said.exists() else 0
    with closing(State.open(file)) as state:
        delivery = state.deliveries.of(1)
        assert (state.answers.get(1) is None) == (delivery is None)
        if delivery is None:
            assert sent == 0
            return
        over = len(delivery.sent) == 2
        assert state.inbox.waiting() == (not over)
        assert state.answers.messages(1) == delivery.sent == (21, 22)[: len(delivery.sent)]
        assert sent - len(delivery.sent) in ((0,) if delivery.floor is None else (0, 1))
        assert delivery.chunks[0].html == ("" if over else "a")


def test_a_kill_between_any_two_statements_leaves_a_consistent_state(tmp_path: Path) -> None:
    """A process is killed before its first statement, another before its second, until one gets to its end."""
    script = [sys.executable, "-c", KILLED, str(tmp_path)]
    subprocess.run(script, check=True, cwd=Path(__file__).parent.parent)
    files = sorted(tmp_path.glob("*.state"), key=lambda file: int(file.stem))
    assert 20 < len(files) < 100
    for file in files:
        check_after_kill(file)
    with closing(State.open(files[-1])) as state:
        assert state.inbox.waiting() == 0


UPDATES = st.integers(1, 5)


class Journal(RuleBasedStateMachine):
    """Inbox and deliveries beside a model of them in plain dictionaries, through restarts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.state = State.open(Path(self.folder.name, "s"))
        self.waiting: dict[int, str] = {}
        self.seen: set[int] = set()
        self.sent: dict[int, list[int]] = {}
        self.sizes: dict[int, int] = {}
        self.floors: dict[int, int | None] = {}
        self.message = 0

    def teardown(self) -> None:
        """Close the file."""
        self.state.close()
        self.folder.cleanup()

    @rule(update=UPDATES, payload=st.text(max_size=3))
    def accept(self, update: int, payload: str) -> None:
        """An update comes in."""
        assert self.state.inbox.accept(update, 70, payload) == (update not in self.seen)
        if update not in self.seen:
            self.waiting[update] = payload
        self.seen.add(update)

    @rule(update=UPDATES)
    def finish(self, update: int) -> None:
        """An update needs no reply, unless one is under way."""
        if update not in self.open():
            self.state.inbox.finish(update)
            self.waiting.pop(update, None)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), size=st.integers(1, 3))
    def begin(self, data: st.DataObject, size: int) -> None:
        """A reply is begun, or begun again."""
        update = data.draw(st.sampled_from(sorted(self.waiting)))
        self.state.deliveries.begin(update, None, Place(70), None, [Chunk("a", "a")] * size)
        if update not in self.sizes:
            self.sizes[update], self.sent[update], self.floors[update] = size, [], None

    @precondition(lambda self: self.open())
    @rule(data=st.data(), fate=st.sampled_from(["sending", "unsent", "sent", "drop"]))
    def go_on(self, data: st.DataObject, fate: str) -> None:
        """A delivery gets on, or not."""
        update = data.draw(st.sampled_from(self.open()))
        number = self.number(update)
        self.message += 1
        if fate == "sending":
            self.state.deliveries.sending(number, self.message)
        elif fate == "sent":
            assert len(self.state.deliveries.sent(number, self.message).chunks) == self.sizes[update]
            self.sent[update].append(self.message)
        else:
            getattr(self.state.deliveries, fate)(number)
            self.sizes[update] = len(self.sent[update]) if fate == "drop" else self.sizes[update]
        self.floors[update] = self.message if fate == "sending" else None
        if update not in self.open():
            self.waiting.pop(update)

    @rule()
    def restart(self) -> None:
        """The process ends and begins anew."""
        self.state.close()
        self.state = State.open(Path(self.folder.name, "s"))

    @invariant()
    def agrees(self) -> None:
        """Everything that can be asked is answered as the model does."""
        assert self.state.inbox.unfinished() == sorted(self.waiting.items())
        assert self.state.inbox.waiting() == len(self.waiting)
        for update, size in self.sizes.items():
            found = self.state.deliveries.of(update)
            assert found
            assert (len(found.chunks), list(found.sent), found.floor) == (size, self.sent[update], self.floors[update])
            assert all(bool(each.html) == (update in self.open()) for each in found.chunks)

    def open(self) -> list[int]:
        """Updates whose delivery is under way."""
        return [update for update, size in self.sizes.items() if len(self.sent[update]) < size]

    def number(self, update: int) -> int:
        """The number of an update's delivery."""
        found = self.state.deliveries.of(update)
        assert found
        return found.number


TestJournal = Journal.TestCase
TestJournal.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
