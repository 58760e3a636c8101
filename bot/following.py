"""A question that goes on from earlier turns, as a query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.asking import query_of
from index.follow_up import resolve, spoken
from index.types import Turn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from index.types import Answer, Query


def query_after(options: argparse.Namespace, question: str, history: Sequence[Turn]) -> Query:
    """The query of a question that was typed, made whole by the turns before it, oldest first."""
    followed = whole(query_of(options, question), history)
    return replace(followed, language=options.lang) if options.lang else followed


def whole(typed: Query, history: Sequence[Turn]) -> Query:
    """The query made whole by the turns before it; a few words are taken to be in the language that they follow."""
    understood = resolve(typed.text, history)
    if understood == typed.text:
        return typed
    return replace(typed, text=understood, language=spoken(typed.text, history[-1].question))


def turn_of(answer: Answer) -> Turn:
    """What a later question may go on from: the question as it was understood, and what was answered."""
    return Turn(answer.question, " ".join(each.text for each in answer.sentences))
