"""A written answer in the making: what of it stands so far, and why the rest does not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.answer.writing.numbering import Numbering, kept_corroborations
from index.answer.writing.reply import is_declined
from index.language import detect
from index.types import AnswerSentence, Verdict

if TYPE_CHECKING:
    from index.answer.writing.offer import Offered
    from index.types import Answer, Reason


@dataclass(frozen=True, slots=True)
class Judged:
    """A written sentence with what checking found of it, and where it stands, the numbers of what it rests on."""

    text: str
    passages: tuple[Offered, ...]
    reasons: tuple[Reason, ...]
    numbers: tuple[int, ...] = ()


@dataclass(slots=True)
class Draft:
    """What a model has written so far in place of ``found``, sentence by sentence."""

    found: Answer
    judged: list[Judged] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    reply: str = ""

    @property
    def stands(self) -> bool:
        """Whether at least half of what was written may be shown."""
        standing = sum(not each.reasons for each in self.judged)
        return standing > 0 and 2 * standing >= len(self.judged) and not is_declined(self.reply)

    def is_foreign(self) -> bool:
        """Whether it is in another language than the asker's, by itself or by what checking found."""
        if is_declined(self.reply):
            return False
        checked = [each for each in self.judged if each.passages]
        if checked:
            return 2 * sum("language" in each.reasons for each in checked) > len(checked)
        return detect(self.reply) != self.found.language

    def note(self) -> str:
        """The key of the message that says why quotes stand in its place."""
        if is_declined(self.reply):
            return "llm_declined"
        return "llm_other_language" if self.is_foreign() else "llm_unsupported"

    def verdicts(self) -> tuple[Verdict, ...]:
        """What checking found of each sentence."""
        return tuple(Verdict(each.text, each.numbers if self.stands else (), each.reasons) for each in self.judged)

    def answer(self) -> Answer:
        """The sentences that may be shown, with what the quoting answer tells of other outlets."""
        numbering = Numbering(list(self.numbering.citations))
        together = kept_corroborations(self.found, numbering)
        articles = {each.article.id for each in numbering.citations}
        return replace(
            self.found,
            mode="llm",
            sentences=tuple(AnswerSentence(each.text, each.numbers) for each in self.judged if not each.reasons),
            citations=tuple(numbering.citations),
            corroborations=together,
            stories=tuple(story for story in self.found.stories if story.lead.id in articles),
            verdicts=self.verdicts(),
        )
