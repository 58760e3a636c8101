"""Results as terminal text: quotes, titles, dates and links that read well at 80 columns. Pure."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.days import day_text, window_text
from index.types import Published
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from index.types import (
        Answer,
        Article,
        AskerLanguage,
        Citation,
        Comparison,
        Corroboration,
        Hit,
        IndexStatus,
        IngestReport,
        Story,
    )

_INDENT = (0, 0, 0, 4)
_SHORT_TITLE = 50  # characters of a headline that stands for an outlet


def answer(found: Answer) -> RenderableType:
    """The quotes with their numbers, then the numbered sources; or the refusal with what comes nearest."""
    if found.refusal:
        return refusal(found)
    quotes = [numbered_quote(each.text, each.citations) for each in found.sentences]
    company = [relation(each, found.citations, found.language) for each in found.corroborations]
    below = [*sources(found.citations, found.language), *copies(found.stories, found.language)]
    return Group(*spaced([*window(found), *quotes, *company]), Text(), *below)


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
    return Group(*spaced(blocks))


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
    lines += [Text(), *spaced([Text(line) for line in found.text.split("\n")])]
    if found.dropped:
        lines += [Text(), heading(message("dropped_lines", language, count=len(found.dropped)))]
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


def refusal(found: Answer | Comparison) -> RenderableType:
    """Why there is no answer, which days were searched, and the days and the articles that come nearest."""
    language = found.language
    reason = Text(message(found.refusal or "", language), style="bold")
    lines: list[RenderableType] = [reason, *window(found), *_nearest_days(found)]
    nearest = list({hit.article.id: hit.article for hit in found.hits}.values())[:3]
    if nearest:
        lines += [Text(), heading(message("nearest", language))]
        lines += [_article_line("·", each, language) for each in nearest]
    return Group(*lines)


def window(found: Answer | Comparison) -> list[RenderableType]:
    """The days that were searched, so that what was understood can be seen."""
    days = window_text(*found.window, found.language)
    return [Text(days, style="dim italic")] if days else []


def _nearest_days(found: Answer | Comparison) -> list[RenderableType]:
    days = ", ".join(day_text(day, found.language) for day in found.nearest_days)
    return [Text(message("nearest_days", found.language, days=days))] if days else []


def numbered_quote(text: str, numbers: Iterable[int]) -> RenderableType:
    """The words of an article, marked as such, with the numbers of their citations."""
    marks = "".join(f" [{number}]" for number in numbers)
    return Text.assemble(("▎ ", "cyan"), text, (marks, "bold cyan"))


def relation(found: Corroboration, citations: Sequence[Citation], language: AskerLanguage) -> RenderableType:
    """In a sentence, who reports the same, or what each side says of the fact in which they differ."""
    cited = [citations[number - 1] for number in found.citations]
    if found.kind == "differs":
        sides = [f"{source_name(each.article)} — {value}" for each, value in zip(cited, found.values, strict=True)]
        return _marked("sources_differ", "sides", sides, cited, language)
    # Of articles whose outlet is unknown nobody can say that they are independent.
    key = "corroborated" if all(each.article.outlet for each in cited) else "corroborated_articles"
    return _marked(key, "sources", [source_name(each.article) for each in cited], cited, language)


def source_name(found: Article) -> str:
    """Who says it: the outlet, or the headline's first words where the outlet is unknown."""
    return found.outlet or f"«{shorten(found.title, _SHORT_TITLE, placeholder='…')}»"


def sources(citations: Iterable[Citation], language: AskerLanguage) -> list[RenderableType]:
    """Under their heading, a block an article: the numbers that point to it, its title, outlet, date and link."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article.id, []).append(citation)
    lines: list[RenderableType] = [heading(message("sources", language))]
    for cited in by_article.values():
        numbers = " ".join(f"[{citation.number}]" for citation in cited)
        lines.append(_article_line(numbers, cited[0].article, language))
        if cited[0].article.url:
            lines.append(Padding(_link(cited[0].article.url), _INDENT))
    return lines


def copies(found: Iterable[Story], language: AskerLanguage) -> list[RenderableType]:
    """A line for each cited article that others print as well, saying which."""
    lines: list[RenderableType] = []
    for story in found:
        if story.copies:
            said = message("also_in", language, sources=", ".join(source_name(each) for each in story.copies))
            lines.append(Text(f"{source_name(story.lead)} — {said}", style="dim"))
    return lines


def heading(text: str) -> Text:
    """A line above what it names."""
    return Text(text, style="bold underline")


def spaced(blocks: Sequence[RenderableType]) -> list[RenderableType]:
    """The blocks with an empty line between them."""
    return [part for place, block in enumerate(blocks) for part in ([Text(), block] if place else [block])]


def _marked(
    key: str, placeholder: str, names: Iterable[str], cited: Iterable[Citation], language: AskerLanguage
) -> RenderableType:
    """A message that lists names, each with the number of its citation."""
    listed = "; ".join(f"{name} [{each.number}]" for name, each in zip(names, cited, strict=True))
    return Text(message(key, language, **{placeholder: listed}), style="italic")


def _article_line(mark: str, found: Article, language: AskerLanguage) -> Text:
    return Text.assemble((f"{mark} ", "bold cyan"), (found.title, "bold"), (f" — {_origin(found, language)}", "dim"))


def _origin(found: Article, language: AskerLanguage) -> str:
    outlet = found.outlet or message("no_outlet", language)
    return f"{outlet}, {_day(found.published, language)}"


def _day(published: Published | None, language: AskerLanguage) -> str:
    """The day as people of the language write it in short, with the time where it is known."""
    if published is None:
        return message("no_date", language)
    day = day_text(published.day, language)
    return day if published.at is None else f"{day} {published.at:%H:%M}"


def _link(url: str) -> Text:
    return Text(url, style=f"blue link {url}", overflow="fold")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
