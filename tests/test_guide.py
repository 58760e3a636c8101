"""Looking around: the newest articles, on a topic or on any, and example questions that the archive answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from index.compose import open_engine, open_ingester
from index.config import Config, EmbedderSettings, StoreSettings
from index.guide.abroad import elsewhere, listed
from index.guide.inflection import gender
from index.guide.offers import offers
from index.guide.runs import runs
from index.guide.topic import asks_for_news
from index.guide.wording import LONGEST, place, question, spoken_of, standing_in
from index.types import Article, Published, Query
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from index.compose import Engine
    from index.types import AskerLanguage, Language

ASKERS: tuple[AskerLanguage, ...] = ("en", "ru", "uk")
TODAY = date(2026, 5, 22)


def _article(text: str, language: Language, title: str = "") -> Article:
    return Article(id="a", source="/a.txt", text=text, language=language, title=title)


def _questions(text: str, written: Language, asker: AskerLanguage, title: str = "") -> set[str]:
    return {offer.question for offer in offers(_article(text, written, title), asker)}


def _titles(engine: Engine, topic: str, language: AskerLanguage) -> list[str]:
    return [article.title for article in engine.guide.newest(Query(topic, language), TODAY, 8)]


def test_newest_come_in_order_of_publication(engine: Engine) -> None:
    """Without a topic the latest articles are listed, undated ones left out where others have dates."""
    found = engine.guide.newest(None, TODAY, 10)
    moments = [article.published.utc_seconds() if article.published else 0 for article in found]
    assert moments == sorted(moments, reverse=True)
    assert len(found) == 10
    assert min(moments) > 0


def test_topic_lists_only_what_is_about_it(engine: Engine) -> None:
    """A word of the topic in passing is not enough; a name is known in every language and spelling."""
    assert {"Baltkabelis" in title for title in _titles(engine, "Baltkabelis", "en")} == {True}
    assert [title for title in _titles(engine, "шахматы", "ru") if "чемпионкой" not in title] == []
    assert {article.language for article in engine.guide.newest(Query("Молдова", "uk"), TODAY, 8)} == {"ru", "uk", "en"}


def test_topic_not_held_gives_nothing(engine: Engine) -> None:
    """What the archive has nothing about is not answered with whatever comes nearest."""
    unknown: list[tuple[str, AskerLanguage]] = [
        ("cryptocurrency", "en"),
        ("пингвины", "ru"),
        ("вулкани Ісландії", "uk"),
    ]
    assert [topic for topic, language in unknown if _titles(engine, topic, language)] == []


def test_topic_heeds_words_of_time(engine: Engine) -> None:
    """Months named in a topic bound what is listed, also where nothing else is named."""
    for topic in ("новости за март 2026", "Молдова в марте 2026"):
        found = engine.guide.newest(Query(topic, "ru"), TODAY, 8)
        assert {article.published.iso()[:7] for article in found if article.published} == {"2026-03"}


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_examples_are_answered(engine: Engine, language: AskerLanguage) -> None:
    """Each example fits a button and is answered surely, each from another article in the asker's language."""
    examples = engine.guide.examples(language, TODAY)
    answers = [engine.answerer.answer(Query(example, language), TODAY) for example in examples]
    assert len(examples) == 3
    assert max(map(len, examples)) <= LONGEST
    assert {answer.refusal for answer in answers} == {None}
    assert len({answer.citations[0].article.id for answer in answers}) == 3
    assert {answer.citations[0].article.language for answer in answers} == {language}


@pytest.mark.parametrize(
    ("folder", "part"), [("en", "0*"), ("ru", "0*"), ("uk", "0*")], ids=["english", "russian", "ukrainian"]
)
def test_articles_in_one_language_give_examples_in_all(
    folder: str, part: str, model_cache: Path, tmp_path: Path
) -> None:
    """An index with articles in a single language has questions for askers of the two others, and answers them."""
    config = Config(store=StoreSettings(path=tmp_path), embedder=EmbedderSettings(cache=model_cache))
    with open_ingester(config) as ingester:
        ingester.ingest(sorted((SAMPLES / folder).glob(part)), datetime(2026, 5, 20, tzinfo=UTC), lambda _: None)
    engine = open_engine(config)
    for language in ASKERS:
        examples = engine.guide.examples(language, TODAY)
        answers = [engine.answerer.answer(Query(example, language), TODAY) for example in examples]
        assert [answer.refusal for answer in answers] == [None] * len(answers) != []


def test_an_empty_archive_has_neither_news_nor_examples(model_cache: Path, tmp_path: Path) -> None:
    """Where nothing is indexed yet, nothing is shown."""
    config = Config(store=StoreSettings(path=tmp_path), embedder=EmbedderSettings(cache=model_cache))
    with open_ingester(config):
        guide = open_engine(config).guide
    assert guide.newest(None, TODAY, 5) == guide.newest(Query("міст", "uk"), TODAY, 5) == []
    assert guide.examples("uk", TODAY) == []


def test_copies_are_listed_once(engine: Engine) -> None:
    """Of two articles with one text the later is listed."""
    first = engine.guide.newest(None, TODAY, 1)[0]
    copy = replace(first, id="copy", published=Published(date(2026, 6, 1)))
    store = engine.guide.catalogue
    store.put(copy, "digest", [])
    try:
        found = engine.guide.newest(None, TODAY, 5)
    finally:
        store.remove(["copy"])
    assert [article.id for article in found if article.text == first.text] == ["copy"]


def test_offers_are_read_off_the_text() -> None:
    """Who speaks, where, and who the headline names become questions with the names as they stand."""
    text = "В Галаце открыли музей. «Мы ждали», — сказала Анна Шевченко. Анна Шевченко строила его сама."
    assert _questions(text, "ru", "ru", "Анна Шевченко открыла музей") == {
        "Что говорит Анна Шевченко?",
        "Что произошло в Галаце?",
        "Что известно об Анне Шевченко?",
        "Кто такая Анна Шевченко?",
    }


def test_what_is_no_name_is_not_asked_about() -> None:
    """Regions without their noun, peoples, offices and wide parts of the world give no question."""
    assert _questions("Град прошёл в Одесской и Киевской областях.", "ru", "ru") == set()
    assert _questions("Much happened in Europe. The Russian side left.", "en", "en", "Russian side leaves") == set()
    told = runs(_article("So said Language Ombudsman on Friday. The language law stands.", "en"))
    assert [run.text for run in told if "Language" in run.text] == []


def test_listed_names_go_over_into_other_languages() -> None:
    """Towns and people that are listed are asked about in the asker's spelling."""
    text = "Кім Чен Ин заявив про це в Харкові. Кім Чен Ин поїхав."
    assert _questions(text, "uk", "en") >= {"What does Kim Jong Un say?", "What happened in Kharkiv?"}
    assert _questions(text, "uk", "ru") >= {"Что говорит Ким Чен Ын?", "Что произошло в Харькове?"}


def test_unlisted_names_are_transliterated_or_left_out() -> None:
    """English gets Latin letters; between Russian and Ukrainian only names without letters that differ pass."""
    assert elsewhere("Оксана Марчук", frozenset({"xnmrk"}), "uk", "en") == "Oksana Marchuk"
    assert elsewhere("Оксана Марчук", frozenset({"xnmrk"}), "uk", "ru") == "Оксана Марчук"
    assert elsewhere("Кирилл Рыбин", frozenset({"xnrbn"}), "ru", "uk") is None
    assert listed("xtnobody", "en") is None


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        ("Одесса", "ru", "об Одессе"),
        ("Наталья Алексеева", "ru", "о Наталье Алексеевой"),
        ("Белая Церковь", "ru", "о Белой Церкви"),
        ("Володимир Зеленський", "uk", "Володимира Зеленського"),
        ("Марко Лисенко", "uk", "Марка Лисенка"),
        ("Baltkabelis", "uk", "Baltkabelis"),
        ("Медведчук", "uk", None),
        ("Олег Сыч", "ru", None),
    ],
)
def test_names_are_inflected_or_left_out(name: str, language: AskerLanguage, told: str | None) -> None:
    """A name stands in the case that the question needs; where its bearer's sex or its reading is open, nowhere."""
    assert spoken_of(name, language) == told


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        ("Львов", "ru", "во Львове"),
        ("Вьетнам", "ru", "во Вьетнаме"),
        ("Тернопіль", "uk", "в Тернополі"),
        ("Франція", "uk", "у Франції"),
        ("Донецьк", "uk", "в Донецьку"),
        ("Riga", "en", "Riga"),
    ],
)
def test_places_take_their_preposition(name: str, language: AskerLanguage, told: str) -> None:
    """The preposition goes with the sound that follows, the locative with the noun."""
    assert place(name, language) == told


def test_an_adjective_takes_its_noun_along() -> None:
    """A region is named with the word for it."""
    assert standing_in("зерно в ", "Полтавской", " области собрали", "ru") == "в Полтавской области"
    assert standing_in("дошли до ", "Полтавы", " к вечеру", "ru") is None


def test_questions_fit_a_button() -> None:
    """A name too long for a button gives no question; sex is told by a known first name alone."""
    assert question("says", "en", "A" * LONGEST) is None
    assert [gender(name, "ru") for name in ("Мария Кот", "Павел Кот", "Зу Кот")] == ["femn", "masc", None]


def test_asking_for_news_is_no_topic() -> None:
    """Words of time and of news name nothing to look for."""
    assert asks_for_news("последние новости за вчера")
    assert asks_for_news("latest news")
    assert not asks_for_news("новини про страйк")
