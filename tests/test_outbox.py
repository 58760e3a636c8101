"""Sending: whatever Telegram and the network do, a chat shows each chunk once and in order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.telegram_post import GROUP, USER, posting

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
SEND, EDIT, DELETE = "sendMessage", "editMessageText", "deleteMessage"
FAULTS = [429, 500, 502, 403, 400, 409, 401, "reset", "timeout", "garbled", "slow", "lost"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message in doubt is given 0.05 s to arrive instead of one second, and pauses grow no longer than that."""
    monkeypatch.setattr("bot.telegram.outbox._DOUBT_SECONDS", 0.05)
    monkeypatch.setattr("bot.telegram.outbox._LONGEST_PAUSE", 0.05)


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_chunk_arrives_once_and_in_order(fault: str | int, tmp_path: Path) -> None:
    """Whatever befalls the first of three."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        tg.inject(SEND, fault, delay=0.1)
        assert len(await post.deliver(1, "a", "b", "c")) == 3
        assert post.shown() == ["a", "b", "c"]
        assert post.over(1)


@pytest.mark.parametrize("fault", ["lost", "reset", 502])
async def test_each_chunk_may_fail(fault: str | int, tmp_path: Path) -> None:
    """Every single one ends in doubt, and some of the edits that look for them fail as well."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        for _ in range(3):
            tg.inject(SEND, fault)
        tg.inject(EDIT, 500)
        await post.deliver(1, "a", "b", "c")
        assert post.shown() == ["a", "b", "c"]


async def test_a_lost_answer_is_not_sent_again(tmp_path: Path) -> None:
    """It is found where it is: one message was sent."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        tg.inject(SEND, "lost")
        (message,) = await post.deliver(1, "a")
        assert len(tg.transcript(SEND)) == 1
        assert tg.chat_log(USER)[-1]["message_id"] == message


async def test_flood_control_is_heeded_to_the_second(tmp_path: Path) -> None:
    """No call goes to that chat before its time, and not much later."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        tg.inject(SEND, 429, retry_after=1)
        await post.deliver(1, "a")
        first, second = tg.transcript(SEND)
    assert 1.0 <= second.time - first.time < 1.5


async def test_a_chat_that_must_wait_delays_no_other(tmp_path: Path) -> None:
    """While one waits half a minute, another gets its three chunks."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        post.hear(GROUP)
        tg.inject(SEND, 429, retry_after=30, chat=USER)
        waiting = asyncio.ensure_future(post.deliver(1, "a"))
        await tg.wait_for(SEND)
        async with asyncio.timeout(5):
            await post.deliver(2, "x", "y", "z", chat=GROUP)
        assert (post.shown(GROUP), post.shown(), waiting.done()) == (["x", "y", "z"], [], False)
        waiting.cancel()


async def test_two_deliveries_to_a_chat_do_not_mix(tmp_path: Path) -> None:
    """The second waits until the first has all its chunks, though one of them fails."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        tg.inject(SEND, "reset")
        await asyncio.gather(post.deliver(1, "a", "b"), post.deliver(2, "c"))
        assert post.shown() == ["a", "b", "c"]


async def test_somebody_who_blocked_the_bot_is_forgotten(tmp_path: Path) -> None:
    """Nothing is sent any more; the rest is given up, and the language with it."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        post.state.people.set_language(USER, "uk")
        await post.deliver(1, "a")
        tg.block(USER)
        assert await post.deliver(2, "b", "c") == ()
        assert post.state.people.language(USER) is None
        assert (len(tg.transcript(SEND)), post.over(2)) == (2, True)


async def test_a_group_that_moves_gets_the_rest_at_its_new_id(tmp_path: Path) -> None:
    """The delivery follows it."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        tg.add_chat(GROUP, "group")
        post.hear(GROUP)
        delivery = post.write_down(1, ["a", "b"], GROUP)
        new = tg.migrate(GROUP)
        await post.outbox.deliver(delivery)
        assert (post.shown(GROUP), post.shown(new), post.over(1)) == ([], ["a", "b"], True)


async def test_bad_markup_falls_back_to_plain_text(tmp_path: Path) -> None:
    """The words arrive in any case."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        delivery = post.write_down(1, ["a < b"])
        await post.outbox.deliver(delivery)
        (message,) = tg.chat_log(USER)[1:]
    assert (message["text"], message.get("entities")) == ("a < b", None)


async def test_a_message_refused_in_every_form_is_given_up(tmp_path: Path) -> None:
    """Those behind it are sent; an administrator can see what happened."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        tg.inject(SEND, 400, times=6)
        assert await post.deliver(1, "a") == ()
        assert await post.deliver(2, "b")
        assert (post.shown(), post.over(1)) == (["b"], True)
        assert [each.kind for each in post.state.faults.last(9)] == ["refused"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_send_in_doubt_when_the_process_died(arrived: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """After the restart it is found, or sent: once in either case, and what follows it as well."""
    async with FakeBotApi(flood=False) as tg:
        async with posting(tg, tmp_path) as post:
            floor = post.hear()
            delivery = post.write_down(1, ["a", "b"])
            post.state.deliveries.sending(delivery.number, floor)
            if arrived:
                tg._store_message(tg.chats[USER], tg.me, {"text": "a"})
        async with posting(tg, tmp_path) as post:
            post.hear()
            under_way = post.state.deliveries.of(1)
            assert under_way
            await post.outbox.deliver(under_way)
            assert (post.shown(), post.over(1)) == (["a", "b"], True)


@pytest.mark.parametrize("calls", range(1, 5))
async def test_stopped_at_any_call_and_started_again(calls: int, tmp_path: Path) -> None:
    """A delivery is cut off while its n-th call is under way, with edits and sends; the next start ends it, once."""
    async with FakeBotApi(flood=False) as tg:
        async with posting(tg, tmp_path) as post:
            post.hear()
            old = await post.deliver(1, "a", "b")
            made = len(tg.calls)
            tg.inject("*", "slow", times=9, delay=0.05)
            cut = asyncio.ensure_future(post.deliver(2, "c", "d", "e", "f", replaces=old))
            await tg.wait_for(count=calls, after=made)
            cut.cancel()
            await asyncio.gather(cut, return_exceptions=True)
        tg.clear_faults()
        async with posting(tg, tmp_path) as post:
            under_way = post.state.deliveries.of(2)
            assert under_way
            await post.outbox.deliver(under_way)
            assert (post.shown(), post.over(2)) == (["c", "d", "e", "f"], True)


@pytest.mark.parametrize("calls", [1, 2])
async def test_stopped_while_taking_back_what_is_left_over(calls: int, tmp_path: Path) -> None:
    """A shorter answer is in its place already; what is left of the longer one goes after the restart at the latest."""
    async with FakeBotApi(flood=False) as tg:
        async with posting(tg, tmp_path) as post:
            post.hear()
            old = await post.deliver(1, "a", "b", "c")
            made = len(tg.calls)
            tg.inject(DELETE, "slow", times=9, delay=0.1)
            cut = asyncio.ensure_future(post.deliver(2, "x", replaces=old))
            await tg.wait_for(count=calls, after=made)
            cut.cancel()
            await asyncio.gather(cut, return_exceptions=True)
        async with posting(tg, tmp_path) as post:
            for update, _ in post.state.inbox.unfinished():
                under_way = post.state.deliveries.of(update)
                assert under_way
                await post.outbox.deliver(under_way)
            assert post.shown() == ["x"]


async def test_old_messages_are_not_taken_for_one_in_doubt(tmp_path: Path) -> None:
    """After a restart, before anybody writes, a button of an old message is pressed, and the reply ends in doubt."""
    async with FakeBotApi(flood=False) as tg:
        async with posting(tg, tmp_path) as post:
            post.hear()
            await post.deliver(1, "a", "b", "c")
        async with posting(tg, tmp_path) as post:
            tg.inject(SEND, "lost")
            await post.deliver(2, "d")
            assert post.shown() == ["a", "b", "c", "d"]


async def test_a_message_in_doubt_in_a_group_that_just_moved(tmp_path: Path) -> None:
    """Nothing is known of the new numbering; the answer is not lost for that."""
    group = -1_234_567_890  # long enough for the new id to be a supergroup's
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        tg.add_chat(group, "group")
        post.hear(group)
        delivery = post.write_down(1, ["a", "b"], group)
        new = tg.migrate(group)
        tg.inject(SEND, "reset", chat=new)
        await post.outbox.deliver(delivery)
        assert (post.shown(new), post.over(1)) == (["a", "b"], True)


@pytest.mark.parametrize("texts", [("x",), ("x", "y"), ("x", "y", "z")])
async def test_an_answer_is_replaced_in_place(texts: tuple[str, ...], tmp_path: Path) -> None:
    """With fewer, as many, or more messages than before; those left over are taken back."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        old = await post.deliver(1, "a", "b")
        new = await post.deliver(2, *texts, replaces=old)
        assert (post.shown(), post.over(2)) == (list(texts), True)
        assert new[:2] == old[: len(texts)]


async def test_replacing_with_the_same_is_no_trouble(tmp_path: Path) -> None:
    """The question was edited, its answer is as before."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        old = await post.deliver(1, "a", "b")
        assert await post.deliver(2, "a", "b", replaces=old) == old
        assert post.shown() == ["a", "b"]


async def test_a_message_that_the_user_deleted_is_sent_anew(tmp_path: Path) -> None:
    """An edit finds nothing to replace."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        old = await post.deliver(1, "a")
        del tg.messages[USER][old[0]]
        await post.deliver(2, "x", replaces=old)
        assert (post.shown(), post.over(2)) == (["x"], True)


@pytest.mark.parametrize("fault", [429, 500, 409, 400, "reset", "slow", "lost"])
async def test_edits_fail_and_succeed(fault: str | int, tmp_path: Path) -> None:
    """Nothing is doubled or left over whatever befalls the edit and the deletion."""
    async with FakeBotApi(flood=False) as tg, posting(tg, tmp_path) as post:
        post.hear()
        old = await post.deliver(1, "a", "b")
        tg.inject(EDIT, fault, delay=0.1)
        if fault != 400:  # a refusal to delete is final
            tg.inject(DELETE, fault, delay=0.1)
        await post.deliver(2, "x", replaces=old)
        assert (post.shown(), post.over(2)) == (["x"], True)
