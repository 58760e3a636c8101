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


BRIDGE: dict[AskerLanguage, Turn] = {
    "ru": Turn("Кто построил мост через Сулу?", "Мост построила компания «Мостобуд-7» за 412 миллионов гривен."),
    "uk": Turn("Хто збудував міст через Сулу?", "Міст збудувала компанія «Мостобуд-7» за 412 мільйонів гривень."),
    "en": Turn("Who built the bridge over the Sula?", "Mostobud-7 built the bridge for 412 million hryvnias in March."),
}
"""A turn, what is typed after it, and the full question, in each language."""
TYPED: dict[AskerLanguage, str] = {"ru": "а когда открыли?", "uk": "а коли відкрили?", "en": "and when did it open?"}
FULL: dict[AskerLanguage, str] = {
    "ru": "Когда открыли мост через Сулу?",
    "uk": "Коли відкрили міст через Сулу?",
    "en": "When did the bridge over the Sula open?",
}


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
