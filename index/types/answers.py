"""Answers and what they rest on: citations, corroborations, verdicts on what a model wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from index.types.articles import Article, Span
    from index.types.questions import AskerLanguage, Hit

Reason = Literal["citation", "number", "date", "name", "negation", "roles", "meaning", "language"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to the exact words of an article that support a sentence."""

    number: int
    article: Article
    span: Span

    @property
    def quote(self) -> str:
        """The cited words: always ``article.text[start:end]``, never a copy that could differ."""
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer and the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found of one written sentence: the reasons why it must not be shown, none where it is supported.

    ``citations`` are the numbers of what supports it, none where nothing does.
    """

    text: str
    citations: tuple[int, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the sentence may be shown."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What cited sentences of independent outlets are to each other.

    They say the "same"; or each "differs" from the first in a number, a date or a name: then ``values`` holds the words
    for it, a value a citation, as the articles have them.
    """

    kind: Literal["same", "differs"]
    citations: tuple[int, ...]
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are one text: ``lead`` speaks for all, ``copies`` are the others, as they were ranked."""

    lead: Article
    copies: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an asker gets: cited sentences, or a refusal with its reason.

    ``confidence`` lies in [0, 1]; ``refusal`` is None for an answer, else the key of the message that explains it;
    ``hits`` are the passages considered, best first; ``stories`` are the cited articles that others are copies of.
    ``window`` is the span of publication days that was searched, read off the question or asked for beside it; where it
    is empty of articles, ``nearest_days`` are those next to it.
    ``mode`` is "llm" where a language model wrote the sentences; ``verdicts`` are what checking found of all that it
    wrote, shown or not; ``note`` is the key of the message that says why the model was asked and yet is not shown.
    """

    question: str
    language: AskerLanguage
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    refusal: str | None = None
    mode: Literal["extractive", "llm"] = "extractive"
    seconds: float = 0.0
    corroborations: tuple[Corroboration, ...] = ()
    stories: tuple[Story, ...] = ()
    window: tuple[date | None, date | None] = (None, None)
    nearest_days: tuple[date, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What outlets say to a question, side by side: cited sentences, or a refusal with its reason.

    ``together`` tells which citations say the same and which differ; ``alone`` holds the numbers of those that no other
    outlet found has; ``stories`` are the articles cited, copies of one text joined; ``window`` and ``nearest_days``
    are as in an answer.
    """

    question: str
    language: AskerLanguage
    citations: tuple[Citation, ...] = ()
    together: tuple[Corroboration, ...] = ()
    alone: tuple[int, ...] = ()
    stories: tuple[Story, ...] = ()
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    refusal: str | None = None
    window: tuple[date | None, date | None] = (None, None)
    nearest_days: tuple[date, ...] = ()
    seconds: float = 0.0
