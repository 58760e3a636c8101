"""Questions in a conversation: understood, answered by the engine within a time, and laid out with their buttons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.asking import asker_language, readable
from bot.telegram import keyboards, texts
from bot.telegram.logs import REQUEST
from bot.telegram.passages import shows
from bot.telegram.rich import chunks
from bot.telegram.types import CitedSpan, KeptAnswer, Reply
from index.follow_up import REMEMBERED
from index.types import Answer, Query, Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.telegram.drafts import Drafts
    from bot.telegram.incoming import Incoming
    from bot.telegram.metrics import Metrics
    from bot.telegram.state import State
    from bot.telegram.types import Chunk
    from bot.telegram.workroom import Workroom
    from index.compose import Archive
    from index.types import AskerLanguage, Comparison


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers questions and comparisons; used from one event loop.

    ``writing`` are the seconds that an answer may take where a language model writes it; 0 where none does.
    """

    workroom: Workroom
    state: State
    metrics: Metrics
    drafts: Drafts
    writing: float

    async def answer(self, asked: Incoming, speaks: AskerLanguage) -> Reply:
        """The reply to a question, or to a request to compare outlets.

        Raises:
            TimeoutError: It took too long.
            CitewireError: The index cannot be read.
        """
        text = readable(asked.words)
        parent = self._followed(asked)
        history = [_turn(each) for each in self.state.answers.thread(parent.number, REMEMBERED)] if parent else []
        found = await self._found(asked, text, history, speaks)
        self.metrics.question(found.language, "refused" if found.refusal else "answered", found.seconds)
        kept = _kept(asked, text, found, parent)
        shown = found.question if found.question != text or asked.kind == "press" else None
        return Reply(
            _laid_out(found, shown),
            answer=kept,
            replaces=self._replaced(asked),
        )

    async def _found(
        self, asked: Incoming, text: str, history: list[Turn], speaks: AskerLanguage
    ) -> Answer | Comparison:
        """What the archive has, in a model's words where it has one and whoever asks wants that."""
        if asked.command == "compare" or not self.writing or self.state.people.wants_quotes(asked.user):
            job = partial(find, command=asked.command, text=text, history=history, speaks=speaks)
            return await self.workroom.run(job)
        async with self.drafts.of(asked) as show:
            found = await self.workroom.run_telling(
                partial(write, text=text, history=history, speaks=speaks),
                lambda so_far: show(next(iter(chunks(texts.answer(so_far, None))))),
                self.writing,
            )
        self.metrics.written(found)
        return found

    def answered(self, edited: Incoming) -> bool:
        """Whether an edited message asks what it asked before, and has its answer."""
        kept = self.state.answers.of_question(edited.place.chat, edited.message)
        kind = "comparison" if edited.command == "compare" else "answer"
        return kept is not None and (kept.kind, kept.question) == (kind, readable(edited.words))

    def _followed(self, asked: Incoming) -> KeptAnswer | None:
        """The answer that a question may follow: the one replied to, or else the last one here; none for an example."""
        if asked.kind == "press":
            return None
        if asked.kind == "edit" and (earlier := self.state.answers.of_question(asked.place.chat, asked.message)):
            return self.state.answers.get(earlier.parent) if earlier.parent else None
        replied = self.state.answers.of_message(asked.place.chat, asked.replied) if asked.replied else None
        return replied or self.state.answers.last(asked.place)

    def _replaced(self, asked: Incoming) -> tuple[int, ...]:
        """The messages that answered an edited question before."""
        earlier = self.state.answers.of_question(asked.place.chat, asked.message) if asked.kind == "edit" else None
        return self.state.answers.messages(earlier.number) if earlier else ()


def find(
    archive: Archive, *, command: str, text: str, history: list[Turn], speaks: AskerLanguage
) -> Answer | Comparison:
    """What the archive has on a question, made whole by the turns before it, in the articles' words."""
    asked, today = Query(text, asker_language(text, speaks)), datetime.now().astimezone().date()
    query = archive.engine.follower.whole(asked, history, by_model=False)
    if command == "compare":
        return archive.engine.comparer.compare(query, today)
    return archive.engine.answerer.answer(query, today)


def write(
    archive: Archive, tell: Callable[[Answer], None], *, text: str, history: list[Turn], speaks: AskerLanguage
) -> Answer:
    """The answer in a language model's words; ``tell`` gets it as far as it is each time that a sentence has passed."""
    asked, today = Query(text, asker_language(text, speaks)), datetime.now().astimezone().date()
    query = archive.engine.follower.whole(asked, history)
    return archive.engine.answerer.written(query, today, tell)


def _turn(kept: KeptAnswer) -> Turn:
    return Turn(kept.understood, kept.text)


def _laid_out(found: Answer | Comparison, understood: str | None) -> tuple[Chunk, ...]:
    """The messages, buttons under the last one."""
    cited = _spans(found)
    said = texts.answer(found, understood) if isinstance(found, Answer) else texts.comparison(found, understood)
    *others, last = chunks(said)
    more = any(not any(shows(hit.passage, each) for each in cited) for hit in found.hits)
    buttons = keyboards.under_answer(len(found.citations), more=more, language=found.language)
    return (*others, replace(last, buttons=buttons))


def _spans(found: Answer | Comparison) -> tuple[CitedSpan, ...]:
    return tuple(CitedSpan(each.article.id, each.span.start, each.span.end, each.quote) for each in found.citations)


def _said(found: Answer | Comparison) -> list[str]:
    """What was answered, sentence by sentence."""
    if isinstance(found, Answer):
        return [each.text for each in found.sentences]
    return [each.quote for each in found.citations]


def _kept(asked: Incoming, text: str, found: Answer | Comparison, parent: KeptAnswer | None) -> KeptAnswer:
    """What is remembered of it."""
    return KeptAnswer(
        place=asked.place,
        user=asked.user,
        question_message=asked.message if asked.kind != "press" else None,
        question=text,
        understood=found.question,
        language=found.language,
        kind="answer" if isinstance(found, Answer) else "comparison",
        text="" if found.refusal else " ".join(_said(found)),
        citations=_spans(found),
        passages=tuple(hit.passage.id for hit in found.hits),
        confidence=found.confidence,
        asked=datetime.now(UTC),
        seconds=found.seconds,
        version=version("citewire"),
        request=REQUEST.get(),
        parent=parent.number if parent else None,
    )
