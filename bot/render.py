"""Results as terminal text: quotes, titles, dates and links that read well at 80 columns. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.days import window_text
from bot.wording import (
    also_in,
    by_article,
    citation_mark,
    nearest_articles,
    nearest_days,
    note_key,
    origin,
    span_of_days,
)
from bot.wording import copies as copies_of
from bot.wording import relation as relation_of
from index.small_talk import is_talk
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from index.types import (
        Answer,
        AnswerSentence,
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


def answer(found: Answer) -> RenderableType:
    """What is quoted, or written from it, with its numbers, then the sources; or the refusal with what is near."""
    if found.refusal:
        return refusal(found)
    quotes = [numbered_quote(each.text, each.citations) for each in found.sentences]
    said = quotes if found.mode == "extractive" else [written(found.sentences)]
    company = [relation(each, found.citations, found.language) for each in found.corroborations]
    below = [*sources(found.citations, found.language), *copies(found.stories, found.language)]
    return Group(*spaced([*window(found), *said, *company, *note(found)]), Text(), *below)


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


def article(found: Article, language: AskerLanguage, copies: Sequence[Article] = ()) -> RenderableType:
    """The whole article: title, origin, who prints it as well, text, and what cleaning left out, by rule."""
    title = Text(found.title, style="bold")
    if found.title_derived:
        title.append(f" ({message('title_derived', language)})", style="dim")
    lines: list[RenderableType] = [title, Text(origin(found, language), style="dim")]
    if found.author:
        lines.append(Text(message("by_author", language, author=found.author), style="dim"))
    if found.url:
        lines.append(_link(found.url))
    if copies:
        lines += [Text(), Text(also_in(copies, language)), *(_with_id(each, language) for each in copies)]
    lines += [Text(), *spaced([Text(line) for line in found.text.split("\n")])]
    if found.dropped:
        lines += [Text(), heading(message("dropped_lines", language, count=len(found.dropped)))]
        lines += [Text.assemble((f"  {each.why}: ", "yellow"), (each.line, "dim")) for each in found.dropped]
    return Group(*lines)


def newest(found: Sequence[Article], language: AskerLanguage) -> RenderableType:
    """The newest articles, a line each."""
    lines = [_article_line("·", each, language) for each in found]
    return Group(heading(message("newest", language)), *lines)


def report(done: IngestReport, language: AskerLanguage) -> RenderableType:
    """What one run of indexing changed, and what it could not read."""
    counts = [
        ("added", done.added),
        ("updated", done.updated),
        ("unchanged", done.unchanged),
        ("removed", done.removed),
    ]
    said = ", ".join(f"{message(f'indexed_{name}', language)} {count}" for name, count in counts if count)
    lines = [Text(f"{_capitalised(said)}." if said else message("indexed_nothing", language), style="bold")]
    total = message(
        "indexed_total", language, articles=done.articles, passages=done.passages, seconds=f"{done.seconds:.1f}"
    )
    lines.append(Text(total))
    if done.skipped:
        skipped = message("indexed_skipped", language, count=len(done.skipped))
        lines.append(Text(f"{_capitalised(skipped)}:", style="yellow"))
        lines += [Text(f"  {each.source}: {each.reason}") for each in done.skipped]
    return Group(*lines)


def removed(count: int, language: AskerLanguage) -> RenderableType:
    """How many articles were removed."""
    return Text(message("removed" if count else "removed_none", language, count=count))


def to_remove(found: Sequence[Article], language: AskerLanguage) -> RenderableType:
    """The articles that would be removed, a line each, with their ids."""
    if not found:
        return removed(0, language)
    lines = [_with_id(each, language) for each in found]
    return Group(Text(message("would_remove", language, count=len(found))), *lines)


def status(found: IndexStatus, language: AskerLanguage) -> RenderableType:
    """What the index holds, a line each."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    rows = {
        "status_index": found.path,
        "status_articles": str(found.articles),
        "status_copies": str(found.copies or ""),
        "status_passages": str(found.passages),
        "status_languages": _counts(found.languages),
        "status_outlets": _counts(found.outlets),
        "status_dates": span_of_days(found, language),
        "status_model": found.embedder,
    }
    for key, value in rows.items():
        if value:
            table.add_row(message(key, language), value)
    return table


def refusal(found: Answer | Comparison) -> RenderableType:
    """Why there is no answer, which days were searched, and the days and the articles that come nearest."""
    language = found.language
    reason = Text(message(found.refusal or "", language), style="" if is_talk(found.refusal) else "bold")
    lines: list[RenderableType] = [reason, *window(found)]
    if days := nearest_days(found):
        lines.append(Text(days))
    if nearest := nearest_articles(found):
        lines += [Text(), heading(message("nearest", language))]
        lines += [_article_line("·", each, language) for each in nearest]
    return Group(*lines)


def window(found: Answer | Comparison) -> list[RenderableType]:
    """The days that were searched, so that what was understood can be seen."""
    days = window_text(*found.window, found.language)
    return [Text(days, style="dim italic")] if days else []


def numbered_quote(text: str, numbers: Iterable[int]) -> RenderableType:
    """The words of an article, marked as such, with the numbers of their citations."""
    marks = "".join(f" {citation_mark(number)}" for number in numbers)
    return Text.assemble(("▎ ", "cyan"), text, (marks, "bold cyan"))


def written(sentences: Iterable[AnswerSentence]) -> RenderableType:
    """Sentences that are put in new words: one paragraph of running text with the numbers of their citations."""
    runs = [
        run
        for each in sentences
        for run in (each.text, ("".join(f" {citation_mark(number)}" for number in each.citations), "bold cyan"), " ")
    ]
    return Text.assemble(*runs[:-1])


def note(found: Answer) -> list[RenderableType]:
    """How an answer came about, where a language model was asked."""
    key = note_key(found)
    return [Text(message(key, found.language), style="dim")] if key else []


def relation(found: Corroboration, citations: Sequence[Citation], language: AskerLanguage) -> RenderableType:
    """In a sentence, who reports the same, or what each side says of the fact in which they differ."""
    return Text(relation_of(found, citations, language), style="italic")


def sources(citations: Iterable[Citation], language: AskerLanguage) -> list[RenderableType]:
    """Under their heading, a block an article: the numbers that point to it, its title, outlet, date and link."""
    lines: list[RenderableType] = [heading(message("sources", language))]
    for cited in by_article(citations):
        numbers = " ".join(citation_mark(citation.number) for citation in cited)
        lines.append(_article_line(numbers, cited[0].article, language))
        if cited[0].article.url:
            lines.append(Padding(_link(cited[0].article.url), _INDENT))
    return lines


def copies(found: Iterable[Story], language: AskerLanguage) -> list[RenderableType]:
    """A line for each cited article that others print as well, saying which."""
    return [Text(line, style="dim") for line in copies_of(found, language)]


def heading(text: str) -> Text:
    """A line above what it names."""
    return Text(text, style="bold underline")


def spaced(blocks: Sequence[RenderableType]) -> list[RenderableType]:
    """The blocks with an empty line between them."""
    return [part for place, block in enumerate(blocks) for part in ([Text(), block] if place else [block])]


def _article_line(mark: str, found: Article, language: AskerLanguage) -> Text:
    return Text.assemble((f"{mark} ", "bold cyan"), (found.title, "bold"), (f" — {origin(found, language)}", "dim"))


def _with_id(found: Article, language: AskerLanguage) -> Text:
    return Text.assemble(_article_line("·", found, language), (f"  {found.id}", "dim"))


def _link(url: str) -> Text:
    # The address stands in an escape sequence of the terminal, which nothing in it may end.
    linked = f" link {url}" if url.isprintable() and " " not in url else ""
    return Text(url, style=f"blue{linked}", overflow="fold")


def _capitalised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
