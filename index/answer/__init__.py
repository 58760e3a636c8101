"""Hits to an answer: the sentences that answer, each with its citation, or a refusal."""

from index.answer.answerer import Answerer

__all__ = ["Answerer"]
