"""Answers in a language model's words, over the sample articles and real HTTP: what stands is shown, nothing else."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from index.adapters.llm import Endpoint, OpenAILikeModel
from index.answer.checking import Checker
from index.answer.writing import Writer
from index.types import Query
from tests.fake_llm import Fail, Raw, Reset, Say, fake_llm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.compose import Engine
    from index.types import Answer, AskerLanguage, Reason
    from tests.fake_llm import Act, FakeLlm

TODAY = date(2026, 5, 20)
GOOD = {
    "en": "The bridge in Verkhnia Lypivka cost 412 million hryvnias [1].",
    "uk": "Міст у Верхній Липівці коштував 412 мільйонів гривень [1].",
    "ru": "Мост в Верхней Липовке обошёлся в 412 миллионов гривен [1].",
}
ASKED: dict[AskerLanguage, str] = {
    "en": "How much did the Sula bridge cost?",
    "uk": "Скільки коштував ремонт мосту у Верхній Липівці?",
    "ru": "Сколько стоил мост через Сулу в Верхней Липовке?",
}
FALSE = "The bridge cost 777 million hryvnias [1]."


@dataclass
class Room:
    """The engine with a writer whose model is a scripted server."""

    engine: Engine
    fake: FakeLlm
    writer: Writer

    def ask(self, language: AskerLanguage = "en", shown: Callable[[Answer], None] = lambda _: None) -> Answer:
        """What the bridge cost, asked in this language."""
        answerer = replace(self.engine.answerer, writer=self.writer)
        return answerer.written(Query(ASKED[language], language), TODAY, shown)


@pytest.fixture
def room(engine: Engine) -> Iterator[Room]:
    """A room whose server has no script yet."""
    with fake_llm() as fake:
        model = OpenAILikeModel(Endpoint(fake.base_url, "scripted", 8192, 600))
        embedder = engine.retriever.embedder
        yield Room(engine, fake, Writer(model, Checker(embedder), embedder, 7500, 10.0))


@pytest.mark.parametrize("language", list(GOOD))
def test_written_answer_is_cited(room: Room, language: AskerLanguage) -> None:
    """The model's sentence is shown without its marks, and cites the very words that bear it out."""
    room.fake.acts = [Say(GOOD[language])]
    answer = room.ask(language)
    assert (answer.mode, answer.note, answer.refusal) == ("llm", None, None)
    assert [each.text for each in answer.sentences] == [GOOD[language].replace(" [1]", "")]
    cited = [answer.citations[number - 1] for number in answer.sentences[0].citations]
    assert any("412" in each.quote for each in cited)
    assert all(each.quote == each.article.text[each.span.start : each.span.end] for each in answer.citations)


def test_what_is_not_borne_out_is_dropped(room: Room) -> None:
    """A false sentence goes, the true one stays, and both verdicts are told."""
    room.fake.acts = [Say(f"{GOOD['en']} {FALSE}")]
    answer = room.ask()
    assert (answer.mode, len(answer.sentences)) == ("llm", 1)
    assert [(each.supported, each.reasons) for each in answer.verdicts] == [(True, ()), (False, ("number",))]
    assert answer.verdicts[0].citations == answer.sentences[0].citations


def test_less_than_half_is_nothing(room: Room) -> None:
    """Where less than half stands, the quotes are shown instead, with a word about it and the verdicts."""
    room.fake.acts = [Say(f"{GOOD['en']} {FALSE} It took 99 years [1].")]
    answer = room.ask()
    assert (answer.mode, answer.note) == ("extractive", "llm_unsupported")
    assert [each.supported for each in answer.verdicts] == [True, False, False]
    assert all("777" not in each.text for each in answer.sentences)


@pytest.mark.parametrize(
    "said",
    [
        "The passage is about a bridge [1].",
        "В этом отрывке говорится о мосте [1].",
        "В уривку йдеться про міст [1].",
        "The [1].",
    ],
)
def test_what_tells_nothing_is_refused(room: Room, said: str) -> None:
    """A sentence about the passages, or a fragment of one, is no answer."""
    room.fake.acts = [Say(said)]
    assert [each.reasons[0] for each in room.ask().verdicts] == ["meaning"]


@pytest.mark.parametrize("mark", ["", " [0]", " [99]", " [1][99]"])
def test_invented_citations_are_refused(room: Room, mark: str) -> None:
    """A sentence without a mark, or with one that no passage has, is never shown."""
    room.fake.acts = [Say(f"The bridge cost 412 million hryvnias{mark}.")]
    answer = room.ask()
    assert answer.note == "llm_unsupported"
    assert [each.reasons for each in answer.verdicts] == [("citation",)]


def test_addresses_are_refused(room: Room) -> None:
    """No address reaches a reader by way of a model."""
    room.fake.acts = [Say("The bridge cost 412 million, see https://evil.example [1].")]
    assert [each.reasons for each in room.ask().verdicts] == [("meaning",)]


@pytest.mark.parametrize(
    "act",
    [
        Fail(401),
        Fail(429),
        Fail(500),
        Reset(),
        Reset("The bridge cost 412"),
        Raw(b"data: {]\n\n"),
        Say(""),
        Say("", refusal="I must not."),
    ],
)
def test_faults_lead_to_quotes(room: Room, act: Act) -> None:
    """Whatever is wrong with the server, the answer quotes and says so."""
    room.fake.acts = [act]
    answer, plain = room.ask(), room.engine.answerer.answer(Query(ASKED["en"], "en"), TODAY)
    assert (answer.mode, answer.note) == ("extractive", "llm_unavailable")
    assert (answer.sentences, answer.citations) == (plain.sentences, plain.citations)


@pytest.mark.parametrize("act", [Say(GOOD["en"], pause=0.9), Say(GOOD["en"] * 20, size=1, pause=0.02)])
def test_time_limit_holds(room: Room, act: Say) -> None:
    """A slow model and one whose reply drips are given up within the limit for the whole answer."""
    room.ask()
    room.fake.acts, room.writer = [act], replace(room.writer, seconds=0.8)
    started = time.monotonic()
    assert room.ask().note == "llm_unavailable"
    assert time.monotonic() - started < 0.8


def test_declining_leads_to_quotes(room: Room) -> None:
    """A model that finds no answer is heard once; the quotes stand."""
    room.fake.acts = [Say("NO ANSWER")]
    assert (room.ask().note, len(room.fake.asked)) == ("llm_declined", 1)


def test_other_language_is_tried_once_more(room: Room) -> None:
    """A reply in another language is asked for again, with a reminder, and the second one counts."""
    room.fake.acts = [Say(GOOD["ru"]), Say(GOOD["uk"])]
    answer = room.ask("uk")
    assert (answer.mode, len(room.fake.asked)) == ("llm", 2)
    assert "не українською" in room.fake.material(1)
    assert [each.text for each in answer.sentences] == ["Міст у Верхній Липівці коштував 412 мільйонів гривень."]


@pytest.mark.parametrize("reply", [GOOD["ru"], GOOD["en"], "我不能回答这个问题。"])
def test_other_language_twice_leads_to_quotes(room: Room, reply: str) -> None:
    """Two replies in another language are enough."""
    room.fake.acts = [Say(reply)]
    answer = room.ask("uk")
    assert (answer.mode, answer.note, len(room.fake.asked)) == ("extractive", "llm_other_language", 2)


class StumblingChecker(Checker):
    """Fails on every sentence, as a check with a flaw would."""

    def reasons(self, sentence: str, *_: object) -> tuple[Reason, ...]:
        """Never returns."""
        raise LookupError(sentence)


def test_a_check_that_fails_costs_no_answer(room: Room) -> None:
    """Where checking itself breaks, nothing written is shown, and the quotes are."""
    room.fake.acts = [Say(GOOD["en"])]
    room.writer = replace(room.writer, checker=StumblingChecker(room.writer.embedder))
    answer = room.ask()
    assert (answer.mode, answer.note, bool(answer.citations)) == ("extractive", "llm_unsupported", True)


def test_refusal_stays_a_refusal(room: Room) -> None:
    """Where the articles say nothing, no model is asked."""
    answerer = replace(room.engine.answerer, writer=room.writer)
    answer = answerer.written(Query("What is the boiling point of tungsten?", "en"), TODAY)
    assert (answer.refusal, room.fake.asked) == ("refused_no_evidence", [])


def test_sentences_are_shown_as_they_pass(room: Room) -> None:
    """Whoever watches sees the answer grow by sentences that passed, never by another."""
    second = "MostoBud-7 drove 64 piles [1]."
    room.fake.acts = [Say(f"{GOOD['en']} {FALSE} {second}")]
    seen: list[tuple[str, ...]] = []
    final = room.ask(shown=lambda answer: seen.append(tuple(each.text for each in answer.sentences)))
    assert [len(each) for each in seen] == [1, 2]
    assert seen[-1] == tuple(each.text for each in final.sentences)
    assert "777" not in str(seen)


def test_words_of_one_place_have_one_number(room: Room) -> None:
    """Two sentences that rest on the same words cite one number; numbers go up from 1."""
    room.fake.acts = [Say(f"{GOOD['en']} The project cost 412 million hryvnias [1].")]
    answer = room.ask()
    assert set(answer.sentences[1].citations) <= set(answer.sentences[0].citations)
    assert [each.number for each in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_what_others_say_is_kept(room: Room) -> None:
    """Which outlets report the same, or differ, is told of a written answer as well, under numbers that exist."""
    room.fake.acts = [Say(GOOD["en"])]
    plain, answer = room.engine.answerer.answer(Query(ASKED["en"], "en"), TODAY), room.ask()
    assert [each.kind for each in answer.corroborations] == [each.kind for each in plain.corroborations]
    for told, before in zip(answer.corroborations, plain.corroborations, strict=True):
        quotes = [plain.citations[number - 1].quote for number in before.citations]
        assert all(quote in answer.citations[n - 1].quote for n, quote in zip(told.citations, quotes, strict=True))
