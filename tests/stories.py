"""Articles of our own about one event, for tests of copies, agreement and disagreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.language import sentence_spans
from index.types import Article, Published

if TYPE_CHECKING:
    from index.ports import Embedder, Vectors
    from index.types import Language, Span

FERRY_EN = (
    "A ferry with 180 people on board ran aground near Izmail on Thursday, the river rescue service said. "
    "The Dunai-4 struck a sandbank at 06:20 in thick fog, two kilometres from the harbour. "
    "Twelve passengers were hurt, and the captain, Petro Zhuk, was taken to hospital in Odesa. "
    "The crossing to Romania was closed until the evening of 5 March. "
    "Repairs to the hull will cost 14 million hryvnias, the owner Danube Lines estimates."
)
FERRY_EN_REPRINT = (
    "IZMAIL - A ferry with 180 people on board ran aground near Izmail on Thursday, the river rescue service said. "
    "The Dunai-4 struck a sandbank at 06:20 in thick fog, two kilometres from the harbour. "
    "Twelve passengers were hurt, and the ship's captain, Petro Zhuk, was taken to hospital in Odesa. "
    "The crossing to Romania was closed until the evening of 5 March."
)
FERRY_UK_TRANSLATION = (
    "Пором зі 180 людьми на борту сів на мілину поблизу Ізмаїла в четвер, повідомила річкова рятувальна служба. "
    "«Дунай-4» наскочив на піщану косу о 06:20 у густому тумані, за два кілометри від порту. "
    "Дванадцять пасажирів постраждали, а капітана Петра Жука доправили до лікарні в Одесі. "
    "Переправу до Румунії закрили до вечора 5 березня. "
    "Ремонт корпусу коштуватиме 14 мільйонів гривень, за оцінкою власника, компанії «Danube Lines»."
)
FERRY_RU = (
    "В четверг под Измаилом в тумане остановился паром «Дунай-4»: он налетел на мель. "
    "Пострадали 17 пассажиров, капитана Петра Жука доставили в больницу в Одессе. "
    "Врачи называют его состояние стабильным. "
    "Владелец, компания Danube Lines, оценивает ремонт корпуса в 14 млн гривен. "
    "Очевидица Мария Кот рассказала, что на палубе не было паники, а чай подавали до самого берега."
)
FIRE_RU = (
    "Склад мебели сгорел ночью во Львове, пожар тушили восемь часов. "
    "По данным врачей, пострадали 9 пожарных. "
    "Владелец оценивает ущерб в 30 млн гривен, причину выясняет следствие."
)


@dataclass(frozen=True)
class Said:
    """A statement: a sentence of an article and its vector."""

    article: Article
    span: Span
    vector: Vectors


def report(text: str, language: Language, outlet: str | None = None, day: int = 5) -> Article:
    """An article with this text, published on a day of March 2026; the text is its id."""
    title, published = text.partition(".")[0], Published(date(2026, 3, day))
    return Article(text, f"/{outlet}", text, language, title, title_derived=True, published=published, outlet=outlet)


def said(article: Article, embedder: Embedder) -> list[Said]:
    """All sentences of an article as statements."""
    spans = sentence_spans(article.text, article.language)
    vectors = embedder.embed_passages([article.text[span.start : span.end] for span in spans])
    return [Said(article, span, vector) for span, vector in zip(spans, vectors, strict=True)]
