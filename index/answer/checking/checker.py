"""The check of one written sentence against the passages it cites: the reasons why it must not be shown.

By code alone: what wrote the sentence has no say. Words tell whether the source has each number, date and name, and who
does what where both have one verb. Nearness in meaning, by the encoder, tells what of the source a sentence speaks of:
whether there is anything of the kind, whether a number and a date belong to it, what is denied of it, and who did it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.answer.checking.cited import statements
from index.answer.checking.dates import misdated, unsupported_date
from index.answer.checking.meaning import is_addition, nearest
from index.answer.checking.names import misplaced, unsupported_name
from index.answer.checking.negations import turned
from index.answer.checking.numbers import exchanged_number, unsupported_number
from index.answer.checking.roles import exchanged, other_speaker, swapped, told_of_another
from index.answer.checking.speech import in_other_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Cited, Statement
    from index.ports import Embedder
    from index.types import AskerLanguage, Reason


_ROLES = (other_speaker, told_of_another, exchanged)
_LONGEST_SENTENCE, _MOST_NUMBERS, _LONGEST_PASSAGE = 1_000, 40, 6_000
"""Code points and runs of digits of a sentence, written or cited, that is checked at all, and code points of a passage
that are read: some parts of the work grow with the square of these. Passages have some 2,000 code points."""
_DIGITS = re.compile(r"\d+")


class Checker:
    """Checks written sentences with an embedder whose vectors do not tell languages apart (as ``NeutralEmbedder``)."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def reasons(self, sentence: str, cited: Sequence[Cited], language: AskerLanguage) -> tuple[Reason, ...]:
        """Why a sentence in the asker's language must not be shown; empty where its passages support it.

        ``sentence`` comes without its citation marks; ``cited`` are the passages it cites that exist, all of them.
        What is far too much for a sentence is neither shown nor a ground for anything. Raises ModelError.
        """
        if not _is_sentence(sentence):
            return ("meaning",)
        cited = [replace(each, text=each.text[:_LONGEST_PASSAGE]) for each in cited]
        told = [each for each in statements(cited) if _is_sentence(each.text)]
        if not told:
            return ("citation",)
        return tuple(
            dict.fromkeys(
                (*_by_words(sentence, cited, told, language), *self._by_meaning(sentence, cited, told, language))
            )
        )

    def _by_meaning(
        self, sentence: str, cited: Sequence[Cited], told: Sequence[Statement], language: AskerLanguage
    ) -> Iterator[Reason]:
        found = nearest(sentence, cited, told, self._embedder)
        if is_addition(sentence, language, cited, found):
            yield "meaning"
        if any(sentence in each.text for each in told):
            return
        if exchanged_number(sentence, language, told, self._embedder):
            yield "number"
        if misdated(sentence, language, told, self._embedder):
            yield "date"
        if turned(sentence, language, told, self._embedder):
            yield "negation"
        if any(check(sentence, language, told, self._embedder) for check in _ROLES):
            yield "roles"


def _is_sentence(text: str) -> bool:
    """Whether a text could be one sentence, which people would read."""
    return len(text) <= _LONGEST_SENTENCE and len(_DIGITS.findall(text)) <= _MOST_NUMBERS


def _by_words(
    sentence: str, cited: Sequence[Cited], told: Sequence[Statement], language: AskerLanguage
) -> Iterator[Reason]:
    if in_other_language(sentence, language):
        yield "language"
    if unsupported_number(sentence, language, told):
        yield "number"
    if unsupported_date(sentence, language, told):
        yield "date"
    if unsupported_name(sentence, language, cited) or misplaced(sentence, language, told):
        yield "name"
    if swapped(sentence, language, told):
        yield "roles"
