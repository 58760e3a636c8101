"""What the core needs from the outside world, as protocols that adapters and test fakes implement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article, Filters, IndexStatus, Language, Passage, Revision, Selection, StoredArticle, Visit

    Vectors = NDArray[np.float32]
    """Shape (texts, dimension), rows of unit length."""


@dataclass(frozen=True, slots=True)
class Windows:
    """What a passage's parts mean: a unit vector for each of its sentences.

    ``starts`` are where they begin, in code points from the passage's start; ``vectors`` has shape
    (windows, dimension).
    """

    starts: tuple[int, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class WindowStack:
    """The windows of many passages, one below the other, to be compared with a question all at once.

    ``counts``, shape (passages,), tells how many each of the passages named by ``ids`` has; ``starts``, shape
    (windows,), and ``vectors``, shape (windows, dimension), are those of ``Windows``.
    """

    ids: tuple[str, ...]
    counts: NDArray[np.int_]
    starts: NDArray[np.int32]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What a passage is found by: its words and its windows.

    ``words`` are lemmas and name keys joined by spaces, in lines: those of the headline, of each sentence in order,
    and last the passage's names.
    """

    words: str
    windows: Windows


@dataclass(frozen=True, slots=True)
class Words:
    """The words that full-text search finds a passage by, its headline's too; and those of each sentence, in order.

    Earlier versions stored them without telling sentences apart: then ``sentences`` is empty.
    """

    every: frozenset[str]
    sentences: tuple[frozenset[str], ...]


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near their meanings are.

    A text's vector depends on that text alone, never on what is embedded beside it.
    """

    @property
    def fingerprint(self) -> str:
        """Names everything that decides a vector: model, weights, precision, prefixes. Vectors mix only within one."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a passage the model reads, prefix and special tokens not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens in each text, prefix and special tokens not counted."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""


class Reranker(Protocol):
    """Rates how well texts answer a question by reading both together: finer than comparing vectors, and far slower."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One number a text, in the order of ``texts``; greater is better.

        They put the texts of one question in order and say nothing else: neither their size nor what they are for
        another question can be compared. Raises ModelError.
        """


class LanguageModel(Protocol):
    """Writes text as it is told to."""

    def write(self, instructions: str, material: str, seconds: float) -> Iterator[str]:
        """The reply in pieces, as they come; nothing is asked before the first is wanted.

        ``instructions`` say what to do, ``material`` holds what to do it with. Whatever the model does, the last piece
        or the error comes within so many ``seconds``. Raises LanguageModelError.
        """


class VectorStore(Protocol):
    """Vectors under passage ids, searched by cosine similarity within filters. Rebuildable from the catalogue."""

    def add(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> None:
        """Put a vector under each passage's id, replacing what was there."""

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[str, float]]:
        """The nearest passage ids with their cosine similarity, best first. ``vector`` has shape (dimension,)."""

    def count(self) -> int:
        """How many vectors are stored."""

    def ids(self) -> set[str]:
        """The ids of all passages that have a vector."""

    def stale(self, passages: Sequence[tuple[Passage, Article]], vectors: Vectors) -> set[str]:
        """The ids of those of the passages that are not stored just so: with these vectors, found by these filters."""

    def clear(self) -> None:
        """Forget all vectors."""


class Catalogue(Protocol):
    """The truth: articles with their text, passages with their offsets, and full-text search over lemmas."""

    def digests(self) -> Mapping[str, tuple[str, str]]:
        """For each article id, the digest of the raw article it was made from and its source."""

    def put(
        self,
        article: Article,
        digest: str,
        passages: Sequence[tuple[Passage, SearchForm]],
        at: datetime | None = None,
    ) -> None:
        """Store or replace an article and its passages, each with what it is found by, in one transaction.

        What the article said before is kept as a revision where it now says something else. ``at`` is when, now by
        default. Its signature and its story are forgotten.
        """

    def move(self, sources: Mapping[str, str]) -> None:
        """Note that these articles, by their ids, are now read from other sources."""

    def remove(self, article_ids: Sequence[str]) -> int:
        """Remove articles with their passages and revisions; returns how many were there."""

    def expire(self, before: date) -> int:
        """Remove what was published, or for want of a date first stored, before a day; returns how many there were."""

    def expired(self, before: date) -> set[str]:
        """The ids of undated articles that ``expire`` removed and that were first stored before that day."""

    def expect_vectors(self, passage_ids: Iterable[str]) -> None:
        """Note that vectors are about to be stored under these ids, so that a crash leaves no orphan unnoticed."""

    def orphans(self) -> list[str]:
        """Ids that may have a vector although no passage bears them."""

    def forget_orphans(self, passage_ids: Sequence[str]) -> None:
        """Their vectors are gone: stop listing them."""

    def article(self, article_id: str) -> Article:
        """The article. Raises ArticleUnknown."""

    def passages(self, passage_ids: Sequence[str]) -> list[tuple[Passage, Article]]:
        """Those of the passages that exist, in the order asked for, with their articles."""

    def windows(self, passage_ids: Sequence[str]) -> dict[str, Windows]:
        """The windows of those of the passages that exist."""

    def stacked_windows(self, passage_ids: Sequence[str]) -> WindowStack:
        """The same, in no order: far faster where there are many."""

    def words(self, passage_ids: Sequence[str]) -> dict[str, Words]:
        """The words of those of the passages that exist."""

    def search(self, words: Sequence[str], limit: int, filters: Filters) -> list[tuple[str, float]]:
        """Passage ids with any of the words, ranked by BM25, best first, with a score that grows with relevance."""

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each of the words stands; those in none are left out."""

    def passage_count(self) -> int:
        """How many passages there are."""

    def passage_ids(self, most: int | None = None) -> list[str]:
        """The ids of all passages, or of so many at the most, spread evenly over all."""

    def newest(self, limit: int, filters: Filters) -> list[Article]:
        """At most ``limit`` articles, the latest published first; then those without a date, the last stored first."""

    def nearest_days(self, filters: Filters) -> tuple[date | None, date | None]:
        """The last day before the filters' window and the first one after it on which an article was published.

        Only articles that pass the other filters count; None where there is no such day.
        """

    def languages(self) -> list[Language]:
        """Languages that have at least one article."""

    def history(self, article_id: str) -> list[Revision]:
        """What the article was before, the latest first; empty where it never changed, or is unknown."""

    def changed_since(self, article_id: str, moment: datetime) -> bool:
        """Whether the article was changed or removed after that moment, which has a zone."""

    def ids(self, wanted: Selection) -> list[str]:
        """The ids of the articles that fit, in the order of ids."""

    def articles(self) -> Iterator[Article]:
        """All articles in the order of ids, as they were when the first was asked for; one at a time in memory."""

    def stored_passages(self) -> Iterator[tuple[Passage, Article, Windows]]:
        """All passages, article by article in the order of ids, each with its article and windows; as ``articles``."""

    def signatures(self) -> Mapping[str, tuple[bytes | None, str | None]]:
        """For each article id, first stored first, its signature and whose copy it is, as far as known."""

    def settle(self, signatures: Mapping[str, bytes], stories: Mapping[str, str | None]) -> None:
        """Note signatures, and whose copies articles are, None for nobody's: by article id, in one transaction."""

    def copies(self, article_ids: Sequence[str]) -> dict[str, list[Article]]:
        """For each of the articles that is of a story of several, the others of it, first stored first."""

    def status(self) -> IndexStatus:
        """What the index holds."""


class Visits(Protocol):
    """What is remembered of addresses that are read again and again, beside the articles."""

    def visit(self, address: str) -> Visit | None:
        """What came of asking for an address last time; None where it was never asked for, or there is no index."""

    def note(self, visits: Sequence[Visit]) -> None:
        """Remember these in place of former ones, in one transaction; the caller holds the writer lock."""


class Records(Protocol):
    """Articles with all that the catalogue keeps of them, for copies of an index."""

    def every(self) -> Iterator[StoredArticle]:
        """All, in the order of ids, as they were when the first was asked for; one at a time in memory."""

    def stored(self, article_id: str) -> StoredArticle | None:
        """The article with this id, None where there is none."""

    def complete(self, articles: Sequence[StoredArticle]) -> None:
        """Set what ``Catalogue.put`` does not of articles that it has just stored; their revisions are replaced."""


class Baseline(Protocol):
    """Another way of finding articles, built over the same ones, to compare ours with."""

    def search(self, question: str, languages: Sequence[Language]) -> list[str]:
        """Article ids, best first, of those in ``languages``; none named means all. An id may recur."""
