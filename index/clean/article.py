"""Cleaning, step by step: characters, furniture, export header, headline and byline, metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

from index.clean.byline import stated_author
from index.clean.dates import Clock, parse_date
from index.clean.frame import dateline, read_frame
from index.clean.furniture import drop_furniture
from index.clean.header import read_header
from index.clean.headline import derived_headline, stated_headline
from index.clean.lines import normalise, to_lines
from index.clean.outlet import outlet_from_text, outlet_from_url
from index.errors import SourceError
from index.language import detect
from index.types import Article, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from index.clean.frame import Frame
    from index.clean.header import Header
    from index.clean.lines import Line
    from index.types import Published, RawArticle

_TELLING_WORDS = 8
_LONGEST_STATED = 1_000  # characters of a title or a name, as for pages


def clean(raw: RawArticle, article_id: str, now: datetime, zones: Mapping[str, str]) -> Article:
    """The article without page furniture, with the headline, date, author, outlet and language found.

    ``now`` is what relative dates count from; ``zones`` maps a language to the IANA zone that a bare clock time is
    meant in, and a language that is not in it leaves the time without zone. What the source states as metadata wins
    over what its text says. Raises SourceError where no text is left.
    """
    lines, furniture = drop_furniture(to_lines(raw.text))
    language = _language(_joined(lines), raw.language)
    clock = Clock(now, ZoneInfo(zones[language]) if language in zones else None)
    header, lines, headed = read_header(lines, clock)
    outlet = _flat(raw.outlet) or _flat(header.outlet) or outlet_from_text((*raw.dropped, *furniture))
    title = stated_headline(
        normalise((raw.title or header.title or "")[:_LONGEST_STATED]), outlet, of_page=raw.markup == "html"
    )
    frame = read_frame(lines, title, outlet, clock)
    text = _joined(frame.lines)
    if not text:
        raise SourceError(raw.source, "no text after cleaning")
    dropped = (*raw.dropped, *furniture, *headed, *frame.dropped)
    url = raw.url or header.url
    return Article(
        id=article_id,
        source=raw.source,
        text=text,
        language=language,
        title=frame.title or derived_headline(text, language),
        title_derived=frame.title is None,
        published=_published(raw, header, frame, clock),
        author=stated_author(raw.author or header.author or "") or frame.author,
        outlet=outlet or frame.outlet or outlet_from_url(url),
        url=url,
        dropped=dropped,
    )


def _language(text: str, stated: str | None) -> Language:
    """The text's own language; what the source states decides only where there are too few words to tell."""
    told = next((each for each in get_args(Language) if each == (stated or "").lower()), None)
    return told if told and len(text.split()) < _TELLING_WORDS else detect(text)


def _joined(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _flat(text: str | None) -> str | None:
    return normalise((text or "")[:_LONGEST_STATED]) or None


def _published(raw: RawArticle, header: Header, frame: Frame, clock: Clock) -> Published | None:
    """The date that metadata states, else the header, the byline or the dateline; the finer one of the same day."""
    first = frame.lines[0].text
    found = [parse_date(raw.date or "", clock), header.published, frame.published, dateline(first, clock)]
    known = [published for published in found if published]
    same_day = (published for published in known if published.day == known[0].day and published.at)
    return next(same_day, known[0]) if known else None
