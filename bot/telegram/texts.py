"""Answers, comparisons and passages as rich text for Telegram. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.days import window_text
from bot.telegram.rich import Block, Run
from bot.wording import (
    by_article,
    by_source,
    citation_mark,
    copies,
    nearest_articles,
    nearest_days,
    note_key,
    only_source,
    origin,
    relation,
)
from index.small_talk import is_talk
from prompts import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.telegram.rich import Style
    from index.excerpt import Excerpt
    from index.types import Answer, Article, AskerLanguage, Citation, Comparison, Corroboration, Passage

_MARK = re.compile(r"( \[\d+\])")


def plain(key: str, language: AskerLanguage, **values: object) -> list[Block]:
    """A message of the catalogue, a block a paragraph; the code of a ``request`` can be copied with a touch."""
    said = message(key, language, **values).strip()
    return [Block(_copyable(part, str(values.get("request", "")))) for part in said.split("\n\n")]


def quoted(text: str) -> list[Block]:
    """The words of an article, each paragraph marked as such."""
    return [Block((Run(line),), quote=True, tight=True) for line in text.split("\n") if line.strip()]


def answer(found: Answer, understood: str | None) -> list[Block]:
    """The cited sentences and the numbered sources, or the refusal; first, if given, the question as it was taken."""
    above = [*_understood(understood, found.language), *_window(found)]
    if found.refusal:
        return [*above, *_refusal(found)]
    company = [Block(_marked(relation(each, found.citations, found.language))) for each in found.corroborations]
    key = note_key(found)
    note = [Block((Run(message(key, found.language), "italic"),))] if key else []
    return [*above, *_sentences(found), *company, *note, *_sources(found)]


def comparison(found: Comparison, understood: str | None) -> list[Block]:
    """What several say, where they differ, what one says alone, each quote under its source, then the sources."""
    above = [*_understood(understood, found.language), *_window(found)]
    if found.refusal:
        return [*above, *_refusal(found)]
    return [*above, *_sections(found), *_sources(found)]


def excerpt(article: Article, shown: Excerpt, language: AskerLanguage, number: int) -> list[Block]:
    """A cited passage in its place, the cited sentence in bold, under its article's line."""
    passage = (Run(shown.before), Run(shown.marked, "bold"), Run(shown.after))
    return [
        _article_line(f"{citation_mark(number)} ", article, language, "bold"),
        Block(passage, quote=True, tight=True),
    ]


def more(passages: Sequence[tuple[Passage, Article]], language: AskerLanguage, first: int) -> list[Block]:
    """Further passages, numbered from ``first``, each under its article's line."""
    blocks = [_heading("tg_more_title", language)] if passages and first == 1 else []
    for number, (passage, article) in enumerate(passages, start=first):
        blocks += [
            _article_line(f"{number}. ", article, language, "bold"),
            Block((Run(passage.text),), quote=True, tight=True),
        ]
    return blocks


def article_list(articles: Iterable[Article], language: AskerLanguage) -> list[Block]:
    """A line an article: its title, linked where there is an address, its outlet and its day."""
    return [_article_line("• ", each, language, tight=True) for each in articles]


def _copyable(text: str, code: str) -> tuple[Run, ...]:
    before, found, after = text.partition(code) if code else (text, "", "")
    return (Run(before), Run(found, "code", firm=True), Run(after))


def _understood(question: str | None, language: AskerLanguage) -> list[Block]:
    return [Block((Run(message("understood", language, question=question), "italic"),))] if question else []


def _window(found: Answer | Comparison) -> list[Block]:
    """The days that were searched, so that what was understood can be seen."""
    days = window_text(*found.window, found.language)
    return [Block((Run(days, "italic"),), tight=True)] if days else []


def _refusal(found: Answer | Comparison) -> Iterator[Block]:
    """Why there is no answer, the days and the articles that come nearest, and what may help."""
    language = found.language
    if is_talk(found.refusal):
        yield from plain(found.refusal or "", language)
        return
    yield Block((Run(message(found.refusal or "", language), "bold"),))
    if days := nearest_days(found):
        yield Block((Run(days),))
    if nearest := nearest_articles(found):
        yield _heading("nearest", language)
        yield from article_list(nearest, language)
    if found.question.strip():
        yield Block((Run(message("tg_hint_nothing_found", language)),))


def _sentences(found: Answer) -> list[Block]:
    """Each sentence of an article as a quotation of its own; sentences that are put in new words as running text."""
    if found.mode == "extractive":
        return [_quote(each.text, each.citations, tight=place > 0) for place, each in enumerate(found.sentences)]
    runs = [run for each in found.sentences for run in (Run(each.text), *_marks(each.citations), Run(" "))]
    return [Block(tuple(runs))]


def _sections(found: Comparison) -> Iterator[Block]:
    language, lonely = found.language, only_source(found)
    if lonely:
        yield Block((Run(message("compared_one_source", language, source=lonely), "bold"),))
    for kind, title in (("same", "compared_together"), ("differs", "compared_differing")):
        facts = [each for each in found.together if each.kind == kind]
        if facts:
            yield _heading(title, language)
        for fact in facts:
            yield from _fact(found, fact)
    if found.alone and not lonely:
        yield _heading("compared_alone", language)
    yield from _quotes(found, found.alone)


def _fact(found: Comparison, fact: Corroboration) -> Iterator[Block]:
    if fact.kind == "differs":
        yield Block(_marked(relation(fact, found.citations, found.language)))
    yield from _quotes(found, fact.citations)


def _quotes(found: Comparison, numbers: Iterable[int]) -> Iterator[Block]:
    """The quotes under the names of their sources."""
    for source, cited in by_source(found, numbers):
        yield Block((Run(source, "italic"),))
        yield from (_quote(each.quote, [each.number], tight=True) for each in cited)


def _sources(found: Answer | Comparison) -> Iterator[Block]:
    """Under their heading, a line an article after the numbers that point to it; then who else prints the same text."""
    yield _heading("sources", found.language)
    for cited in by_article(found.citations):
        yield _article_line(_numbers(cited), cited[0].article, found.language, tight=True)
    yield from (Block((Run(line),), tight=True) for line in copies(found.stories, found.language))


def _numbers(cited: Iterable[Citation]) -> str:
    return "".join(f"{citation_mark(each.number)} " for each in cited)


def _quote(text: str, numbers: Iterable[int], *, tight: bool) -> Block:
    return Block((Run(text), *_marks(numbers)), quote=True, tight=tight)


def _marks(numbers: Iterable[int]) -> list[Run]:
    return [Run(f" {citation_mark(number)}", "bold", firm=True) for number in numbers]


def _marked(text: str) -> tuple[Run, ...]:
    """Text in which the citation marks stay with the words before them."""
    return tuple(Run(part, firm=_MARK.fullmatch(part) is not None) for part in _MARK.split(text))


def _article_line(
    mark: str, found: Article, language: AskerLanguage, style: Style = "", *, tight: bool = False
) -> Block:
    title = Run(found.title, style, found.url or "")
    return Block((Run(mark), title, Run(f" — {origin(found, language)}")), tight=tight)


def _heading(key: str, language: AskerLanguage) -> Block:
    return Block((Run(message(key, language), "bold"),))
