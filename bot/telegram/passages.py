"""What the buttons under an answer show: a cited passage in its place, and the next best passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.telegram import keyboards, texts
from bot.telegram.rich import chunks
from bot.telegram.types import Reply
from index.errors import ArticleUnknown
from index.excerpt import excerpt, moved, still_says
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.telegram.incoming import Incoming
    from bot.telegram.rich import Block
    from bot.telegram.state import State
    from bot.telegram.types import CitedSpan, KeptAnswer
    from index.ports import Catalogue
    from index.types import Article, AskerLanguage, Passage

_A_PAGE = 3
"""Further passages shown at once."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Opens the passages of answers given earlier; used from one event loop."""

    catalogue: Catalogue
    state: State

    def cited(self, pressed: Incoming, speaks: AskerLanguage) -> Reply:
        """The passage of a citation, its sentence marked and its neighbours around it."""
        number, place = keyboards.read_place(pressed.data)
        kept = pressed_answer(self.state, number, pressed)
        if kept is None or not 1 <= place <= len(kept.citations):
            return Reply(tuple(chunks(texts.plain("tg_answer_gone", speaks))))
        said = self._excerpt(kept.citations[place - 1], place, kept.language)
        return Reply(tuple(chunks(said)), about=number)

    def further(self, pressed: Incoming, speaks: AskerLanguage) -> Reply:
        """The next best passages, those that are cited left out, some at a time."""
        number, start = keyboards.read_place(pressed.data)
        kept = pressed_answer(self.state, number, pressed)
        if kept is None:
            return Reply(tuple(chunks(texts.plain("tg_answer_gone", speaks))))
        start = min(start, len(kept.passages))  # whatever a forged button says
        found = list(islice(self._uncited(kept), start, start + _A_PAGE + 1))
        shown = found[:_A_PAGE]
        if not shown:
            return Reply(tuple(chunks(texts.plain("tg_no_more", kept.language))), about=number)
        *others, last = chunks(texts.more(shown, kept.language, start + 1))
        if len(found) > _A_PAGE:
            last = replace(last, buttons=keyboards.under_passages(number, start + _A_PAGE, kept.language))
        return Reply((*others, last), about=number)

    def _uncited(self, kept: KeptAnswer) -> Iterator[tuple[Passage, Article]]:
        """Best first, what an answer was not made of; loaded with their articles as far as they are asked for."""
        for first in range(0, len(kept.passages), _A_PAGE + 1):
            for passage, article in self.catalogue.passages(kept.passages[first : first + _A_PAGE + 1]):
                if not any(shows(passage, cited) for cited in kept.citations):
                    yield passage, article

    def _excerpt(self, cited: CitedSpan, number: int, language: AskerLanguage) -> list[Block]:
        """The passage as the article has it now; where it no longer says so, that is told."""
        try:
            article = self.catalogue.article(cited.article_id)
        except ArticleUnknown:
            return texts.plain("tg_article_gone", language)
        span = _where(article, cited)
        if span is None:
            return [*texts.plain("tg_article_changed", language), *texts.quoted(cited.quote)]
        return texts.excerpt(article, excerpt(article, span), language, number)


def pressed_answer(state: State, number: int, pressed: Incoming) -> KeptAnswer | None:
    """The answer with this number, if it was given in this chat: what a button sends can be forged."""
    kept = state.answers.get(number)
    if kept is None or kept.place.chat == pressed.place.chat:
        return kept
    # A group that has moved: its old buttons are still pressed where they were.
    shown = state.answers.of_message(pressed.place.chat, pressed.message)
    return kept if shown and shown.number == number else None


def _where(article: Article, cited: CitedSpan) -> Span | None:
    span = Span(cited.start, cited.end)
    return span if still_says(article, span, cited.quote) else moved(article, cited.quote)


def shows(passage: Passage, cited: CitedSpan) -> bool:
    """Whether what is cited stands in this passage."""
    return passage.article_id == cited.article_id and passage.start <= cited.start < passage.end
