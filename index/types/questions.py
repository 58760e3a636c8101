"""Questions, what restricts them, and what is found for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from index.types.articles import Article, Language, Passage

AskerLanguage = Literal["ru", "uk", "en"]


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
    wanted before older ones that fit as well. ``seconds`` is what it took to understand the question: they count among
    those of its answer.
    """

    text: str
    language: AskerLanguage
    filters: Filters = Filters()
    latest: bool = False
    timed: bool = False
    seconds: float = 0.0


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
class Turn:
    """An earlier turn of a conversation: the question as it was understood, and the answer's text, empty if refused."""

    question: str
    answer: str = ""
