"""A follow-up question made whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from index.follow_up import joining
from index.follow_up.filling import filled
from index.follow_up.fragments import fragment, repeats
from index.follow_up.phrases import PLACES
from index.follow_up.pronouns import named
from index.follow_up.repeating import is_bare, repeated
from index.follow_up.standing import stands_alone, unbound
from index.follow_up.times import tidy, without
from index.follow_up.typed import Text, body, spoken
from index.follow_up.words import words
from index.small_talk import small_talk
from index.types import AskerLanguage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.follow_up.phrases import Phrase
    from index.follow_up.typed import Body
    from index.types import Turn

_KIN = 2  # turns whose words tell that a question speaks of the same
_LONGEST = 200
"""Characters: whoever writes more says what is meant."""


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked had nothing been said before; unchanged where it stands alone.

    ``history`` holds the earlier turns, oldest first, each question as it was understood. All words of the result are
    those of the question, of the earlier one or, for a person who was asked for, of its answer.
    """
    turn = _gone_on_from(history)
    if turn is None or len(question) > _LONGEST or not any(map(str.isalnum, question)) or _is_alone(question):
        return question
    language = spoken(question, turn.question)
    asked = body(question, language)
    if asked.text.lists.whole("more", question.strip(" ?!.…,")):
        return _in_detail(asked, turn)
    said = " ".join(f"{each.question} {each.answer}" for each in history[-_KIN:])
    return _made_whole(question, asked, turn, said)


def _gone_on_from(history: Sequence[Turn]) -> Turn | None:
    """The last turn that was more than a greeting, its question as it was before more was asked of it."""
    turn = next((each for each in reversed(history) if each.question.strip() and not _is_alone(each.question)), None)
    return replace(turn, question=_plainly(turn.question)) if turn else None


def _made_whole(question: str, asked: Body, turn: Turn, said: str) -> str:
    """What was typed, by the first rule that fits; where none is sure, both questions, the earlier one first."""
    before = spoken(turn.question, turn.question)
    same = asked.text.language == before
    found: str | None = None
    if bare := fragment(asked, question):
        found = filled(question, bare, turn.question) if same and repeats(asked, turn.question) else None
    elif same and is_bare(asked):
        found = repeated(asked, turn.question)
    elif stands_alone(asked, question, said):
        found = question
    elif same:
        found = named(asked.text, unbound(asked.text), turn)
    return found or _combined(question, asked.text, Text(joining.first(turn.question), before))


def _combined(question: str, asked: Text, before: Text) -> str:
    """Both questions, the earlier one less the time and the place in whose stead the later one names others."""
    rest = before
    if asked.times:
        rest = Text(without(rest.text, rest.times), rest.language)
    places = [each for each in rest.names if each.kind in PLACES and each.preposition]
    if len(places) == 1 and any(_rivals(each, asked, places[0], rest) for each in asked.names):
        start, end = places[0].whole_start, places[0].end
        rest = Text(tidy(rest.text[:start] + rest.text[end:]), rest.language)
    return joining.after(rest.text if rest.tokens else before.text, question)


def _rivals(name: Phrase, asked: Text, slot: Phrase, before: Text) -> bool:
    """Whether a place is named instead of another: after a preposition of the same kind, or alone."""
    if name.kind not in PLACES:
        return False
    if name.preposition is None:
        return len(asked.tokens) == len(name.text.split())
    return bool(asked.relations(name) & before.relations(slot))


def _in_detail(asked: Body, turn: Turn) -> str:
    """The earlier question with a word that asks for more."""
    return f"{asked.text.lists.texts['in_detail']}: {joining.small(turn.question)}"


def _is_alone(question: str) -> bool:
    """Whether a message is a greeting or the like, from which nothing goes on."""
    return small_talk(question) is not None


def _plainly(question: str) -> str:
    """The question without the word that asked for more."""
    prefixes = (f"{words(language).texts['in_detail']}: " for language in get_args(AskerLanguage))
    prefix = next((each for each in prefixes if question.startswith(each)), "")
    return joining.capital(question.removeprefix(prefix)) if prefix else question
