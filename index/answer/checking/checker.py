"""The check of one written sentence against the passages it cites: the reasons why it must not be shown.

By code alone: what wrote the sentence has no say. Facts (numbers, dates, names) are compared after normalisation, turns
of meaning by word lists, and the encoder tells whether the source says anything of the kind at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.answer.checking.binding import misdated
from index.answer.checking.cited import statements
from index.answer.checking.days import unsupported_date
from index.answer.checking.exchanged import exchanged_number
from index.answer.checking.meaning import is_addition, nearest
from index.answer.checking.naming import unsupported_name
from index.answer.checking.numbers import unsupported_number
from index.answer.checking.placing import misplaced
from index.answer.checking.roles import swapped
from index.answer.checking.speakers import other_speaker
from index.answer.checking.speech import in_other_language
from index.answer.checking.spoken_of import told_of_another
from index.answer.checking.swapping import exchanged
from index.answer.checking.turning import turned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.answer.checking.cited import Cited, Statement
    from index.ports import Embedder
    from index.types import AskerLanguage, Reason


class Checker:
    """Checks written sentences with an embedder whose vectors do not tell languages apart (as ``NeutralEmbedder``)."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def reasons(self, sentence: str, cited: Sequence[Cited], language: AskerLanguage) -> tuple[Reason, ...]:
        """Why a sentence in the asker's language must not be shown; empty where its passages support it.

        ``sentence`` comes without its citation marks; ``cited`` are the passages it cites that exist, all of them.
        Raises ModelError.
        """
        told = statements(cited)
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
        misplaced = (other_speaker, told_of_another, exchanged)
        if any(check(sentence, language, told, self._embedder) for check in misplaced):
            yield "roles"


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
