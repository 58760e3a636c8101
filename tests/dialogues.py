"""The labelled conversations of follow_ups.toml, and how a resolved question is compared with a hand-written one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from index.follow_up import resolve
from index.language import search_words
from index.types import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import AskerLanguage


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Earlier turns, what was typed last, and the full question that it stands for; `article` is what answers it."""

    language: AskerLanguage
    turns: tuple[Turn, ...]
    question: str
    full: str
    alone: bool
    held_out: bool
    article: str

    @property
    def resolved(self) -> str:
        """What the rules make of it."""
        return resolve(self.question, self.turns)

    @property
    def likeness(self) -> float:
        """F1 of the content lemmas and name keys of the resolved question against the hand-written one."""
        found, wanted = (set(search_words(text, self.language)) for text in (self.resolved, self.full))
        return 2 * len(found & wanted) / max(len(found) + len(wanted), 1)


@cache
def dialogues() -> tuple[Dialogue, ...]:
    """All of them, as the file has them."""
    records = tomllib.loads((Path(__file__).parent / "follow_ups.toml").read_text("utf-8"))["dialogue"]
    return tuple(
        Dialogue(
            language=each["language"],
            turns=tuple(Turn(*turn) for turn in each["turns"]),
            question=each["question"],
            full=each["full"],
            alone=each.get("alone", False),
            held_out=each.get("held_out", False),
            article=each.get("article", ""),
        )
        for each in records
    )


def mean_likeness(chosen: Iterable[Dialogue]) -> float:
    """The mean F1."""
    return fmean(each.likeness for each in chosen)
