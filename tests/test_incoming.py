"""What arrives from Telegram, read into our own words; the updates are made by the emulator."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update, User

from bot.telegram.incoming import Origin, read
from bot.telegram.types import Place
from tests.fake_bot_api import FakeBotApi

if TYPE_CHECKING:
    from bot.telegram.incoming import Incoming

GROUP, SUPERGROUP = -55, -1_000_000_000_055
POSTED = 1_770_000_000
CHANNEL = {"id": -1_000_000_000_077, "type": "channel", "title": "Сульський вісник", "username": "sula_visnyk"}
KEYBOARD = {"inline_keyboard": [[{"text": "Хто капітан?", "callback_data": "ask:0"}, {"text": "?", "url": "a.b"}]]}


def taken(tg: FakeBotApi) -> Incoming | None:
    """The newest update, read by the bot."""
    update, me = Update.de_json(tg.updates[-1], None), User.de_json(tg.me, None)
    return read(update, me)


def heard(text: str = "", tg: FakeBotApi | None = None, **message: Any) -> Incoming:
    """What the bot makes of a message; in a group it sees all."""
    tg = tg or FakeBotApi(privacy_mode=False)
    tg.send_message(text, **message)
    found = taken(tg)
    assert found
    return found


def of_bot(tg: FakeBotApi, chat: int, **content: Any) -> int:
    """A message that the bot wrote before; its id."""
    number: int = tg._store_message(tg.add_chat(chat), tg.me, {"text": "!", **content})["message_id"]
    return number


def test_a_private_question() -> None:
    """In a private chat everything is meant for the bot; who asks, where, and in which language is kept."""
    found = heard("Хто\n капітан?", user=7, language_code="uk")
    assert (found.kind, found.place, found.user, found.profile_language) == ("message", Place(7), 7, "uk")
    assert (found.words, found.command, found.private, found.addressed, found.asks) == (
        *("Хто капітан?", ""),
        *(True, True, True),
    )


def test_a_profile_may_have_no_language() -> None:
    """Telegram does not always tell one."""
    assert heard("?").profile_language == ""


@pytest.mark.parametrize(
    ("text", "addressed", "words"),
    [
        ("Хто капітан?", False, "Хто капітан?"),
        ("@news_test_bot, хто капітан?", True, "хто капітан?"),
        ("Хто капітан, @News_Test_Bot?", True, "Хто капітан, ?"),
        ("@news_test_bot2 хто капітан?", False, "@news_test_bot2 хто капітан?"),
        ("@news_test_bot", True, ""),
    ],
)
def test_in_a_group_a_mention_addresses_the_bot(text: str, addressed: bool, words: str) -> None:  # noqa: FBT001 - a case
    """Only its own name, in any case; the name is no part of the question."""
    found = heard(text, chat=GROUP)
    assert (found.private, found.addressed, found.words) == (False, addressed, words)


def test_in_a_group_a_reply_addresses_the_bot() -> None:
    """A reply to the bot continues that thread."""
    tg = FakeBotApi(privacy_mode=False)
    number = of_bot(tg, GROUP)
    found = heard("а хто його власник?", tg, chat=GROUP, reply_to=number)
    assert (found.addressed, found.replied) == (True, number)


def test_a_reply_to_somebody_else_is_none_of_the_bots_business() -> None:
    """Two people who talk are left alone."""
    tg = FakeBotApi(privacy_mode=False)
    theirs = tg.send_message("Хто?", user=2, chat=GROUP)["message_id"]
    found = heard("Не знаю", tg, user=3, chat=GROUP, reply_to=theirs)
    assert (found.addressed, found.replied) == (False, None)


@pytest.mark.parametrize("chat", [7, GROUP])
@pytest.mark.parametrize(
    ("text", "command", "words"),
    [
        ("/start", "start", ""),
        ("/LATEST  мости\nі дороги", "latest", "мости і дороги"),
        ("/compare@news_test_bot ціни", "compare", "ціни"),
        ("/help@NEWS_TEST_BOT", "help", ""),
    ],
)
def test_a_command(chat: int, text: str, command: str, words: str) -> None:
    """Without slash and name, in lower case, with what follows it."""
    found = heard(text, user=7, chat=chat)
    assert (found.command, found.words, found.addressed) == (command, words, True)


def test_a_command_for_another_bot_is_left_to_it() -> None:
    """Telegram hands such commands to every bot that sees all messages of a group."""
    assert not heard("/start@other_bot", chat=GROUP).addressed


def test_a_path_is_no_command() -> None:
    """A slash in front of more than a word makes a text."""
    found = heard("/etc/hosts є у статті?")
    assert (found.command, found.words) == ("", "/etc/hosts є у статті?")


def test_only_what_takes_a_while_counts_as_asking() -> None:
    """Questions, comparisons, searches and things to read do; what is answered at once does not."""
    asking = ["Хто?", "/compare ціни", "/latest мости", "/add https://visnyk.example/mist"]
    quick = ["/start", "/help", "/new", "/cancel", "/latest", "/sources all"]
    assert [heard(text).asks for text in asking + quick] == [True] * 4 + [False] * 6


def test_a_document_with_its_caption() -> None:
    """The caption is what is said about it, and may be a command."""
    found = heard("/add", document={"file_name": "міст.html", "content": b"<p>"})
    assert found.upload
    assert (found.command, found.upload.name, found.upload.size) == ("add", "міст.html", 3)
    assert found.asks


def test_a_picture_with_a_caption_is_a_question() -> None:
    """What is written under a picture is read like a text."""
    picture = {"photo": [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "Що це за міст?"}
    found = heard(extra=picture)
    assert (found.words, found.upload) == ("Що це за міст?", None)


@pytest.mark.parametrize(
    ("origin", "outlet", "url"),
    [
        ({"type": "channel", "chat": CHANNEL, "message_id": 9}, "Сульський вісник", "https://t.me/sula_visnyk/9"),
        ({"type": "channel", "chat": CHANNEL | {"username": ""}, "message_id": 9}, "Сульський вісник", None),
        ({"type": "chat", "sender_chat": CHANNEL}, "Сульський вісник", None),
        ({"type": "user", "sender_user": {"id": 5, "is_bot": False, "first_name": "Олена"}}, None, None),
        ({"type": "hidden_user", "sender_user_name": "Олена"}, None, None),
    ],
)
def test_a_forwarded_post_tells_where_it_is_from(origin: dict[str, Any], outlet: str | None, url: str | None) -> None:
    """A channel by its title and the post's address; of people no more than the time."""
    found = heard("/add це", forward_origin=origin | {"date": POSTED})
    assert found.origin == Origin(outlet, datetime.fromtimestamp(POSTED, UTC), url)
    assert (found.command, found.text) == ("", "/add це")


def test_a_forwarded_post_keeps_its_lines() -> None:
    """It may become an article, so nothing of it is tidied away."""
    post = "Міст відкрили\n\nРоботи  коштували 412 млн. @news_test_bot"
    origin = {"type": "hidden_user", "sender_user_name": "Олена", "date": POSTED}
    assert heard(post, forward_origin=origin).text == post


def test_topics_of_a_forum_are_places_of_their_own() -> None:
    """A topic's number belongs to the place."""
    topic = {"message_thread_id": 31, "is_topic_message": True}
    assert heard("/help", chat=SUPERGROUP, extra=topic).place == Place(SUPERGROUP, 31)


def test_a_thread_of_replies_is_no_topic() -> None:
    """Telegram numbers threads in groups without topics as well; all of them are one place."""
    assert heard("/help", chat=SUPERGROUP, extra={"message_thread_id": 31}).place == Place(SUPERGROUP)


def test_an_edited_question() -> None:
    """It keeps the id of the message, by which its answer is found."""
    tg = FakeBotApi()
    asked = tg.send_message("Хто?", user=7)
    tg.edit_message(7, asked["message_id"], "Хто капітан?")
    found = taken(tg)
    assert found
    assert (found.kind, found.message, found.words) == ("edit", asked["message_id"], "Хто капітан?")


@pytest.mark.parametrize(("button", "words", "asks"), [("Хто капітан?", "Хто капітан?", True), ("more:3:0", "", False)])
def test_a_pressed_button(button: str, words: str, asks: bool) -> None:  # noqa: FBT001 - a case
    """A button that stands for a question asks it by its label; others only send their data."""
    tg = FakeBotApi()
    rows = [*KEYBOARD["inline_keyboard"], [{"text": "ще", "callback_data": "more:3:0"}]]
    number = of_bot(tg, 7, reply_markup={"inline_keyboard": rows})
    query = tg.press(7, button)
    found = taken(tg)
    assert found
    assert (found.kind, found.message, found.query, found.place) == ("press", number, query, Place(7))
    assert (found.words, found.asks) == (words, asks)


def test_a_pressed_button_of_a_message_that_telegram_no_longer_shows() -> None:
    """Of an old message only its id is told; the button still works."""
    tg = FakeBotApi()
    number = of_bot(tg, 7, reply_markup=KEYBOARD)
    tg.messages[7][number] = {"chat": tg.chats[7], "message_id": number, "date": 0, "reply_markup": KEYBOARD}
    tg.press(7, "ask:0")
    del tg.updates[-1]["callback_query"]["message"]["reply_markup"]
    found = taken(tg)
    assert found
    assert (found.message, found.data, found.label, found.private) == (number, "ask:0", "", True)


def test_an_inline_query() -> None:
    """It is asked nowhere in particular: its place is the person's own."""
    tg = FakeBotApi()
    query = tg.inline_query(" міст ", user=7, language_code="ru")
    found = taken(tg)
    assert found
    assert (found.kind, found.query, found.text, found.place) == ("inline", query, "міст", Place(7))
    assert found.profile_language == "ru"


@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_title": "Новини"},
        {"new_chat_members": [{"id": 9, "is_bot": False, "first_name": "Олена"}]},
        {"left_chat_member": {"id": 9, "is_bot": False, "first_name": "Олена"}},
        {"migrate_to_chat_id": SUPERGROUP},
        {"group_chat_created": True},
    ],
    ids=lambda service: next(iter(service)),
)
def test_service_messages_are_nothing_said(service: dict[str, Any]) -> None:
    """Somebody joined or left, a title changed: nobody speaks to the bot."""
    tg = FakeBotApi(privacy_mode=False)
    tg.send_message(chat=GROUP, extra=service)
    assert taken(tg) is None


def test_an_edit_without_words_is_nothing() -> None:
    """A live location moves every few seconds, a picture is replaced: nothing is said by that."""
    tg = FakeBotApi()
    tg.send_message(user=7, extra={"location": {"latitude": 50.4, "longitude": 30.5, "live_period": 900}})
    sent = taken(tg)
    assert sent
    tg._push("edited_message", tg.messages[7][sent.message])
    assert taken(tg) is None


@pytest.mark.parametrize(("bot", "nothing"), [(None, True), (9, False)])
def test_a_passage_chosen_inline_is_no_question(bot: int | None, nothing: bool) -> None:  # noqa: FBT001 - a case
    """In the bot's own chat it comes back to the bot; what another bot helped to write is read like any text."""
    tg = FakeBotApi()
    via = tg.me if bot is None else {"id": bot, "is_bot": True, "first_name": "Інший"}
    tg.send_message("Міст відкрили — Вісник", user=7, extra={"via_bot": via})
    assert (taken(tg) is None) == nothing


def test_parts_of_an_album_belong_together() -> None:
    """Pictures that are sent together have one name in common; any other message has none."""
    picture = {"photo": [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]}
    assert (heard(extra=picture | {"media_group_id": "135"}).album, heard("?").album) == ("135", "")


@pytest.mark.parametrize("kind", ["channel_post", "my_chat_member"])
def test_what_no_person_says_is_nothing(kind: str) -> None:
    """Posts of channels and changes of membership are no messages of people."""
    tg = FakeBotApi()
    tg.set_member(GROUP, "member")
    if kind == "channel_post":
        post = tg._store_message(tg.add_chat(-1_000_000_000_077, "channel"), tg.me, {"text": "?"})
        del post["from"]
        tg._push(kind, post)
    assert taken(tg) is None


def test_other_bots_are_not_answered() -> None:
    """Two bots would talk for ever."""
    tg = FakeBotApi(privacy_mode=False)
    tg.users[9] = {"id": 9, "is_bot": True, "first_name": "Інший"}
    tg.send_message("@news_test_bot?", user=9, chat=GROUP)
    assert taken(tg) is None


@given(text=st.text(max_size=80), chat=st.sampled_from([7, GROUP]), caption=st.booleans())
def test_any_text_is_read(text: str, chat: int, caption: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever somebody writes, reading it raises nothing, and in private no word of a question is lost."""
    tg = FakeBotApi(privacy_mode=False)
    tg.send_message(text, user=7, chat=chat, document={"content": b"x"} if caption else None)
    found = taken(tg)
    if found and chat > 0 and not found.command and "@" not in text:
        assert found.words.split() == text.split()


@given(words=st.lists(st.sampled_from(["@news_test_bot", "/add", "@", "/", "a@news_test_bot", "?", "\n"]), max_size=6))
def test_any_mixture_of_names_and_slashes_is_read(words: list[str]) -> None:
    """Names and commands in odd places raise nothing and leave no name of the bot as a question's only word."""
    tg = FakeBotApi(privacy_mode=False)
    tg.send_message(" ".join(words), user=7, chat=GROUP)
    found = taken(tg)
    assert found is None or found.words != "@news_test_bot"
