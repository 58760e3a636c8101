"""What people thought of the answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bot.telegram.state.rows import read_citations, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Row

    from bot.telegram.state.database import Database
    from bot.telegram.types import CitedSpan, Vote
    from index.types import AskerLanguage


@dataclass(frozen=True, slots=True)
class Feedback:
    """A vote with what was asked and answered, and with nothing of who voted and where. See KeptAnswer."""

    answer: int
    vote: Vote
    rated: datetime
    asked: datetime
    question: str
    understood: str
    language: AskerLanguage
    kind: Literal["answer", "comparison"]
    text: str
    citations: tuple[CitedSpan, ...]
    passages: tuple[str, ...]
    confidence: float
    seconds: float
    version: str


class Ratings:
    """One vote of each person for each answer: the latest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rate(self, answer: int, user: int, vote: Vote, now: datetime) -> bool:
        """Count a vote; False where it is the one they gave before, or the answer is no longer kept."""
        with self._database.transaction():
            changed = self._database.run(
                "INSERT INTO ratings (answer, user, vote, rated) SELECT number, ?, ?, ? FROM answers WHERE number = ? "
                "ON CONFLICT (answer, user) DO UPDATE SET vote = excluded.vote, rated = excluded.rated "
                "WHERE vote <> excluded.vote",
                user,
                vote,
                stamp(now),
                answer,
            )
            self._database.run("UPDATE answers SET rated = 1 WHERE number = ? AND rated = 0", answer)
        return bool(changed)

    def export(self) -> Iterator[Feedback]:
        """All votes, the oldest first."""
        query = """
            SELECT ratings.answer, vote, ratings.rated, asked, question, understood, language, kind, text, citations,
                   passages, confidence, seconds, version
            FROM ratings JOIN answers ON number = answer ORDER BY ratings.rated, answer
        """
        return map(_feedback, self._database.rows(query))


def _feedback(row: Row) -> Feedback:
    return Feedback(
        answer=row["answer"],
        vote=row["vote"],
        rated=datetime.fromisoformat(row["rated"]),
        asked=datetime.fromisoformat(row["asked"]),
        question=row["question"],
        understood=row["understood"],
        language=row["language"],
        kind=row["kind"],
        text=row["text"],
        citations=read_citations(row),
        passages=tuple(json.loads(row["passages"])),
        confidence=row["confidence"],
        seconds=row["seconds"],
        version=row["version"],
    )
