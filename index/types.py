"""The words this project thinks in: articles, passages, hits, citations, answers.

Frozen dataclasses over the standard library only, so that every layer may use them and none of them drags a
library along. Offsets are counted in code points of ``Article.text``, ends exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Literal

Language = Literal["ru", "uk", "en", "other"]
AskerLanguage = Literal["ru", "uk", "en"]
Markup = Literal["text", "markdown", "html"]
Reason = Literal["citation", "number", "date", "name", "negation", "roles", "meaning", "language"]


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, as precisely as the article says.

    ``at`` is None where only the day is known; ``at.tzinfo`` is None where a time is given without a zone.
    """

    day: date
    at: time | None = None

    @classmethod
    def from_iso(cls, text: str) -> Published:
        """Read what ``iso`` wrote. Raises ValueError for anything that is not an ISO 8601 date or date and time."""
        if len(text) <= len("2025-08-13"):
            return cls(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        return cls(moment.date(), moment.timetz())

    def iso(self) -> str:
        """ISO 8601: the day, and the time and the zone where they are known."""
        return self.day.isoformat() if self.at is None else datetime.combine(self.day, self.at).isoformat()

    def utc_seconds(self) -> int:
        """Seconds since 1970-01-01 UTC; the day's start where no time is known, UTC where no zone is known."""
        moment = datetime.combine(self.day, self.at or time())
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line of page furniture that cleaning took out of an article, and the name of the rule that did."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a loader read, before cleaning: decoded text and the metadata that the source itself states.

    ``source`` is the absolute path or the URL it came from, followed by ``#`` and the line number for a JSONL record.
    For HTML, ``text`` is already the main content, a paragraph a line, and ``dropped`` what the extractor left out.
    """

    source: str
    text: str
    markup: Markup = "text"
    id: str | None = None
    title: str | None = None
    date: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    dropped: tuple[DroppedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article: the text that citations point into, and what is known of its origin."""

    id: str
    source: str
    text: str
    language: Language
    title: str
    title_derived: bool = False
    published: Published | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    dropped: tuple[DroppedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``[start, end)`` of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, the unit that is embedded and found."""

    id: str
    article_id: str
    start: int
    end: int
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is restricted to; an empty field restricts nothing. Days are inclusive."""

    languages: tuple[Language, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The time a question speaks of: a window of publication days, both ends inclusive and either open.

    ``latest`` tells that the newest articles are wanted first ("latest news on ..."), with or without a window.
    ``explicit_year`` tells that a year was named: one long before the archive begins may be what the question is about
    ("Who won at Hastings in 1066?") rather than when the articles were published.
    """

    since: date | None = None
    until: date | None = None
    latest: bool = False
    explicit_year: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for retrieval: its text, the asker's language, the restrictions.

    ``timed`` tells that the text's words of time have been heeded, as restrictions or as ``latest``: newer articles are
    wanted before older ones that fit as well.
    """

    text: str
    language: AskerLanguage
    filters: Filters = Filters()
    latest: bool = False
    timed: bool = False


@dataclass(frozen=True, slots=True)
class WindowMatch:
    """How near a window of a passage comes to the query: where it begins in the passage, and its cosine."""

    start: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with its article.

    ``score`` orders one result list and means nothing beyond it; ``relevance`` says how well the passage fits on a
    scale that all queries share; ``windows`` are the passage's parts in order.
    """

    passage: Passage
    article: Article
    score: float
    relevance: float = 0.0
    windows: tuple[WindowMatch, ...] = ()


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
class Turn:
    """An earlier turn of a conversation: the question as it was understood, and the answer's text, empty if refused."""

    question: str
    answer: str = ""


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


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that could not be indexed, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that a run of indexing found in its sources, and what became of it."""

    article_id: str
    outcome: Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one run of indexing changed; ``articles`` and ``passages`` count the whole index afterwards.

    ``taken`` are the articles that the sources hold, in the order in which they were dealt with.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: tuple[Skipped, ...] = ()
    articles: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What an index holds: counts by language and outlet, the span of dates, and what it was built with."""

    path: str
    articles: int
    passages: int
    languages: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, int] = field(default_factory=dict)
    earliest: Published | None = None
    latest: Published | None = None
    embedder: str = ""
    format_version: int = 0
