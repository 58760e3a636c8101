"""An article with all that the index keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from index.types.articles import Article
    from index.types.history import Revision


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it is stored, with what it was before, the earliest first.

    ``digest`` is of the raw article, ``first_stored`` and ``stored`` are when it was first put there and when as it is
    now; ``signature`` is its MinHash and ``story`` the id of the article whose copy it is, where they are known.
    """

    article: Article
    digest: str
    first_stored: datetime
    stored: datetime
    signature: bytes | None = None
    story: str | None = None
    revisions: tuple[Revision, ...] = ()
