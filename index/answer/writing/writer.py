"""The life of a written answer: offer passages, read what the model writes, show only what its passages bear out."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.answer.checking import Cited
from index.answer.writing.draft import Draft, Judged
from index.answer.writing.offer import make_offer, worth_offering
from index.answer.writing.reply import read_reply
from index.answer.writing.support import supporting_spans
from index.errors import LanguageModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.answer.checking import Checker
    from index.answer.writing.numbering import Numbering
    from index.answer.writing.offer import Offer, Offered
    from index.answer.writing.reply import Written
    from index.ports import Embedder, LanguageModel
    from index.types import Answer, AskerLanguage, Query

_LOG = logging.getLogger(__name__)
_MOST_SENTENCES = 8
"""A reply is read no further: four were asked for."""
_LONGEST_REPLY = 20_000  # code points, reasoning included
_RESERVE = 0.05
"""The share of the time that is kept for checking the last sentence, so that the limit holds for the whole."""
_FOREIGN_MATTER = re.compile(r"https?:|www\.|\w\.\w+/|(?<!\w)@\w|[<>{}|]")
"""Addresses and code: what a model makes of the passages has none, what an article wants it to say may."""
_OF_PASSAGES = re.compile(
    r"\W*(?:(?:the|this|these) (?:passages?|text|excerpts?)|(?:в |у )?(?:эт[оаи]\w* |цьому |цей |ці )?"
    r"(?:отрывк\w*|отрывок|фрагмент\w*|уривк\w*|уривок|текст[еі]?|тексту)) "
    r"(?:is|are|was|says?|states?|describes?|mentions?|discuss\w*|provides?|does|do|говорит\w*|описыва\w*|сообщает\w*|"
    r"упомина\w*|йдеться|розповіда\w*|опису\w*|повідомля\w*|згаду\w*|не )",
    re.IGNORECASE,
)
"""How a sentence begins that speaks of the passages, where it should tell what they say."""
_FEWEST_WORDS = 2
"""A single one says nothing that can be checked, or is what is left of a reply that broke off."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Has a model put in words what was found, within so many ``seconds`` for the whole answer.

    ``room`` is how many tokens the model can be given; ``embedder`` finds the words that a sentence rests on.
    """

    model: LanguageModel
    checker: Checker
    embedder: Embedder
    room: int
    seconds: float

    def write(self, query: Query, found: Answer, shown: Callable[[Answer], None] = lambda _: None) -> Answer:
        """The answer in the model's words, or ``found`` itself, which quotes, with a note that says why.

        A refusal stays what it is. ``shown`` gets the answer as far as it is written each time a sentence has passed;
        what is returned takes the place of all that it got.
        """
        if found.refusal:
            return found
        started = time.perf_counter()
        until = time.monotonic() + self.seconds * (1 - _RESERVE) - found.seconds
        try:
            draft = self._draft(query, found, until, shown)
        except LanguageModelError as error:
            _LOG.warning("%s", error)
            written = replace(found, note="llm_unavailable")
        except Exception as error:  # noqa: BLE001 - the quotes are at hand; what the checks stumble on must not cost them
            _LOG.warning("A written answer could not be checked: %s", type(error).__name__, exc_info=True)
            written = replace(found, note="llm_unsupported")
        else:
            written = draft.answer() if draft.stands else replace(found, note=draft.note(), verdicts=draft.verdicts())
        return replace(written, seconds=found.seconds + time.perf_counter() - started)

    def _draft(self, query: Query, found: Answer, until: float, shown: Callable[[Answer], None]) -> Draft:
        """What the model makes of the passages; in another language than the asker's, what it makes of them next."""
        offer = make_offer(query.text, query.language, worth_offering(found), self.room)
        draft = self._drafted(found, offer, offer.material, until, shown)
        if draft.stands or not draft.is_foreign():
            return draft
        return self._drafted(found, offer, f"{offer.material}\n\n{offer.reminder}", until, shown)

    def _drafted(
        self, found: Answer, offer: Offer, material: str, until: float, shown: Callable[[Answer], None]
    ) -> Draft:
        draft = Draft(found)
        pieces = self.model.write(offer.instructions, material, until - time.monotonic())
        for written in _read(pieces, draft, until):
            draft.judged.append(self._judged(written, offer.passages, found.language))
            if not draft.judged[-1].reasons:
                draft.judged[-1] = self._cited(draft.judged[-1], draft.numbering, found.language)
                shown(draft.answer())
        return draft

    def _judged(self, written: Written, passages: Sequence[Offered], language: AskerLanguage) -> Judged:
        existing = [passages[mark - 1] for mark in written.marks if 0 < mark <= len(passages)]
        if not existing or len(existing) < len(written.marks):
            return Judged(written.text, (), ("citation",))
        if not _is_statement(written.text):
            return Judged(written.text, (), ("meaning",))
        cited = [Cited(each.article, each.text) for each in existing]
        return Judged(written.text, tuple(existing), self.checker.reasons(written.text, cited, language))

    def _cited(self, judged: Judged, numbering: Numbering, language: AskerLanguage) -> Judged:
        numbers = [
            numbering.number(each.article, span)
            for each in judged.passages
            for span in supporting_spans(judged.text, language, each, self.embedder)
        ]
        return replace(judged, numbers=tuple(dict.fromkeys(numbers)))


def _is_statement(text: str) -> bool:
    """Whether a sentence tells something, rather than of the passages, of addresses, or nothing at all."""
    foreign = _FOREIGN_MATTER.search(text) or _OF_PASSAGES.match(text)
    return foreign is None and len(text.split()) >= _FEWEST_WORDS


def _read(pieces: Iterator[str], draft: Draft, until: float) -> Iterator[Written]:
    """The sentences of a reply, each as soon as it can change no more. Raises LanguageModelError where time is up."""
    done, finished = 0, False
    while not finished and done < _MOST_SENTENCES:
        piece = next(pieces, None)
        finished = piece is None or len(draft.reply) > _LONGEST_REPLY
        draft.reply += piece or ""
        for written in read_reply(draft.reply, draft.found.language, finished=finished)[done:_MOST_SENTENCES]:
            done += 1
            yield written
        if not finished and time.monotonic() > until:
            raise LanguageModelError("The language model did not finish in time; see [llm] timeout")
