"""Outlets set side by side: what several say, where they differ, what only one says, copies counted once."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from bot import json_form, render_comparison
from bot.cli import main
from index.answer.compare import Said, side_by_side
from index.answer.stories import stories
from index.compose import open_embedder
from index.config import Config, EmbedderSettings
from index.types import Comparison, Query
from tests.samples import BRIDGE, hit
from tests.stories import FERRY_EN, FERRY_RU, FERRY_UK_TRANSLATION, report, said

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Engine
    from index.ports import Embedder
    from index.types import Article, AskerLanguage

ENGLISH = report(FERRY_EN, "en", "Delta Wire")
TRANSLATION = report(FERRY_UK_TRANSLATION, "uk", "Причал")
RUSSIAN = report(FERRY_RU, "ru", "Устье")


@pytest.fixture(scope="module")
def embedder(model_cache: Path) -> Embedder:
    """The default embedder as it is wired: across languages."""
    return open_embedder(Config(embedder=EmbedderSettings(cache=model_cache)))


def _compared(articles: list[Article], question: str, language: AskerLanguage, embedder: Embedder) -> Comparison:
    """A comparison in which every sentence of the stories' leads was found."""
    told = stories(articles, language, embedder.embed_passages)
    asked = embedder.embed_queries([question])[0]
    statements = [
        Said(each.article, each.span, each.vector, float(each.vector @ asked), answers=False)
        for story in told
        for each in said(story.lead, embedder)
    ]
    ranked = sorted(statements, key=lambda each: -each.similarity)
    return side_by_side(Comparison(question, language), ranked, told)


def _shown(found: Comparison) -> str:
    screen = io.StringIO()
    Console(file=screen, width=80).print(render_comparison.comparison(found))
    return " ".join(screen.getvalue().split())


def test_both_sides_of_a_difference_are_cited(embedder: Embedder) -> None:
    """Two outlets that differ in a number are quoted with their values, each in its language."""
    found = _compared([ENGLISH, RUSSIAN], "How many passengers were hurt?", "en", embedder)
    (differing,) = [each for each in found.together if each.kind == "differs"]
    quotes = [found.citations[number - 1].quote for number in differing.citations]
    assert set(differing.values) == {"Twelve passengers", "17 пассажиров"}
    assert all(value in quote for value, quote in zip(differing.values, quotes, strict=True))


def test_what_several_say_is_cited_from_each(embedder: Embedder) -> None:
    """A cost that both outlets give is told by both."""
    found = _compared([ENGLISH, RUSSIAN], "Сколько стоит ремонт корпуса?", "ru", embedder)
    same = [each for each in found.together if each.kind == "same"]
    quotes = {found.citations[number - 1].quote for each in same for number in each.citations}
    assert any("14 million" in quote for quote in quotes)
    assert any("14 млн" in quote for quote in quotes)


def test_what_only_one_says_stands_alone(embedder: Embedder) -> None:
    """A detail of one outlet has no company."""
    found = _compared([ENGLISH, RUSSIAN], "Что рассказала очевидица Мария Кот?", "ru", embedder)
    assert any("чай подавали" in found.citations[number - 1].quote for number in found.alone)


def test_copies_count_once(embedder: Embedder) -> None:
    """A translation is no second outlet: it is named beside the text it is a copy of."""
    found = _compared([ENGLISH, TRANSLATION], "How many passengers were hurt?", "en", embedder)
    assert found.together == ()
    assert {citation.article.id for citation in found.citations} == {ENGLISH.id}
    shown = _shown(found)
    assert "Only one source found speaks to this: Delta Wire." in shown
    assert "Delta Wire — also in: Причал" in shown


def test_framing_is_in_the_askers_language(embedder: Embedder) -> None:
    """Headings are in the asker's language, quotes in the article's."""
    shown = _shown(_compared([ENGLISH, RUSSIAN], "Скільки пасажирів постраждало?", "uk", embedder))
    assert "У чому розходяться" in shown
    assert "Twelve passengers [" in shown
    assert "Устье — 17 пассажиров [" in shown


def test_every_citation_is_placed_once(embedder: Embedder) -> None:
    """Numbers run from 1, and each belongs to a relation or stands alone."""
    found = _compared([ENGLISH, RUSSIAN], "What happened to the ferry near Izmail?", "en", embedder)
    numbers = [citation.number for citation in found.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {*found.alone, *(number for each in found.together for number in each.citations)} == set(numbers)


def test_document_has_the_fields_of_the_contract(embedder: Embedder) -> None:
    """The JSON form tells relations by citation numbers, with values, and names copies."""
    document = json_form.comparison(_compared([ENGLISH, TRANSLATION, RUSSIAN], "Who was hurt?", "en", embedder))
    assert list(document) == [
        *("question", "lang", "refused", "reason", "confidence", "together", "alone", "citations", "copies"),
        *("passages", "seconds", "since", "until", "nearest_days"),
    ]
    assert all(set(each) == {"kind", "citations", "values"} for each in document["together"])
    assert document["copies"] == [{"article_id": ENGLISH.id, "copies": [TRANSLATION.id]}]


def test_sample_articles_agree_across_languages(engine: Engine) -> None:
    """Three outlets that give one cost in three languages are found and set side by side."""
    found = engine.comparer.compare(Query("How much did the Sula bridge cost?", "en"), date(2026, 5, 20))
    same = [
        [found.citations[number - 1] for number in each.citations] for each in found.together if each.kind == "same"
    ]
    cost = next(cited for cited in same if "412" in cited[0].quote)
    assert {each.article.language for each in cost} >= {"en", "uk"}
    assert all("412" in each.quote for each in cost)


def test_what_ask_refuses_is_refused(engine: Engine) -> None:
    """Nothing is compared where a question would not be answered."""
    found = engine.comparer.compare(Query("What is the boiling point of tungsten?", "en"), date(2026, 5, 20))
    assert (found.refusal, found.citations, found.together) == ("refused_no_evidence", (), ())


def test_refusal_names_what_comes_nearest() -> None:
    """Where nothing answers, nothing is compared, and the reason is told as for a question."""
    refused = Comparison("Who won?", "en", hits=(hit(BRIDGE),), refusal="refused_no_evidence")
    assert "The articles do not answer this. What comes nearest:" in _shown(refused)
    assert json_form.comparison(refused)["reason"] == "The articles do not answer this."


def test_command_prints_one_document(engine: Engine, capsys: pytest.CaptureFixture[str], model_cache: Path) -> None:
    """`citewire compare --json` prints the comparison, each quote the words of its article."""
    store = engine.catalogue.status().path
    with pytest.MonkeyPatch.context() as variables:
        variables.setenv("CITEWIRE_EMBEDDER_CACHE", str(model_cache))
        assert main(["compare", "How much did the Sula bridge cost?", "--store", store, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["refused"] is False
    for cited in document["citations"]:
        assert cited["quote"] == engine.catalogue.article(cited["article_id"]).text[cited["start"] : cited["end"]]


def test_empty_time_is_said_with_the_days_around_it(engine: Engine) -> None:
    """A comparison tells an empty span of days as an answer does."""
    found = engine.comparer.compare(Query("What happened yesterday?", "en"), date(2027, 3, 1))
    assert (found.refusal, found.citations) == ("refused_empty_window", ())
    shown = _shown(found)
    assert "28 Feb 2027" in shown
    assert "21 May 2026" in shown
    assert json_form.comparison(found)["nearest_days"] == ["2026-05-21"]
