"""What is said of answers and articles, without any layout: shared by the terminal and Telegram. Pure."""

from __future__ import annotations

from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.days import day_text
from index.types import Published
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.types import Answer, Article, AskerLanguage, Citation, Comparison, Corroboration, IndexStatus, Story

_SHORT_TITLE = 50  # characters of a headline that stands for an outlet
_COPIES = 5  # sources named of those that print one text
_NEAREST = 3  # articles named where there is no answer


def source_name(found: Article) -> str:
    """Who says it: the outlet, or the headline's first words where the outlet is unknown."""
    return found.outlet or f"«{shortened(found.title, _SHORT_TITLE)}»"


def shortened(text: str, most: int) -> str:
    """One line of at most so many characters, ended by "…" where something is left out: words, if there are any."""
    line = " ".join(text.split())
    short = shorten(line, most, placeholder="…")
    return f"{line[: most - 1]}…" if short == "…" else short


def origin(found: Article, language: AskerLanguage) -> str:
    """Outlet and day, or that they are unknown."""
    outlet = found.outlet or message("no_outlet", language)
    return f"{outlet}, {published_text(found.published, language)}"


def published_text(published: Published | None, language: AskerLanguage) -> str:
    """The day as people of the language write it in short, with the time where it is known."""
    if published is None:
        return message("no_date", language)
    day = day_text(published.day, language)
    return day if published.at is None else f"{day} {published.at:%H:%M}"


def citation_mark(number: int) -> str:
    """How a citation is pointed at in running text."""
    return f"[{number}]"


def relation(found: Corroboration, citations: Sequence[Citation], language: AskerLanguage) -> str:
    """In a sentence, who reports the same, or what each side says of the fact in which they differ."""
    cited = [citations[number - 1] for number in found.citations]
    if found.kind == "differs":
        sides = [f"{source_name(each.article)} — {value}" for each, value in zip(cited, found.values, strict=True)]
        return message("sources_differ", language, sides=_listed(sides, cited))
    # Of articles whose outlet is unknown nobody can say that they are independent.
    key = "corroborated" if all(each.article.outlet for each in cited) else "corroborated_articles"
    return message(key, language, sources=_listed([source_name(each.article) for each in cited], cited))


def by_article(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The citations of each article together, articles in the order of their first."""
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.article.id, []).append(citation)
    return list(found.values())


def by_source(found: Comparison, numbers: Iterable[int]) -> Iterator[tuple[str, list[Citation]]]:
    """The citations of these numbers under the names of their sources, neighbours of one article together."""
    cited = [found.citations[number - 1] for number in numbers]
    for article, group in groupby(cited, key=lambda citation: citation.article):
        yield source_name(article), list(group)


def only_source(found: Comparison) -> str:
    """The name of the source where all that is cited comes from one article, else an empty string."""
    articles = {each.article.id: each.article for each in found.citations}
    return source_name(found.citations[0].article) if len(articles) == 1 else ""


def copies(found: Iterable[Story], language: AskerLanguage) -> list[str]:
    """A line for each cited article that others print as well, saying which."""
    return [f"{source_name(story.lead)} — {also_in(story.copies, language)}" for story in found if story.copies]


def also_in(found: Iterable[Article], language: AskerLanguage) -> str:
    """Where else a text is printed: the first few sources, each once, and how many more there are."""
    names = list(dict.fromkeys(source_name(each) for each in found))
    sources, more = ", ".join(names[:_COPIES]), len(names) - _COPIES
    if more > 0:
        return message("also_in_more", language, sources=sources, count=more)
    return message("also_in", language, sources=sources)


def nearest_days(found: Answer | Comparison) -> str:
    """Which days next to an empty window have articles; an empty string where that is no matter."""
    days = ", ".join(day_text(day, found.language) for day in found.nearest_days)
    return message("nearest_days", found.language, days=days) if days else ""


def nearest_articles(found: Answer | Comparison) -> list[Article]:
    """The few articles that come nearest to a question without an answer, each once."""
    return list({hit.article.id: hit.article for hit in found.hits}.values())[:_NEAREST]


def span_of_days(found: IndexStatus, language: AskerLanguage) -> str:
    """From the earliest to the latest day in the index; a single day once, nothing where no day is known."""
    days = [published_text(Published(each.day), language) for each in (found.earliest, found.latest) if each]
    return " – ".join(dict.fromkeys(days))


def _listed(names: Iterable[str], cited: Iterable[Citation]) -> str:
    """Names, each with the number of its citation."""
    return "; ".join(f"{name} {citation_mark(each.number)}" for name, each in zip(names, cited, strict=True))


def note_key(found: Answer) -> str | None:
    """The key of the message that says how an answer came about, where a language model was asked; else None."""
    return "llm_written" if found.mode == "llm" else found.note
