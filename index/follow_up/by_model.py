"""A follow-up made whole by a language model, whose words are used only where they pass every check."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answer.to_models import speaks_to_models
from index.answer.writing.offer import tokens
from index.errors import LanguageModelError
from index.follow_up.bounds import fenced, heeded, unfenced
from index.follow_up.vetting import objection
from prompts import orders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.ports import LanguageModel
    from index.types import AskerLanguage, Turn

_LOG = logging.getLogger(__name__)
_SHARE = 0.25
"""Of the time for a written answer: the prompt has a third of the tokens of one that writes, the reply a fifth; and a
model that needs longer would not have the answer written in what is left."""
_FRAME = 60
"""Tokens for what servers put around instructions and material."""
_LONGEST_REPLY = 20_000  # code points, reasoning included
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_LABEL = re.compile(
    r"\A[^:?\n]{0,60}\b(?:question|rewritten|вопрос|запитання|питання)\b[^:?\n]{0,40}:\s{0,9}", re.IGNORECASE
)
_SIGNS = " \t*_`#>-–—•"
_QUOTES = (("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"), ('"', '"'), ("'", "'"), ("‘", "’"))


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Has a model write a follow-up out in full, within a part of the ``seconds`` that a written answer may take.

    ``room`` is how many tokens the model can be given.
    """

    model: LanguageModel
    room: int
    seconds: float

    def rewritten(self, question: str, history: Sequence[Turn], language: AskerLanguage) -> str | None:
        """The question in the model's words; None where the model or what it wrote is of no use, which is logged.

        ``history`` holds the earlier turns, oldest first; ``language`` is the question's.
        """
        turns = heeded(history)
        if not turns or speaks_to_models(question):
            return None
        try:
            written = first_line(self._reply(question, turns, language))
            fault = objection(written, question, turns, language)
        except LanguageModelError as error:
            _LOG.warning("A follow-up is understood by rules: %s", error)
            return None
        except Exception as error:  # noqa: BLE001 - the rules are at hand; what the checks stumble on must not cost them
            _LOG.warning("A rewritten follow-up could not be checked: %s", type(error).__name__, exc_info=True)
            return None
        if fault:
            _LOG.warning("A follow-up is understood by rules: what the model wrote was refused (%s)", fault)
        return None if fault else written

    def _reply(self, question: str, turns: Sequence[Turn], language: AskerLanguage) -> str:
        instructions, frame = orders("follow", language)
        asked = unfenced(question)
        material = fenced(turns, self.room - _FRAME - tokens(instructions + frame + asked))
        if not material:
            raise LanguageModelError("No turn fits into the language model's context: raise [llm] context")
        filled = frame.format_map({"turns": material, "question": asked})
        return _read(self.model.write(instructions, filled, self.seconds * _SHARE))


def first_line(reply: str) -> str:
    """The first line of a reply that says something, without reasoning, markup, labels and quotes around it."""
    return next(filter(None, map(_bare, _THOUGHT.sub("", reply).splitlines())), "")


def _bare(line: str) -> str:
    text = _LABEL.sub("", " ".join(line.split()).strip(_SIGNS), count=1).strip(_SIGNS)
    for opening, closing in _QUOTES:
        inside = text[1:-1]
        if text[:1] == opening and text[-1:] == closing and opening not in inside and closing not in inside:
            return inside.strip()
    return text


def _read(pieces: Iterator[str]) -> str:
    """A reply as far as its first line goes: what a model goes on with is not waited for."""
    reply = ""
    for piece in pieces:
        reply += piece
        if ("\n" in piece and first_line(reply.rpartition("\n")[0])) or len(reply) > _LONGEST_REPLY:
            break
    return reply
