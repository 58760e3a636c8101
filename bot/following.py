"""A question that goes on from earlier turns, as a query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.asking import query_of
from index.types import Turn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from index.follow_up import Follower
    from index.types import Answer, Query


def query_after(
    follower: Follower, options: argparse.Namespace, question: str, history: Sequence[Turn], *, by_model: bool = True
) -> Query:
    """The query of a question that was typed, made whole by the turns before it, oldest first."""
    followed = follower.whole(query_of(options, question), history, by_model=by_model)
    return replace(followed, language=options.lang) if options.lang else followed


def turn_of(answer: Answer) -> Turn:
    """What a later question may go on from: the question as it was understood, and what was answered."""
    return Turn(answer.question, " ".join(each.text for each in answer.sentences))
