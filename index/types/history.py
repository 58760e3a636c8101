"""What an article was before it changed, and which articles are meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from index.types.articles import Language, Published


@dataclass(frozen=True, slots=True)
class Revision:
    """A former state of an article, kept to be looked at and never searched; ``replaced`` is when it ceased to hold.

    An article's revisions count up from 1 and keep their numbers when the oldest are dropped.
    """

    article_id: str
    number: int
    replaced: datetime
    title: str
    text: str
    published: Published | None
    url: str | None
    outlet: str | None
    author: str | None
    language: Language


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles that fit all that is given; None fits every article.

    ``url`` fits an article's own address, whatever tracking parameters either has, and where it was read from (a page's
    address, a file's path). ``before`` fits what was published before that day, and for want of a date what was first
    stored before it.
    """

    ids: tuple[str, ...] | None = None
    url: str | None = None
    outlet: str | None = None
    before: date | None = None
