"""The bot's words as rows of SQLite and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.telegram.types import Button, Chunk, CitedSpan, Delivery, KeptAnswer, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Row

    from bot.telegram.state.database import Value

INSERT_ANSWER = """
    INSERT INTO answers (chat, topic, user, question_message, question, understood, language, kind, text, citations,
                         passages, confidence, asked, seconds, version, request, parent)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def stamp(moment: datetime) -> str:
    """A moment as it is stored: in UTC with microseconds, so that moments sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def storable(text: str) -> str:
    """Text that SQLite takes: halves of surrogate pairs become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def packed(value: object) -> str:
    """Lists of lists and words as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def chunks_text(chunks: Iterable[Chunk]) -> str:
    """Chunks as JSON."""
    return storable(
        packed(
            [
                (each.html, each.plain, [[(b.label, b.data, b.url) for b in row] for row in each.buttons])
                for each in chunks
            ]
        )
    )


def _read_chunk(html: str, plain: str, rows: list[list[list[str]]]) -> Chunk:
    return Chunk(html, plain, tuple(tuple(Button(*button) for button in row) for row in rows))


def read_delivery(row: Row) -> Delivery:
    """A delivery; one that is over has as many blank chunks as it has messages."""
    sent = tuple(json.loads(row["sent"]))
    stored: list[Any] = json.loads(row["chunks"]) if row["chunks"] else [("", "", [])] * len(sent)
    return Delivery(
        number=row["number"],
        update=row["update_number"],
        answer=row["answer"],
        place=_place(row),
        reply_to=row["reply_to"],
        chunks=tuple(_read_chunk(*each) for each in stored),
        sent=sent,
        floor=row["floor"],
        replaces=tuple(json.loads(row["replaces"])),
    )


def answer_row(kept: KeptAnswer) -> tuple[Value, ...]:
    """The values of INSERT_ANSWER."""
    return (
        kept.place.chat,
        kept.place.topic or 0,
        kept.user,
        kept.question_message,
        storable(kept.question),
        storable(kept.understood),
        kept.language,
        kept.kind,
        storable(kept.text),
        storable(packed([(span.article_id, span.start, span.end, span.quote) for span in kept.citations])),
        storable(packed(kept.passages)),
        kept.confidence,
        stamp(kept.asked),
        kept.seconds,
        kept.version,
        kept.request,
        kept.parent,
    )


def read_answer(row: Row) -> KeptAnswer:
    """An answer out of all columns of ``answers``."""
    return KeptAnswer(
        place=_place(row),
        user=row["user"],
        question_message=row["question_message"],
        question=row["question"],
        understood=row["understood"],
        language=row["language"],
        kind=row["kind"],
        text=row["text"],
        citations=read_citations(row),
        passages=tuple(json.loads(row["passages"])),
        confidence=row["confidence"],
        asked=datetime.fromisoformat(row["asked"]),
        seconds=row["seconds"],
        version=row["version"],
        request=row["request"],
        parent=row["parent"],
        number=row["number"],
    )


def read_citations(row: Row) -> tuple[CitedSpan, ...]:
    """The spans that an answer cited."""
    return tuple(CitedSpan(*each) for each in json.loads(row["citations"]))


def _place(row: Row) -> Place:
    return Place(row["chat"], row["topic"] or None)
