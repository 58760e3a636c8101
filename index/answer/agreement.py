"""What two statements of different articles are to each other: the same report, two sides of a disagreement, neither.

Silence is the default. Statements are compared only where two articles tell of one event and the sentences are as near
in meaning as translations; a disagreement is told only where nothing but the fact itself explains the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from index.answer.differences import article_names, compatible, difference, differing_name, same_number_or_date
from index.answer.facts import facts_of
from index.answer.same_meaning import least_cosine
from index.answer.stories import facts_in_order

if TYPE_CHECKING:
    from index.answer.facts import Facts
    from index.ports import Vectors
    from index.types import Article, Span

_SUPPORTED = -0.07
_FEW_NAMES = {0: 0.07, 1: 0.03}
"""How much the cosine must exceed that of translations by the number of names shared, from two on nothing; and how far
it may fall short where a number or a date is shared, since independent outlets word things freely."""
_OTHER_NAME = 0.07
"""How much higher it must be where only the names differ: sentences about two people are often alike."""
_ONE_EVENT = 0.13
"""Facts told in the same order by reports of one event: 0.14 or more in 23 pairs of our sample articles; of 220 pairs
of unrelated speeches none has more than 0.12."""
_FEWEST_SHARED = 2  # names that tell one event where an article is too short for an order
SAME_DAYS = 7
"""Days between two publications, beyond which they tell of two events."""
_DIFFERENT_DAYS = 1  # a toll or a price may have changed by the day after


class Statement(Protocol):
    """A sentence of an article with its unit vector, shape (dimension,): the sentence alone, without its headline."""

    @property
    def article(self) -> Article:
        """The article that says it."""

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""

    @property
    def vector(self) -> Vectors:
        """Its meaning; the dot product of two vectors is their cosine."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two statements say the same, or differ in one fact: then ``values`` holds each side's own words for it."""

    kind: Literal["same", "differs"]
    values: tuple[str, ...] = ()


def relate(one: Statement, other: Statement) -> Relation | None:
    """How two statements of different articles stand to each other; None wherever that is not sure."""
    apart, nearness = days_apart(one.article, other.article), margin(one, other)
    if apart > SAME_DAYS or nearness < _SUPPORTED:
        return None
    first, second = facts(one), facts(other)
    # Last, since it reads both articles whole.
    if nearness < _least_margin(first, second) or not one_event(one.article, other.article):
        return None
    agreeing = compatible(first, second)
    differing = (differing_name if nearness >= _OTHER_NAME else None) if agreeing else difference
    sides = (words(one), one.article), (words(other), other.article)
    values = differing(*sides) if differing and apart <= _DIFFERENT_DAYS else None
    if values:
        return Relation("differs", values)
    return Relation("same") if agreeing else None


def _least_margin(one: Facts, other: Facts) -> float:
    if same_number_or_date(one, other):
        return _SUPPORTED
    return _FEW_NAMES.get(len(one.names & other.names), 0.0)


def cosine(one: Statement, other: Statement) -> float:
    """How near two statements are in meaning."""
    return float(one.vector @ other.vector)


def margin(one: Statement, other: Statement) -> float:
    """By how much two statements are nearer, or further, than sentences that say the same have to be."""
    return cosine(one, other) - least_cosine(one.article.language, other.article.language)


def facts(statement: Statement) -> Facts:
    """The numbers, dates and names of a statement."""
    return facts_of(words(statement), statement.article.language)


def words(statement: Statement) -> str:
    """What a statement says."""
    return statement.article.text[statement.span.start : statement.span.end]


def one_event(one: Article, other: Article) -> bool:
    """Whether two articles tell of one event: the same names and numbers, in about the same order."""
    in_order = facts_in_order(one, other)
    if in_order is not None:
        return in_order >= _ONE_EVENT
    return len(article_names(one) & article_names(other)) >= _FEWEST_SHARED


def days_apart(one: Article, other: Article) -> int:
    """Days between two publications; 0 where one of them is unknown."""
    if one.published is None or other.published is None:
        return 0
    return abs((one.published.day - other.published.day).days)
