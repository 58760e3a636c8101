"""Other outlets beside an answer, with the real model: who reports the same, who says otherwise, who is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.answer.beside import beside
from index.answer.evidence import Evidence
from index.compose import open_embedder
from index.config import Config, EmbedderSettings
from index.language import sentence_spans
from index.types import Corroboration, Passage, Span
from tests.fakes import WordEmbedder
from tests.stories import FERRY_EN, FERRY_EN_REPRINT, FERRY_RU, report

if TYPE_CHECKING:
    from pathlib import Path

    from index.ports import Embedder
    from index.types import Article

ENGLISH = report(FERRY_EN, "en", "Delta Wire")
RUSSIAN = report(FERRY_RU, "ru", "Устье")
REPRINT = report(FERRY_EN_REPRINT, "en", "Morning Quay")


@pytest.fixture(scope="module")
def embedder(model_cache: Path) -> Embedder:
    """The default embedder as it is wired: across languages."""
    return open_embedder(Config(embedder=EmbedderSettings(cache=model_cache)))


def _whole(article: Article) -> Passage:
    return Passage(f"{article.id}-0", article.id, 0, len(article.text), article.language, article.text)


def _evidence(*articles: Article) -> list[Evidence]:
    """All sentences of the articles, each weighed alike."""
    return [
        Evidence(article, span, _whole(article), 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, foreign=False)
        for article in articles
        for span in sentence_spans(article.text, article.language)
    ]


def _saying(words: str, evidence: list[Evidence]) -> Evidence:
    return next(each for each in evidence if words in each.text)


def test_what_another_outlet_confirms_is_cited_beside(embedder: Embedder) -> None:
    """The cost in a Russian report stands beside the English one, as the second citation."""
    evidence = _evidence(ENGLISH, RUSSIAN)
    further, together = beside([_saying("14 million", evidence)], evidence, "en", embedder)
    assert [each.text for each in further] == [_saying("14 млн", evidence).text]
    assert together == (Corroboration("same", (1, 2)),)


def test_what_another_outlet_denies_is_told_with_both_values(embedder: Embedder) -> None:
    """Twelve hurt here, seventeen there: both in their own words."""
    evidence = _evidence(ENGLISH, RUSSIAN)
    further, together = beside([_saying("17 пассажиров", evidence)], evidence, "ru", embedder)
    assert [each.article for each in further] == [ENGLISH]
    assert together == (Corroboration("differs", (1, 2), ("17 пассажиров", "Twelve passengers")),)


def test_quotes_that_are_cited_already_are_related_in_place(embedder: Embedder) -> None:
    """Two outlets among the chosen need no further citation."""
    evidence = _evidence(ENGLISH, RUSSIAN)
    chosen = [_saying("14 million", evidence), _saying("14 млн", evidence)]
    assert beside(chosen, evidence, "en", embedder) == ([], (Corroboration("same", (1, 2)),))


def test_a_reprint_confirms_nothing(embedder: Embedder) -> None:
    """Another outlet with the same text is no second source."""
    evidence = _evidence(ENGLISH, REPRINT)
    assert beside([_saying("sandbank", evidence)], evidence, "en", embedder) == ([], ())


def test_what_others_do_not_mention_stays_alone(embedder: Embedder) -> None:
    """A detail of one outlet gets no company."""
    evidence = _evidence(ENGLISH, RUSSIAN)
    assert beside([_saying("чай подавали", evidence)], evidence, "ru", embedder) == ([], ())


def test_one_outlet_needs_no_work() -> None:
    """With nobody to compare with, or nothing chosen, the model is not asked."""
    model, evidence = WordEmbedder(), _evidence(ENGLISH, report(FERRY_RU, "ru", "DELTA WIRE"))
    assert beside(evidence[:1], evidence, "en", model) == ([], ())
    assert beside([], _evidence(ENGLISH, RUSSIAN), "en", model) == ([], ())
    assert model.embedded == 0


def test_a_quote_of_two_sentences_is_one_statement(embedder: Embedder) -> None:
    """Its parts are no nearer statements of their own that would keep it from being confirmed."""
    evidence = _evidence(RUSSIAN, ENGLISH)
    doctors, cost = _saying("Врачи", evidence), _saying("14 млн", evidence)
    quote = replace(cost, span=Span(doctors.span.start, cost.span.end))
    further, together = beside([quote], evidence, "ru", embedder)
    assert [each.text for each in further] == [_saying("14 million", evidence).text]
    assert together == (Corroboration("same", (1, 2)),)
