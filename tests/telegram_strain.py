"""Answers that strain a messenger: any characters, any lengths; and what must hold of every message made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from bot.telegram.rich import is_visible
from index.types import Answer, AnswerSentence, Article, Citation, Comparison, Corroboration, Span, Story
from tests.samples import hit
from tests.telegram_parser import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from bot.telegram.rich import Block
    from bot.telegram.types import Chunk
    from index.types import AskerLanguage, Hit

_sees = cache(is_visible)
_LANGUAGES: tuple[AskerLanguage, ...] = ("ru", "uk", "en")
_WORDS = [
    *("Міст", "відкрили", "в", "суботу.", "Роботи", "коштували", "412", "млн", "гривень!", "«Ні»", "т.\xa0д.", "[7]"),
    *("<b>", "</b>", "&", "&amp;", ">", '"лапки"', "*_~`", "https://visnyk.example/?a=1&b=2", "@name", "#tag"),
    *("👨\u200d👩\u200d👧", "🇺🇦", "e\u0301", "\u202eRLO", "\u200b", "𝔘", "\ud83d", "\x00", "\x07", "\n", "..."),
]


def assert_taken(blocks: Iterable[Block], said: Sequence[Chunk], limit: int = 4096) -> None:
    """Telegram takes each chunk, within all its limits, as what it should say; and together they say it all."""
    for chunk in said:
        shown = parse(chunk.html)
        assert shown.text == chunk.plain == chunk.plain.strip()
        assert len(shown.text.encode("utf-16-le")) // 2 <= limit
        assert len(shown.entities) <= 100
        assert len(chunk.html.encode()) <= 32 * 1024
        assert is_visible(shown.text)
    source = "".join(_seen(run.text) for block in blocks for run in block.runs)
    assert _seen("".join(chunk.plain for chunk in said)) == source


def strained_answer(chance: Random) -> Answer:
    """An answer, or now and then a refusal, of articles full of odd characters."""
    citations = _citations(chance)
    numbers = [each.number for each in citations]
    sentences = tuple(AnswerSentence(each.quote, (each.number,)) for each in citations)
    found = Answer(
        _text(chance, 9),
        chance.choice(_LANGUAGES),
        sentences,
        citations,
        _hits(citations),
        corroborations=_relations(chance, numbers),
        stories=_stories(citations),
        window=(date(2026, 1, 2), None),
        mode=chance.choice(("extractive", "llm")),
    )
    return replace(found, refusal="refused_no_evidence") if chance.random() < 0.2 else found


def strained_comparison(chance: Random) -> Comparison:
    """A comparison of such articles."""
    citations = _citations(chance)
    numbers = [each.number for each in citations]
    return Comparison(
        _text(chance, 9),
        chance.choice(_LANGUAGES),
        citations,
        together=_relations(chance, numbers),
        alone=tuple(numbers),
        stories=_stories(citations),
        hits=_hits(citations),
    )


def _seen(text: str) -> str:
    """What a reader sees of it; halves of surrogate pairs are seen as signs of replacement."""
    valid = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(filter(_sees, valid))


def _text(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)) or "x"


def _citations(chance: Random) -> tuple[Citation, ...]:
    """Up to five, some of one article, once in a while endless."""
    articles = [_article(chance, number) for number in range(chance.randint(1, 4))]
    length = 1500 if chance.random() < 0.003 else 14
    found = []
    for number in range(1, chance.randint(1, 5) + 1):
        article = replace(chance.choice(articles), text=_text(chance, chance.randint(1, length)))
        found.append(Citation(number, article, Span(0, len(article.text))))
    return tuple(found)


def _article(chance: Random, number: int) -> Article:
    outlet = chance.choice((None, _text(chance, 2)))
    url = chance.choice((None, "https://visnyk.example/a?b=1&c=2", "http://localhost/", _text(chance, 1)))
    title = _text(chance, 900 if chance.random() < 0.004 else 8)
    return Article(f"a{number}", "/a.txt", "", "uk", title, outlet=outlet, url=url)


def _hits(citations: Iterable[Citation]) -> tuple[Hit, ...]:
    return tuple(hit(each.article) for each in citations)


def _relations(chance: Random, numbers: Sequence[int]) -> tuple[Corroboration, ...]:
    cited = tuple(chance.sample(numbers, chance.randint(1, min(3, len(numbers)))))
    values = tuple(_text(chance, 2) for _ in cited)
    return (Corroboration("same", cited), Corroboration("differs", cited, values))


def _stories(citations: Sequence[Citation]) -> tuple[Story, ...]:
    return (Story(citations[0].article, tuple(each.article for each in citations[1:])),)
