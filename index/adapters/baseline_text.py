"""What the baselines read of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.types import Article


def whole_text(article: Article) -> str:
    """Title and text, as one would put them in a file; a title made from the text itself is not said twice."""
    return article.text if article.title_derived else f"{article.title}\n\n{article.text}"
