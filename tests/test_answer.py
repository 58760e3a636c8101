"""Answers by quoting, over the sample articles with the real model: right sentence, exact quote, honest refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.compose.engine import make_engine
from index.config import AnswerSettings, Config
from index.ingest import Ingester, IngestSettings
from index.types import Article, Filters, Hit, Passage, Query
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Engine
    from index.types import Answer, AskerLanguage

QUESTIONS: list[tuple[AskerLanguage, str, str]] = [
    ("uk", "Скільки коштував ремонт мосту у Верхній Липівці?", "412"),
    ("ru", "Сколько стоил мост через Сулу в Верхней Липовке?", "412"),
    ("en", "How much did the Sula bridge cost?", "412"),
    ("en", "How much maize did the Aurelia carry?", "31,500"),
    ("ru", "Сколько тонн кукурузы везла «Аурелия»?", "31"),
    ("uk", "На якій глибині знайшли губку у Світязі?", "41"),
    ("en", "How many people work at the Kharkiv cable plant?", "1,240"),
    ("ru", "Сколько пунктов пропуска откроют Украина и Молдова?", "пят"),
]
TODAY = date(2026, 5, 20)
UNANSWERABLE: list[tuple[AskerLanguage, str]] = [
    ("en", "What is the boiling point of tungsten?"),
    ("ru", "Кто написал роман «Мастер и Маргарита»?"),
    ("uk", "Скільки супутників має Юпітер?"),
]


def _ask(engine: Engine, text: str, language: AskerLanguage = "en", filters: Filters = Filters()) -> Answer:  # noqa: B008 - frozen
    return engine.answerer.answer(Query(text, language, filters), TODAY)


@pytest.mark.parametrize(("language", "question", "expected"), QUESTIONS)
def test_answer_is_among_the_quotes(engine: Engine, language: AskerLanguage, question: str, expected: str) -> None:
    """The fact asked for stands in a cited sentence."""
    answer = _ask(engine, question, language)
    assert answer.refusal is None
    assert any(expected in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(("language", "question"), UNANSWERABLE)
def test_refuses_what_the_articles_do_not_say(engine: Engine, language: AskerLanguage, question: str) -> None:
    """Without evidence there is no answer and no citation, but the nearest passages."""
    answer = _ask(engine, question, language)
    assert (answer.refusal, answer.sentences, answer.citations) == ("refused_no_evidence", (), ())
    assert answer.hits


def test_quotes_are_exact_and_numbered(engine: Engine) -> None:
    """Each sentence is the cited span of the stored article, numbered from 1 in order."""
    for language, question, _ in QUESTIONS:
        answer = _ask(engine, question, language)
        assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        for sentence, citation in zip(answer.sentences, answer.citations, strict=False):
            stored = engine.catalogue.article(citation.article.id).text
            assert sentence.text == citation.quote == stored[citation.span.start : citation.span.end]


def test_no_article_passes_the_filters(engine: Engine) -> None:
    """Where the restrictions leave nothing, the refusal says that; for an empty span of days, which days are next."""
    elsewhere = _ask(engine, "How much did the bridge cost?", filters=Filters(outlets=("Nobody's News",)))
    assert (elsewhere.refusal, elsewhere.hits) == ("refused_no_articles", ())
    answer = _ask(engine, "How much did the bridge cost?", filters=Filters(until=date(1999, 1, 1)))
    assert (answer.refusal, answer.hits) == ("refused_empty_window", ())
    assert answer.nearest_days == (date(2025, 10, 6),)


@pytest.mark.parametrize("question", ["", "  \n ", "?!...", "— …"])
def test_empty_question_is_not_searched(engine: Engine, question: str) -> None:
    """Nothing asked is said as such."""
    assert _ask(engine, question).refusal == "refused_empty_question"


def test_article_language_restricts_the_citations(engine: Engine) -> None:
    """Only articles in the language asked for are cited, across languages."""
    answer = _ask(engine, "How much did the Sula bridge cost?", filters=Filters(languages=("uk",)))
    assert {citation.article.language for citation in answer.citations} == {"uk"}
    assert any("412" in citation.quote for citation in answer.citations)


def test_no_more_sentences_than_set(engine: Engine) -> None:
    """The setting bounds the number of quotes."""
    brief = replace(engine.answerer, max_sentences=1)
    assert len(brief.answer(Query("How much did the Sula bridge cost?", "en"), TODAY).sentences) == 1


def test_restricted_to_an_outlet_it_does_not_blame_the_time(engine: Engine) -> None:
    """Where other restrictions may be why nothing was found, nothing is said of the time."""
    filters = Filters(outlets=("Nobody's News",), since=date(2026, 1, 1))
    assert _ask(engine, "Who won the election?", filters=filters).refusal == "refused_no_articles"


def test_threshold_decides_on_refusal(engine: Engine) -> None:
    """With the bar at 1 everything is refused."""
    strict = replace(engine.answerer, min_confidence=1.0)
    assert strict.answer(Query("How much did the Sula bridge cost?", "en"), TODAY).refusal == "refused_no_evidence"


WHEN: list[tuple[AskerLanguage, str, date | None, date | None]] = [
    ("uk", "Що нового про міст було 12 травня 2026 року?", date(2026, 5, 12), date(2026, 5, 12)),
    ("ru", "Что писали о мосте на прошлой неделе?", date(2026, 5, 11), date(2026, 5, 17)),
    ("en", "What was reported about the bridge since Friday?", date(2026, 5, 15), None),
]


@pytest.mark.parametrize(("language", "question", "since", "until"), WHEN)
def test_only_the_time_asked_for_is_cited(
    engine: Engine, language: AskerLanguage, question: str, since: date | None, until: date | None
) -> None:
    """Dates in a question become a window of publication days, and no passage from outside it is considered."""
    answer = _ask(engine, question, language)
    days = [hit.article.published.day for hit in answer.hits if hit.article.published]
    assert answer.window == (since, until)
    assert len(days) == len(answer.hits)
    assert all((since or date.min) <= day <= (until or date.max) for day in days)


def test_restrictions_and_words_narrow_each_other(engine: Engine) -> None:
    """A window read off the question never widens the one asked for beside it."""
    answer = _ask(engine, "What was in the news in May 2026?", filters=Filters(since=date(2026, 5, 10)))
    assert answer.window == (date(2026, 5, 10), date(2026, 5, 31))


def test_years_before_the_archive_are_history(engine: Engine) -> None:
    """A question about a year long past is answered from today's articles, or refused for want of evidence."""
    assert _ask(engine, "Who won the battle of Hastings in 1066?").window == (None, None)


def test_empty_time_is_said(engine: Engine) -> None:
    """Where nothing was published in the time asked for, the refusal says so and names the days around it."""
    answer = engine.answerer.answer(Query("What happened yesterday?", "en"), date(2027, 3, 1))
    assert (answer.refusal, answer.citations) == ("refused_empty_window", ())
    assert answer.nearest_days == (date(2026, 5, 21),)


def test_labels_are_no_evidence(engine: Engine) -> None:
    """Lines of fewer than four words are never weighed."""
    query = Query("Деталі", "uk")
    evidence = engine.answerer.weigher.weigh(query, engine.retriever.retrieve(query, 10))
    assert evidence
    assert all(len(each.text.split()) >= 4 for each in evidence)


def test_headings_and_source_lines_are_no_evidence(engine: Engine) -> None:
    """A subheading and a line that names the sources are passed over; a bullet is quoted without its mark."""
    text = (
        "Підсумки ремонту мосту через Сулу\nДжерело: Сульський вісник про ремонт мосту через Сулу.\n"
        "• Ремонт мосту через Сулу коштував 412 мільйонів гривень."
    )
    article = Article(id="a", source="a", text=text, language="uk", title="Міст", title_derived=True)
    hit = Hit(Passage("a-0", "a", 0, len(text), "uk", text), article, 1.0)
    (found,) = engine.answerer.weigher.weigh(Query("Скільки коштував ремонт мосту через Сулу?", "uk"), [hit])
    assert found.text == "Ремонт мосту через Сулу коштував 412 мільйонів гривень."


def test_nothing_to_quote_is_no_answer(tmp_path: Path) -> None:
    """However low the bar, articles without a single statement answer nothing."""
    (tmp_path / "a.txt").write_text("Bridge news\nTraffic\nBridge\nWeather today\nSport", "utf-8")
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", WordEmbedder.fingerprint)
    vectors = ChromaVectors(tmp_path / "chroma")
    Ingester(WordEmbedder(), vectors, catalogue, IngestSettings()).ingest(
        [tmp_path / "a.txt"], datetime(2026, 5, 1, tzinfo=UTC), lambda _: None
    )
    config = Config(answer=AnswerSettings(min_confidence=0.0))
    made = make_engine(config, WordEmbedder(), vectors, catalogue)
    answer = _ask(made, "What about the bridge?")
    assert answer.hits
    assert (answer.refusal, answer.citations) == ("refused_no_evidence", ())
