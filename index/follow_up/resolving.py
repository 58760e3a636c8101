"""A follow-up question made whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from index.follow_up import joining
from index.follow_up.filling import asked_fragment, filled, is_fragment, repeats, without_clash
from index.follow_up.pronouns import named
from index.follow_up.repeating import is_bare, repeated
from index.follow_up.standing import stands_alone, unbound
from index.follow_up.typed import Text, body, spoken
from index.follow_up.words import words
from index.types import AskerLanguage

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    turn = next((each for each in reversed(history) if each.question.strip() and not _is_alone(each.question)), None)
    turn = replace(turn, question=_plainly(turn.question)) if turn else None
    if turn is None or len(question) > _LONGEST or not any(map(str.isalnum, question)) or _is_alone(question):
        return question
    language = spoken(question, turn.question)
    asked = body(question, language)
    if asked.text.lists.whole("more", question.strip(" ?!.…,")):
        return _in_detail(asked, turn)
    said = " ".join(f"{each.question} {each.answer}" for each in history[-_KIN:])
    return _made_whole(question, asked, turn, said)


def _made_whole(question: str, asked: Body, turn: Turn, said: str) -> str:
    before = spoken(turn.question, turn.question)
    same = asked.text.language == before
    earlier = turn.question
    if is_fragment(asked, question):
        return filled(question, asked, earlier) if same else _combined(question, asked, turn, before)
    if fragment := asked_fragment(asked):
        again = same and repeats(asked, earlier)
        return filled(question, fragment, earlier) if again else _combined(question, asked, turn, before)
    if is_bare(asked) and same:
        return repeated(asked, earlier)
    if stands_alone(asked, question, said):
        return question
    if same and (meant := named(asked.text, unbound(asked.text), turn)):
        return meant
    return _combined(question, asked, turn, before)


def _combined(question: str, asked: Body, turn: Turn, before: AskerLanguage) -> str:
    earlier = joining.first(turn.question)
    return joining.after(without_clash(Text(earlier, before), asked.text), question)


def _in_detail(asked: Body, turn: Turn) -> str:
    """The earlier question with a word that asks for more."""
    return f"{asked.text.lists.texts['in_detail']}: {joining.small(turn.question)}"


def _is_alone(question: str) -> bool:
    """Whether a message is a greeting or the like, from which nothing goes on."""
    return any(words(language).whole("alone", question.strip(" ?!.…")) for language in get_args(AskerLanguage))


def _plainly(question: str) -> str:
    """The question without the word that asked for more."""
    prefixes = (f"{words(language).texts['in_detail']}: " for language in get_args(AskerLanguage))
    prefix = next((each for each in prefixes if question.startswith(each)), "")
    return joining.capital(question.removeprefix(prefix)) if prefix else question
