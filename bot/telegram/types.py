"""The words the Telegram application thinks in: places, turns kept, messages on their way out.

Frozen dataclasses without Telegram's library, so that what is remembered and what is said can be read and tested alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from index.types import AskerLanguage

Vote = Literal[1, -1]

ANSWER = "{answer}"
"""Stands in a button's data for the number of the answer it belongs to, which is known when that is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is held: a chat and, in a forum, its topic. Contexts of two places never mix."""

    chat: int
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens ``url``, or sends ``data`` (at most 64 bytes) back to the bot."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One message as it is sent: Telegram HTML, the same without markup as a last resort, and rows of buttons."""

    html: str
    plain: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """What a citation pointed at when the answer was given; ``quote`` tells later whether the article still says so."""

    article_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it is remembered: for its buttons, for follow-ups, for ratings.

    ``question`` is what was typed, ``understood`` what was answered; ``text`` is the answer's sentences in one string,
    empty for a refusal; ``passages`` are the ids of the passages considered, best first; ``question_message`` is the
    asker's message, None for a pressed button; ``parent`` is the answer that this one follows in its thread.
    """

    place: Place
    user: int
    question_message: int | None
    question: str
    understood: str
    language: AskerLanguage
    kind: Literal["answer", "comparison"]
    text: str
    citations: tuple[CitedSpan, ...]
    passages: tuple[str, ...]
    confidence: float
    asked: datetime
    seconds: float
    version: str
    request: str
    parent: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """Chunks on their way to a place, and how far they have come.

    ``sent`` are the ids of the messages that arrived, in order. ``floor`` is set while a chunk's fate is unknown: the
    highest message id known when it was sent, so that its own id can only be greater. ``replaces`` are the ids of
    earlier messages that the chunks take the place of, for an edited question.
    """

    number: int
    update: int
    answer: int | None
    place: Place
    reply_to: int | None
    chunks: tuple[Chunk, ...]
    sent: tuple[int, ...] = ()
    floor: int | None = None
    replaces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to something that came in.

    ``answer`` is to be remembered with it; ``replaces`` are earlier messages that it takes the place of; ``quoting``
    shows it as a reply to what was written; ``about`` is the number of the answer whose thread it belongs to.
    """

    chunks: tuple[Chunk, ...]
    answer: KeptAnswer | None = None
    replaces: tuple[int, ...] = ()
    quoting: bool = False
    about: int | None = None
