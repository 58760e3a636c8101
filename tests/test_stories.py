"""Copies count once; independent reports agree or differ, across languages, with the real model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.answer.agreement import relate
from index.answer.corroboration import corroborate
from index.answer.stories import are_copies, stories
from index.compose import open_embedder
from index.config import Config, EmbedderSettings
from index.types import Corroboration
from tests.stories import FERRY_EN, FERRY_EN_REPRINT, FERRY_RU, FERRY_UK_TRANSLATION, FIRE_RU, report, said

if TYPE_CHECKING:
    from pathlib import Path

    from index.ports import Embedder
    from index.types import Article, Language

ORIGINAL = report(FERRY_EN, "en", "Delta Wire")
REPRINT = report(FERRY_EN_REPRINT, "en", "Morning Quay")
TRANSLATION = report(FERRY_UK_TRANSLATION, "uk", "Причал")
OWN = report(FERRY_RU, "ru", "Устье")
OTHER = report(FIRE_RU, "ru", "Ратуша")

Side = tuple["Language", str]
SAME: list[tuple[Side, Side]] = [
    (
        ("en", "The bridge over the Sula cost 412 million hryvnias."),
        ("uk", "Міст через Сулу коштував 412 млн гривень."),
    ),
    (
        ("en", "The bridge over the Sula cost 412 million hryvnias."),
        ("ru", "Мост через Сулу обошелся в 412 млн гривен."),
    ),
    (("uk", "Понад 10 тисяч людей вийшли на площу в Одесі."), ("ru", "На площадь в Одессе вышли 10 400 человек.")),
    (("ru", "Путин и Ким подписали договор 19 июня."), ("uk", "Путін і Кім підписали договір 19 червня 2024 року.")),
    (("en", "Zelensky met Macron in Paris."), ("ru", "Зеленский встретился с Макроном в Париже.")),
]
DIFFER: list[tuple[Side, Side, tuple[str, str]]] = [
    (
        ("en", "North Korea has sent 10,000 soldiers to Russia, officials in Seoul say."),
        ("uk", "КНДР відправила до Росії 12 000 солдатів, кажуть чиновники в Сеулі."),
        ("10,000 soldiers", "12 000 солдатів"),
    ),
    (
        ("ru", "При пожаре в Одессе погибли 5 человек."),
        ("uk", "Під час пожежі в Одесі загинули 7 людей."),
        ("5 человек", "7 людей"),
    ),
    (
        ("uk", "Міст через Сулу у Верхній Липівці відкрили 14 березня."),
        ("ru", "Мост через Сулу в Верхней Липовке открыли 16 марта."),
        ("14 березня", "16 марта"),
    ),
    (
        ("en", "The plant in Kharkiv was sold to Baltkabelis for 86 million euros."),
        ("ru", "Завод в Харькове продали компании Baltkabelis за 68 миллионов евро."),
        ("86 million euros", "68 миллионов евро"),
    ),
    (
        ("uk", "Новим мером Зорянського став Марко Лисенко."),
        ("ru", "Новым мэром Зорянского стал Богдан Кравец."),
        ("Марко Лисенко", "Богдан Кравец"),
    ),
]
SILENT: list[tuple[Side, Side]] = [
    # Another event of the same kind.
    (("ru", "При пожаре в Одессе погибли 5 человек."), ("uk", "Під час пожежі в Харкові загинули 7 людей.")),
    # Other things counted.
    (("en", "The bridge over the Sula rests on 64 piles."), ("uk", "Міст через Сулу має 5 опор.")),
    (("ru", "При пожаре в Одессе погибли 5 человек."), ("uk", "Під час пожежі в Одесі поранено 7 людей.")),
    (("en", "Some 3,800 cars a day cross the Sula."), ("ru", "За год Сулу пересекли 900 тысяч автомобилей.")),
    (("en", "Another 500 soldiers arrived in Kursk."), ("uk", "До Курська прибули 700 солдатів.")),
    # A total and its part.
    (("en", "Of 15,000 soldiers sent to Kursk, 4,000 were hurt."), ("uk", "До Курська відправили 11 000 солдатів.")),
    # The day of a statement and the day of the event.
    (
        ("en", "The mayor of Zorianske said on 15 March that the bridge over the Sula had been opened."),
        ("uk", "Міст через Сулу в Зорянському відкрили 14 березня."),
    ),
    # The same person, written in other ways.
    (("en", "Xi Jinping met Zelenskyy in Kyiv."), ("ru", "Си Цзиньпин встретился с Зеленским в Киеве.")),
]


@pytest.fixture(scope="session")
def embedder(model_cache: Path) -> Embedder:
    """The default embedder as it is wired: across languages."""
    return open_embedder(Config(embedder=EmbedderSettings(cache=model_cache)))


def _related(one: Side, other: Side, embedder: Embedder, day: int = 5) -> tuple[str, tuple[str, ...]] | None:
    """How two single sentences relate, each amid a lead that tells the same event to both."""
    first, second = report(_amid(one), one[0], "A"), report(_amid(other), other[0], "B", day)
    found = relate(said(first, embedder)[-1], said(second, embedder)[-1])
    return (found.kind, found.values) if found else None


def _amid(side: Side) -> str:
    leads = {
        "en": "Oksana Herasymenko and Nikos Stavrou told reporters in Lubny. ",
        "ru": "Оксана Герасименко и Никос Ставру рассказали журналистам в Лубнах. ",
        "uk": "Оксана Герасименко і Нікос Ставру розповіли журналістам у Лубнах. ",
    }
    return leads[side[0]] + side[1]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_report_in_two_languages(embedder: Embedder, one: Side, other: Side) -> None:
    """One fact in two languages is agreement, rounding and bounds allowed."""
    assert _related(one, other, embedder) == ("same", ())


@pytest.mark.parametrize(("one", "other", "values"), DIFFER)
def test_one_fact_differs(embedder: Embedder, one: Side, other: Side, values: tuple[str, str]) -> None:
    """Where all but a number, a date or a name is the same, both sides are told in their own words."""
    assert _related(one, other, embedder) == ("differs", values)


@pytest.mark.parametrize(("one", "other"), SILENT)
def test_near_misses_differ_in_nothing(embedder: Embedder, one: Side, other: Side) -> None:
    """No disagreement is claimed where something else explains the difference."""
    found = _related(one, other, embedder)
    assert found is None or found[0] == "same"


def test_figures_of_other_days_do_not_contradict(embedder: Embedder) -> None:
    """What differs from one day to another may have changed."""
    one, other, _ = DIFFER[0]
    assert _related(one, other, embedder, day=9) is None


def test_a_value_that_both_tell_is_no_disagreement(embedder: Embedder) -> None:
    """An article that gives the other's figure elsewhere does not contradict it."""
    one, other, _ = DIFFER[0]
    second = ("uk", f"Раніше в Сеулі говорили про 10 000 солдатів. {other[1]}")
    assert _related(one, ("uk", second[1]), embedder) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ORIGINAL, REPRINT, True),
        (ORIGINAL, TRANSLATION, True),
        (REPRINT, TRANSLATION, True),
        (ORIGINAL, OWN, False),
        (TRANSLATION, OWN, False),
        (OWN, OTHER, False),
    ],
)
def test_copies_are_told_from_reports(embedder: Embedder, one: Article, other: Article, expected: bool) -> None:  # noqa: FBT001 - a table
    """Reprints, excerpts and translations are copies; another report of the event is none."""
    assert (
        are_copies(one, other, embedder.embed_passages) is are_copies(other, one, embedder.embed_passages) is expected
    )


def test_agency_line_alone_makes_no_copy(embedder: Embedder) -> None:
    """Two outlets that both name an agency wrote their own texts."""
    first = report(f"Delta Wire reports. {FERRY_RU}", "ru")
    assert not are_copies(first, report(f"Delta Wire reports. {FIRE_RU}", "ru"), embedder.embed_passages)


def test_story_is_led_by_the_askers_language(embedder: Embedder) -> None:
    """A story's lead is the copy in the asker's language, else the best ranked; the order of stories is kept."""
    found = stories([REPRINT, OWN, ORIGINAL, TRANSLATION], "uk", embedder.embed_passages)
    assert [story.lead for story in found] == [TRANSLATION, OWN]
    assert found[0].copies == (REPRINT, ORIGINAL)
    assert stories([REPRINT, OWN, ORIGINAL], "uk", embedder.embed_passages)[0].lead == REPRINT


def test_other_outlets_are_cited(embedder: Embedder) -> None:
    """Beside the answer's sentence stand those that agree and those that differ, copies left out."""
    english, russian = said(ORIGINAL, embedder), said(OWN, embedder)
    others = [*english, *said(REPRINT, embedder), *said(TRANSLATION, embedder), *russian]
    cost, hurt = english[4], english[2]
    extra, found = corroborate([cost], others, "en", embedder.embed_passages)
    assert (extra, found) == ([russian[3]], (Corroboration("same", (1, 2)),))
    extra, found = corroborate([hurt], others, "en", embedder.embed_passages)
    assert extra == [russian[1]]
    assert found == (Corroboration("differs", (1, 2), ("Twelve passengers", "17 пассажиров")),)


def test_one_outlet_does_not_confirm_itself(embedder: Embedder) -> None:
    """Two articles of one outlet are one source."""
    own = replace(OWN, outlet="delta wire")
    assert corroborate([said(ORIGINAL, embedder)[4]], said(own, embedder), "en", embedder.embed_passages) == ([], ())


def test_answer_without_company_stands_alone(embedder: Embedder) -> None:
    """Articles about something else neither agree nor differ."""
    assert corroborate(said(OTHER, embedder), said(ORIGINAL, embedder), "ru", embedder.embed_passages) == ([], ())
