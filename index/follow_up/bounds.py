"""How much of a conversation is heard: the last turns, and of those what a language model is given, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.answer.to_models import speaks_to_models
from index.answer.writing.offer import tokens
from index.language import detect, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Turn

REMEMBERED = 4
"""Turns that a question may go on from: what was said before those is not meant any more."""
_MOST_TOKENS = 900
"""Tokens of earlier turns at the most: so few are read in a second or two by a model on a plain processor."""
_LONGEST_ANSWER = 300
"""Tokens of one answer at the most: the two or three sentences that it begins with tell what was spoken of."""
_TAGS = str.maketrans({"<": "‹", ">": "›"})
"""Without these nothing that was said can end the fence around it or open another."""


def remembered(history: Sequence[Turn]) -> Sequence[Turn]:
    """The turns that a question may go on from, oldest first."""
    return history[-REMEMBERED:]


def heeded(history: Sequence[Turn]) -> list[Turn]:
    """The remembered turns without those that speak to language models: an article may have been made to do so."""
    return [each for each in remembered(history) if not speaks_to_models(f"{each.question}\n{each.answer}")]


def fenced(history: Sequence[Turn], room: int) -> str:
    """The turns, oldest first, as data, in at most so many tokens; long answers are cut, then the oldest turns go."""
    left, chosen = min(room, _MOST_TOKENS), []
    for turn in reversed(history):
        bare = _fence(turn.question, "")
        if tokens(bare) > left:
            break
        answer = shortened(turn.answer.translate(_TAGS), min(left - tokens(bare), _LONGEST_ANSWER))
        text = _fence(turn.question, answer)
        chosen.append(text)
        left -= tokens(text)
    return "\n".join(reversed(chosen))


def unfenced(text: str) -> str:
    """The text with nothing in it that a fence is made of."""
    return " ".join(text.translate(_TAGS).split())


def shortened(text: str, room: int) -> str:
    """The first sentences of a text, whole ones, as many as fit into so many tokens; none where the first does not."""
    end = 0
    for span in sentence_spans(text, detect(text)):
        if tokens(text[: span.end]) > room:
            break
        end = span.end
    return text[:end]


def _fence(question: str, answer: str) -> str:
    return f"<turn>\n<asked>{unfenced(question)}</asked>\n<answered>{unfenced(answer)}</answered>\n</turn>"
