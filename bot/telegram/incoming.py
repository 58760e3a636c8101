"""What arrives from Telegram, read into our own words: who says what, where, and whether it is meant for the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.telegram.keyboards import ASK
from bot.telegram.types import Place

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import CallbackQuery, InlineQuery, Message, MessageOrigin, Update, User

Kind = Literal["message", "edit", "press", "inline"]

_QUICK = ("start", "help", "language", "mode", "sources", "new", "cancel", "about")


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that somebody sent; ``size`` in bytes."""

    file: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded post comes from: the channel's title, when it was posted, and its address if it has one."""

    outlet: str | None
    published: datetime
    url: str | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that a person did.

    ``message`` is the id of what they wrote, or of the message whose button they pressed. ``command`` is without slash
    and bot's name, ``text`` what follows it, or the whole text, a mention of the bot taken out. ``addressed`` tells
    that it is meant for the bot: always so in a private chat, elsewhere a command, a mention or a reply. ``replied`` is
    the message replied to. ``data`` and ``label`` are those of a pressed button, ``query`` the id to answer a press or
    an inline query under. ``album`` is common to what was sent together. ``surplus`` tells that more questions wait
    than can be answered soon, ``stranger`` that this person may not ask.
    """

    update: int
    kind: Kind
    place: Place
    user: int
    profile_language: str
    private: bool
    message: int
    text: str = ""
    command: str = ""
    addressed: bool = True
    replied: int | None = None
    data: str = ""
    label: str = ""
    query: str = ""
    upload: Upload | None = None
    origin: Origin | None = None
    album: str = ""
    surplus: bool = False
    stranger: bool = False

    @property
    def words(self) -> str:
        """What was asked: the text, or the label of the button that stands for a question."""
        if self.kind != "press":
            return self.text
        return self.label if self.data.startswith(ASK) else ""

    @property
    def asks(self) -> bool:
        """Whether it takes a while to answer: a question, or something to look for or to read."""
        # In private an unknown command is as slow as an administrator's, so that nobody can tell them apart.
        slow = self.command in ("", "compare", "latest") or (self.private and self.command not in _QUICK)
        return bool(not (self.surplus or self.stranger) and ((self.words and slow) or self.upload))


def read(update: Update, bot: User) -> Incoming | None:
    """The update in our words; None for what the bot has no use for, such as channel posts and service messages."""
    if update.callback_query:
        return _press(update.update_id, update.callback_query)
    if update.inline_query:
        return _inline(update.update_id, update.inline_query)
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return None
    # An anonymous administrator writes as a bot of Telegram's, in the name of the group.
    if message.from_user.is_bot and message.sender_chat is None:
        return None
    return _message(update.update_id, "message" if update.message else "edit", message, bot)


def _inline(update: int, asked: InlineQuery) -> Incoming:
    return Incoming(
        update=update,
        kind="inline",
        place=Place(asked.from_user.id),
        user=asked.from_user.id,
        profile_language=asked.from_user.language_code or "",
        private=True,
        message=0,
        text=_tidy(asked.query),
        query=asked.id,
    )


def _press(update: int, pressed: CallbackQuery) -> Incoming | None:
    if pressed.message is None or not pressed.data:
        return None
    keyboard = getattr(pressed.message, "reply_markup", None)
    rows = keyboard.inline_keyboard if keyboard else ()
    labels = [button.text for row in rows for button in row if button.callback_data == pressed.data]
    return Incoming(
        update=update,
        kind="press",
        place=Place(pressed.message.chat.id, _topic(pressed.message)),
        user=pressed.from_user.id,
        profile_language=pressed.from_user.language_code or "",
        private=pressed.message.chat.type == "private",
        message=pressed.message.message_id,
        data=pressed.data,
        label=labels[0] if labels else "",
        query=pressed.id,
    )


def _message(update: int, kind: Kind, message: Message, bot: User) -> Incoming | None:
    assert message.from_user is not None
    text = message.text or message.caption or ""
    if _says_nothing(kind, text, message) or (message.via_bot and message.via_bot.id == bot.id):
        return None  # the latter is a passage that they chose inline
    to_bot = _replied(message, bot)
    found = Incoming(
        update=update,
        kind=kind,
        place=Place(message.chat.id, _topic(message)),
        user=message.from_user.id,
        profile_language=message.from_user.language_code or "",
        private=message.chat.type == "private",
        message=message.message_id,
        replied=to_bot,
        upload=_upload(message),
        origin=_origin(message.forward_origin) if message.forward_origin else None,
        album=message.media_group_id or "",
    )
    return _addressed(found, text, bot.username or "", to_bot=to_bot is not None)


def _says_nothing(kind: Kind, text: str, message: Message) -> bool:
    """Without words: somebody joined, a title changed; of edits a live location that moves, another picture."""
    return not text and (kind == "edit" or not message.effective_attachment)


def _replied(message: Message, bot: User) -> int | None:
    """The message of the bot that this is a reply to."""
    to = message.reply_to_message
    return to.message_id if to and to.from_user and to.from_user.id == bot.id else None


def _addressed(found: Incoming, text: str, name: str, *, to_bot: bool) -> Incoming:
    """Command, words, and whether they are meant for the bot of this name."""
    mention = re.compile(rf"(?<!\w)@{re.escape(name)}\b[,:]?", re.IGNORECASE)
    command = re.match(r"/(\w+)(?:@(\w+))?(?:\s+|$)", text)
    if command and found.origin is None:
        ours = not command[2] or command[2].lower() == name.lower()
        words = _tidy(mention.sub(" ", text[command.end() :]))
        return replace(found, command=command[1].lower(), text=words, addressed=ours)
    mentioned = bool(name and mention.search(text))
    words = text if found.origin else _tidy(mention.sub(" ", text) if mentioned else text)
    return replace(found, text=words, addressed=found.private or to_bot or mentioned)


def _topic(message: object) -> int | None:
    return getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None


def _upload(message: Message) -> Upload | None:
    document = message.document
    return Upload(document.file_id, document.file_name or "", document.file_size or 0) if document else None


def _origin(origin: MessageOrigin) -> Origin:
    """Of a channel its title and the post's address; of a person or a hidden sender only the time."""
    chat = getattr(origin, "chat", None) or getattr(origin, "sender_chat", None)
    name, number = getattr(chat, "username", None), getattr(origin, "message_id", None)
    url = f"https://t.me/{name}/{number}" if name and number else None
    return Origin(chat.title if chat else None, origin.date, url)


def _tidy(text: str) -> str:
    return " ".join(text.split())
