"""Which lines of a page are the article: trafilatura's choice, mended where it misses what belongs to it."""

from __future__ import annotations

import functools
import logging
import re
import warnings
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.load.html_lines import MARGINS, page_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.load.html_lines import Line

_MOST_ELEMENTS = 40_000  # above this trafilatura, which copies and walks a page many times over, takes minutes
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "td", "h2", "h3", "h4"})
# So long and with a stop at its end, a line is seldom a menu's or a teaser's.
_SENTENCE = re.compile(r""".{80,}[.!?…]["'»”’)]*$""")
_NESTED = "ancestor::article or ancestor::main"
_OUTERMOST = f"//article[not({_NESTED})] | //main[not({_NESTED})]"
_LONGEST_HEADER_LINE = 100
_MOST_HEADER_LINES = 4


def extract(tree: Any) -> list[str]:
    """The lines that trafilatura takes for the article; empty where it finds none, fails or would take too long."""
    if sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
        return []
    library = _trafilatura()
    try:
        found = library.bare_extraction(tree, favor_recall=True, include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001 - whatever a strange page does to it, the paragraphs are read instead
        return []
    return [line.text for line in page_lines(found.body)] if found is not None else []


def article_lines(extracted: list[str], tree: Any, seen: list[Line]) -> list[str]:
    """The extracted lines with gaps filled, unless they miss more than half of the longest article or main element.

    ``seen`` are all lines of the page. Where the extractor found nothing, the page's paragraphs are the article.
    """
    blocks = [page_lines(element) for element in tree.xpath(_OUTERMOST)]
    block = [line.text for line in max(blocks, key=lambda lines: _size(line.text for line in lines), default=[])]
    missed = _size(set(block).difference(extracted))
    if _size(block) > _size(extracted) and missed > _size(block) / 2:
        return block
    paragraphs = [line.text for line in seen if line.tag in _PARAGRAPHS]
    return _filled(extracted, seen) or block or paragraphs or [line.text for line in seen]


def header_lines(kept: list[str], seen: list[Line], title: str | None) -> list[str]:
    """The short lines between the headline and the first kept line, where pages print the author and the date.

    Without a headline on the page they begin at the first of these lines that has a digit, as dates do.
    """
    texts = [line.text for line in seen]
    known = set(kept)
    headline = texts.index(title) if title in texts else -1
    start = next((place for place, text in enumerate(texts) if place > headline and text in known), 0)
    above = texts[max(headline + 1, start - _MOST_HEADER_LINES) : start]
    above = [text for text in above if len(text) <= _LONGEST_HEADER_LINE and not text.startswith("• ")]
    dated = next((place for place, text in enumerate(above) if re.search(r"\d", text)), len(above))
    return above if headline >= 0 else above[dated:]


@functools.cache
def _trafilatura() -> Any:
    """The library, with its logger silenced: what is wrong with a page is told in our own words.

    Its import warns of what it could not use for downloads, which we never ask of it; turned into an error, the warning
    would leave every page to be read without it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    return trafilatura


def _filled(kept: list[str], seen: list[Line]) -> list[str]:
    """``kept`` with the full sentences that stand between two kept lines: text loose among line breaks gets lost."""
    known, text = set(kept), "\n".join(kept)
    after: dict[str, list[str]] = {}
    last, gap = "", list[str]()
    for line in seen:
        if line.text in known:
            after.setdefault(last, []).extend(gap if last else [])
            last, gap = line.text, []
        # Its opening is looked for, because the extractor may break the rest into lines differently.
        elif line.tag not in MARGINS and _SENTENCE.match(line.text) and line.text[:40] not in text:
            gap.append(line.text)
    return [line for before in kept for line in (before, *after.pop(before, ()))]


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))
