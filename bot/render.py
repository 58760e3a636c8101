"""Results as terminal text: quotes, titles, dates and links that read well at 80 columns. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index.types import Published
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from index.types import Answer, Article, AskerLanguage, Citation, Hit, IndexStatus, IngestReport

_INDENT = (0, 0, 0, 4)


def answer(found: Answer) -> RenderableType:
    """The quotes with their numbers, then the numbered sources; or the refusal with what comes nearest."""
    if found.refusal:
        return _refusal(found)
    quotes = [_numbered_quote(each.text, each.citations) for each in found.sentences]
    return Group(*_spaced(quotes), Text(), _heading(message("sources", found.language)), *_sources(found))


def hits(found: Sequence[Hit], language: AskerLanguage) -> RenderableType:
    """Passages, best first, each under its article's line."""
    if not found:
        return Text(message("nothing_found", language))
    blocks = [
        Group(
            _article_line(f"{place}.", hit.article, language),
            Padding(Text(hit.passage.text), _INDENT),
            Padding(Text(f"{hit.article.id}  {hit.score:.4f}", style="dim"), _INDENT),
        )
        for place, hit in enumerate(found, start=1)
    ]
    return Group(*_spaced(blocks))


def article(found: Article, language: AskerLanguage) -> RenderableType:
    """The whole article: title, origin, text, and what cleaning left out, by rule."""
    title = Text(found.title, style="bold")
    if found.title_derived:
        title.append(f" ({message('title_derived', language)})", style="dim")
    lines: list[RenderableType] = [title, Text(_origin(found, language), style="dim")]
    if found.author:
        lines.append(Text(message("by_author", language, author=found.author), style="dim"))
    if found.url:
        lines.append(_link(found.url))
    lines += [Text(), *_spaced([Text(line) for line in found.text.split("\n")])]
    if found.dropped:
        lines += [Text(), _heading(message("dropped_lines", language, count=len(found.dropped)))]
        lines += [Text.assemble((f"  {each.why}: ", "yellow"), (each.line, "dim")) for each in found.dropped]
    return Group(*lines)


def report(done: IngestReport, language: AskerLanguage) -> RenderableType:
    """What one run of indexing changed, and what it could not read."""
    counts = [
        ("added", done.added),
        ("updated", done.updated),
        ("unchanged", done.unchanged),
        ("removed", done.removed),
    ]
    said = ", ".join(f"{message(f'indexed_{name}', language)} {count}" for name, count in counts if count)
    lines = [Text(f"{said[:1].upper()}{said[1:]}." if said else message("indexed_nothing", language), style="bold")]
    total = message(
        "indexed_total", language, articles=done.articles, passages=done.passages, seconds=f"{done.seconds:.1f}"
    )
    lines.append(Text(total))
    if done.skipped:
        lines.append(Text(message("indexed_skipped", language, count=len(done.skipped)), style="yellow"))
        lines += [Text(f"  {each.source}: {each.reason}") for each in done.skipped]
    return Group(*lines)


def removed(count: int, language: AskerLanguage) -> RenderableType:
    """How many articles were removed."""
    return Text(message("removed", language, count=count))


def status(found: IndexStatus, language: AskerLanguage) -> RenderableType:
    """What the index holds, a line each."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    dates = [_day(Published(each.day), language) for each in (found.earliest, found.latest) if each]
    rows = {
        "status_index": found.path,
        "status_articles": str(found.articles),
        "status_passages": str(found.passages),
        "status_languages": _counts(found.languages),
        "status_outlets": _counts(found.outlets),
        "status_dates": " – ".join(dict.fromkeys(dates)),
        "status_model": found.embedder,
    }
    for key, value in rows.items():
        if value:
            table.add_row(message(key, language), value)
    return table


def _refusal(found: Answer) -> RenderableType:
    lines: list[RenderableType] = [Text(message(found.refusal or "", found.language), style="bold")]
    nearest = list({hit.article.id: hit.article for hit in found.hits}.values())[:3]
    if nearest:
        lines += [Text(), _heading(message("nearest", found.language))]
        lines += [_article_line("·", each, found.language) for each in nearest]
    return Group(*lines)


def _numbered_quote(text: str, numbers: Iterable[int]) -> RenderableType:
    marks = "".join(f" [{number}]" for number in numbers)
    return Text.assemble(("▎ ", "cyan"), text, (marks, "bold cyan"))


def _sources(found: Answer) -> list[RenderableType]:
    """A block an article: the numbers that point to it, its title, outlet, date and link."""
    lines: list[RenderableType] = []
    for _, group in groupby(found.citations, key=lambda citation: citation.article.id):
        cited: list[Citation] = list(group)
        numbers = " ".join(f"[{citation.number}]" for citation in cited)
        lines.append(_article_line(numbers, cited[0].article, found.language))
        if cited[0].article.url:
            lines.append(Padding(_link(cited[0].article.url), _INDENT))
    return lines


def _article_line(mark: str, found: Article, language: AskerLanguage) -> Text:
    return Text.assemble((f"{mark} ", "bold cyan"), (found.title, "bold"), (f" — {_origin(found, language)}", "dim"))


def _origin(found: Article, language: AskerLanguage) -> str:
    outlet = found.outlet or message("no_outlet", language)
    return f"{outlet}, {_day(found.published, language)}"


def _day(published: Published | None, language: AskerLanguage) -> str:
    """The day as people of the language write it in short, with the time where it is known."""
    if published is None:
        return message("no_date", language)
    day = f"{published.day:%d.%m.%Y}" if language != "en" else f"{published.day.day} {published.day:%b %Y}"
    return day if published.at is None else f"{day} {published.at:%H:%M}"


def _link(url: str) -> Text:
    return Text(url, style=f"blue link {url}", overflow="fold")


def _heading(text: str) -> Text:
    return Text(text, style="bold underline")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _spaced(blocks: Sequence[RenderableType]) -> list[RenderableType]:
    """The blocks with an empty line between them."""
    return [part for place, block in enumerate(blocks) for part in ([Text(), block] if place else [block])]
