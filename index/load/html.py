"""HTML pages to raw articles: the article's own words, what the page states of it, and every line left out."""

from __future__ import annotations

import re
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.load.encodings import decode_page, tidy
from index.load.html_extract import article_lines, extract, header_lines
from index.load.html_lines import page_lines, strip_unseen
from index.load.html_metadata import page_facts
from index.types import DroppedLine, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.load.html_lines import Line
    from index.load.html_metadata import PageFacts

# Dropped lines are stored beside the article: a huge page must not outgrow it.
_MOST_DROPPED = 500
_LONGEST_DROPPED = 300
# Of a page nested too deep, blocks become line breaks and other tags go; what facts and lines are read from stays.
_DEEP_BLOCKS = r"(?:div|section|aside|table|t[bdhr]\w*|ul|ol|dl|dd|dt|blockquote|figure|header|footer|center|form)"
_DEEP_OTHERS = r"(?!(?:html|head|body|title|meta|link|script|style|p|h[1-6]|li|br|time)\b)[a-z][\w:-]*"


def read_page(data: bytes, charset: str | None = None, url: str | None = None) -> RawArticle:
    """The article of an HTML page, its ``source`` left empty.

    ``charset`` is the one HTTP stated, ``url`` the address the page came from. The text has one paragraph a line, and
    list items start with a bullet; where the page states no author or date for machines, the lines under its headline
    stand first. Raises ValueError whose text is the reason: those of ``decode``, or ``no text``.
    """
    tree = _parse(decode_page(data, charset))
    facts = page_facts(tree, url)
    extracted = extract(tree)
    strip_unseen(tree)
    seen = page_lines(tree)
    kept = _kept(article_lines(extracted, tree, seen), seen, facts)
    if not kept or not seen:
        raise ValueError("no text")
    dropped = tuple(_dropped(seen, kept, facts.title))
    return RawArticle(source="", text=tidy("\n".join(kept)), markup="html", dropped=dropped, **asdict(facts))


def _parse(text: str) -> Any:
    """The page's tree. libxml2 stops at 256 levels: a page nested deeper is parsed again without most of its tags."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
        if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            return tree
        flat = re.sub(rf"(?i)</?{_DEEP_BLOCKS}\b[^<>]*>", "<br>", text)
        flat = re.sub(rf"(?i)</?{_DEEP_OTHERS}[^<>]*>", "", flat)
        return html.document_fromstring(flat.encode(), parser=parser)
    except etree.LxmlError:
        raise ValueError("no text") from None


def _kept(lines: list[str], seen: list[Line], facts: PageFacts) -> list[str]:
    body = _below(facts.title, lines, seen)
    if not body or (facts.author and facts.date):
        return body
    return [*header_lines(body, seen, facts.title), *body]


def _below(title: str | None, lines: list[str], seen: list[Line]) -> list[str]:
    """The lines under the headline: what the page shows above it is menu, unless that is the greater part."""
    texts = [line.text for line in seen]
    place = texts.index(title) if title in texts else 0
    above = set(texts[:place]).difference(texts[place:])
    below = [line for line in lines if line not in above]
    if 2 * sum(map(len, below)) < sum(map(len, lines)):
        return lines
    return below[1:] if below[:1] == [title] else below


def _dropped(seen: list[Line], kept: list[str], title: str | None) -> Iterator[DroppedLine]:
    known = {*kept, title}
    text = "\n".join(kept)
    unknown = dict.fromkeys(line.text for line in seen if line.text not in known)
    # Words may be broken into lines differently by the extractor, hence the second look, bounded for huge pages.
    missing = (line for line in islice(unknown, 4 * _MOST_DROPPED) if line.removeprefix("• ") not in text)
    for line in islice(missing, _MOST_DROPPED):
        yield DroppedLine(line[:_LONGEST_DROPPED], "page furniture")
