"""Whom a conversation's last turn was about: the people that its question or its answer names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.follow_up import joining
from index.follow_up.morphology import gender, name_readings
from index.follow_up.phrases import is_demonym, phrases
from index.follow_up.words import AUXILIARIES, tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.follow_up.phrases import Phrase
    from index.types import AskerLanguage, Turn

_WHO = {"ru": "кто", "uk": "хто", "en": "who"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_DIGIT = re.compile(r"\d")


def asks_who(question: str, language: AskerLanguage) -> bool:
    """Whether a question asks for a person whom its answer will name; "who is Ann Lee?" does not."""
    found = tokens(question)
    return bool(found) and found[0].plain == _WHO[language] and not words(language).within("whole", question)


def people(turn: Turn, language: AskerLanguage, genders: frozenset[str]) -> list[str]:
    """The people whom a question asking "who" was answered with, else those it names, else those of its answer.

    Of the answer only the first sentence is read. Genders say nothing in English, where any unknown name of the
    answer may be a person's.
    """
    question = joining.first(turn.question)
    asked, told = phrases(question, language), phrases(_SENTENCE.split(turn.answer)[0], language)
    known = {key for each in asked for key in each.keys}
    own = [each for each in asked if _may_be(each, language, genders) and _acts(each, question, language)]
    new = [each for each in told if _may_be(each, language, genders) and not each.keys & known]
    return _distinct(new if asks_who(turn.question, language) else own or new)


def _distinct(found: Iterable[Phrase]) -> list[str]:
    """The names, each person once: "Ann Lee" and "Lee" are one."""
    distinct: list[Phrase] = []
    for each in found:
        if not any(each.keys & other.keys for other in distinct):
            distinct.append(each)
    return [each.text for each in distinct]


def _may_be(name: Phrase, language: AskerLanguage, genders: frozenset[str]) -> bool:
    """Whether a name may be that of a person of a gender."""
    if name.kind not in ("person", "") or is_demonym(name, language) or _DIGIT.search(name.text):
        return False
    if language == "en":
        return name.preposition is None and not name.article
    found = gender(name_readings(name.text.split()[0], language))
    return name.kind == "person" and (not found or bool(found & genders))


def _acts(name: Phrase, question: str, language: AskerLanguage) -> bool:
    """Whether an English name is known as a person's, is of two words, or stands where a subject does."""
    if language != "en":
        return True
    before = tokens(question[: name.start])
    leads = not before or before[-1].plain in AUXILIARIES
    return name.kind == "person" or " " in name.text or leads
