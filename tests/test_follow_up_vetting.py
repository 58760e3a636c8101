"""What a language model may make of a follow-up, measured on what a careful person would, and on planted facts.

On the 87 follow-ups of follow_ups.toml: the hand-written full questions, as a model that makes no mistake would write
them, are all accepted (29 a language), and none of 2,610 with a name, a number or a date planted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import pytest

from index.follow_up import spoken
from index.follow_up.vetting import objection
from index.types import AskerLanguage
from tests.dialogues import BRIDGE, FULL, TYPED, dialogues

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: tuple[AskerLanguage, ...] = get_args(AskerLanguage)
FOLLOW_UPS = [each for each in dialogues() if not each.alone]
PLANTED: dict[AskerLanguage, tuple[str, ...]] = {
    "ru": (
        "Зеленский",
        "аргентине",
        "ООН",
        "«Газпром»",
        "17",
        "двести",
        "5,5 миллиона",
        "в 2019 году",
        "14 мая",
        "завтра",
    ),
    "uk": ("Зеленський", "аргентині", "ООН", "Mendoza", "17", "двісті", "на 30%", "у 2019 році", "14 травня", "завтра"),
    "en": (
        "Zelensky",
        "argentina",
        "the UN",
        "Gazprom",
        "17",
        "eighty",
        "5.5 million",
        "in 2019",
        "on 14 May",
        "tomorrow",
    ),
}


@pytest.mark.parametrize(
    ("language", "reply"),
    [("ru", "Коли відкрили міст через Сулу?"), ("uk", "Когда открыли мост через Сулу?"), ("uk", FULL["en"])],
)
def test_neighbouring_languages_are_told_apart(language: AskerLanguage, reply: str) -> None:
    """A Russian question is not searched for in Ukrainian, nor the other way round."""
    assert objection(reply, TYPED[language], [BRIDGE[language]], language) == "language"


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("and in Kyiv?", "When did the bridge over the Sula open?"),
        ("and the 7 others?", "When did the others open the bridge over the Sula?"),
        ("and last week?", "Who built the bridge over the Sula?"),
    ],
)
def test_what_was_typed_may_not_get_lost(typed: str, reply: str) -> None:
    """A name, a number or a date of the typed question has to be in the one that is searched for."""
    assert objection(reply, typed, [BRIDGE["en"]], "en") == "lost"


def test_the_earlier_question_is_not_asked_again() -> None:
    """A model that repeats it has not understood, not even where only a question word was typed."""
    for typed in ("why?", "who opened it?"):
        assert objection(BRIDGE["en"].question, typed, [BRIDGE["en"]], "en") == "astray"
    assert objection("Why was the bridge over the Sula built?", "why?", [BRIDGE["en"]], "en") is None
    assert objection("Why was the mine in Lutsk closed?", "why?", [BRIDGE["en"]], "en") == "name"
    assert objection("Why was the harbour closed?", "why?", [BRIDGE["en"]], "en") == "astray"


def test_without_a_question_mark_typed_none_is_needed() -> None:
    """A question word, or the typed one's own beginning, tells as much; a statement stays one."""
    history = [BRIDGE["en"]]
    assert objection("When did the bridge over the Sula open", "and when did it open", history, "en") is None
    assert objection("Tell me when the bridge over the Sula opened", "tell me when it opened", history, "en") is None
    assert objection("The bridge over the Sula opened", "and when did it open", history, "en") == "chatter"


def test_full_questions_written_by_hand_are_accepted() -> None:
    """A model that makes no mistake is believed: in 19 of 20 labelled follow-ups at least, in each language."""
    accepted = Counter(
        each.language
        for each in FOLLOW_UPS
        if not objection(each.full, each.question, each.turns, spoken(each.question, each.turns[-1].question))
    )
    assert min(accepted[language] / 29 for language in LANGUAGES) >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_planted_facts_are_all_refused(language: AskerLanguage) -> None:
    """A name, a number or a date added to a full question, wherever it stands, is found in every one of them."""
    chosen = [each for each in FOLLOW_UPS if each.language == language]
    believed = [
        written
        for each in chosen
        for written in _planted(each.full, language)
        if not objection(written, each.question, each.turns, language)
    ]
    assert believed == []


def _planted(full: str, language: AskerLanguage) -> Iterator[str]:
    words = full.rstrip("?").split()
    for fact in PLANTED[language]:
        yield f"{' '.join([*words, fact])}?"
        yield f"{' '.join([*words[:2], fact, *words[2:]])}?"
        yield f"{fact[0].upper()}{fact[1:]}, {full[0].lower()}{full[1:]}"
