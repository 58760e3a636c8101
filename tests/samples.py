"""A few articles and answers of our own that several tests speak about."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from index.types import (
    Answer,
    AnswerSentence,
    Article,
    Citation,
    DroppedLine,
    Hit,
    Passage,
    Published,
    Span,
)

BRIDGE = Article(
    id="bridge",
    source="/news/bridge.txt",
    text="Міст відкрили в суботу. Роботи коштували 412 мільйонів гривень.\nРух дозволили о дев'ятій.",
    language="uk",
    title="У Верхній Липівці відкрили міст",
    published=Published(date(2026, 3, 14), time(9, 15, tzinfo=ZoneInfo("Europe/Kyiv"))),
    author="Олена Марчук",
    outlet="Сульський вісник",
    url="https://visnyk.example/mist",
    dropped=(DroppedLine("РЕКЛАМА", "advertisement"),),
)
SHIP = Article(
    id="ship",
    source="/news/ship.txt",
    text="The Aurelia left Chornomorsk on Monday with 31,500 tonnes of maize.",
    language="en",
    title="The Aurelia left Chornomorsk on Monday",
    title_derived=True,
)


def hit(article: Article, score: float = 0.5) -> Hit:
    """The whole article as one passage that was found."""
    passage = Passage(f"{article.id}-0", article.id, 0, len(article.text), article.language, article.text)
    return Hit(passage, article, score)


def citation(number: int, article: Article, words: str) -> Citation:
    """A citation of these words of the article."""
    start = article.text.index(words)
    return Citation(number, article, Span(start, start + len(words)))


def answered() -> Answer:
    """A Ukrainian answer that quotes the bridge twice and the ship once."""
    citations = (
        citation(1, BRIDGE, "Роботи коштували 412 мільйонів гривень."),
        citation(2, BRIDGE, "Міст відкрили в суботу."),
        citation(3, SHIP, SHIP.text),
    )
    return Answer(
        question="Скільки коштував міст?",
        language="uk",
        sentences=tuple(AnswerSentence(each.quote, (each.number,)) for each in citations),
        citations=citations,
        hits=(hit(BRIDGE), hit(SHIP)),
        confidence=0.91,
        seconds=0.25,
    )


def refused() -> Answer:
    """A refusal in English with one article near."""
    return Answer("Who won?", "en", hits=(hit(BRIDGE), hit(BRIDGE)), confidence=0.1, refusal="refused_no_evidence")
