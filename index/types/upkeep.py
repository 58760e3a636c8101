"""What a look at an index finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal[
    "catalogue_missing",
    "catalogue_damaged",
    "catalogue_mismatch",
    "catalogue_dangling",
    "passages_torn",
    "windows_unreadable",
    "words_missing",
    "vectors_unusable",
    "vectors_missing",
    "vectors_extra",
    "vectors_wrong",
    "vectors_announced",
    "vectors_set_aside",
    "disk_full",
    "rights",
    "leftover",
    "model_damaged",
    "bot_state",
]
"""What may be wrong; the messages of these names say it to people."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an index: what kind, how often, where, and what the program that noticed it said."""

    kind: ProblemKind
    place: str
    count: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What an index holds, as far as that could be told, what is wrong with it, and what was repaired.

    ``writer`` is who is writing to it, None for nobody.
    """

    articles: int | None
    passages: int | None
    vectors: int | None
    problems: tuple[Problem, ...]
    repaired: tuple[Problem, ...] = ()
    writer: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong, or nothing any longer."""
        return not self.problems
