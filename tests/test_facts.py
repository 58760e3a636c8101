"""Numbers, dates and names of sentences in three languages, in one comparable form."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.facts import facts_of
from index.answer.facts.days import dates, same_date
from index.answer.facts.quantities import agree, quantities

if TYPE_CHECKING:
    from index.types import Language

NUMBERS: list[tuple[Language, str, list[tuple[float, float, str]]]] = [
    # Figures, multipliers and numerals.
    ("en", "The ferry carried 15,000 soldiers.", [(15000, 15000, "troops")]),
    ("ru", "Паром перевёз 15 000 военнослужащих.", [(15000, 15000, "troops")]),
    ("ru", "Паром перевёз 15 тыс. солдат.", [(15000, 15000, "troops")]),
    ("uk", "Пором перевіз 15 тисяч військових.", [(15000, 15000, "troops")]),
    ("en", "The ferry carried fifteen thousand troops.", [(15000, 15000, "troops")]),
    ("uk", "Пором перевіз п’ятнадцять тисяч солдатів.", [(15000, 15000, "troops")]),
    ("en", "The park has two hundred and fifty trees.", [(250, 250, "trees")]),
    ("ru", "В парке двести пятьдесят деревьев.", [(250, 250, "trees")]),
    ("uk", "У парку двісті п'ятдесят дерев.", [(250, 250, "trees")]),
    ("en", "Twenty-three vessels waited.", [(23, 23, "ships")]),
    ("ru", "Ждали двадцать три судна.", [(23, 23, "ships")]),
    ("en", "Thirty-one people came, and one left.", [(31, 31, "people")]),
    ("ru", "Пришел тридцать один человек.", [(31, 31, "people")]),
    ("uk", "Троє людей чекали на катер.", [(3, 3, "people")]),
    # Words of their own size, without a number before them.
    ("ru", "Пришла сотня человек.", [(100, 100, "people")]),
    ("uk", "Надійшла сотня людей.", [(100, 100, "people")]),
    ("ru", "Ждал десяток человек.", [(10, 10, "people")]),
    ("uk", "Чекав десяток-другий людей.", [(10, 10, "people")]),
    # Money, with its sign before or its name after.
    ("uk", "Міст коштував 412 млн гривень.", [(412e6, 412e6, "hryvnias")]),
    ("en", "The bridge cost 412 million hryvnias.", [(412e6, 412e6, "hryvnias")]),
    ("ru", "Мост обошёлся в 412 миллионов гривен.", [(412e6, 412e6, "hryvnias")]),
    ("en", "The plant was sold for €86 million.", [(86e6, 86e6, "euros")]),
    ("ru", "Завод продали за 86 млн евро.", [(86e6, 86e6, "euros")]),
    ("en", "It saves £1.3m a year.", [(1.3e6, 1.3e6, "pounds/yearly")]),
    ("en", "The loan is US$5bn.", [(5e9, 5e9, "dollars")]),
    ("ru", "Заём составит 5 млрд долларов.", [(5e9, 5e9, "dollars")]),
    ("ru", "Билет стоит полтора миллиона рублей.", [(1.5e6, 1.5e6, "roubles")]),
    # Shares and measures.
    ("en", "The rate fell to 4.25 per cent.", [(4.25, 4.25, "percent")]),
    ("uk", "Ставку знизили на 4,25%.", [(4.25, 4.25, "percent")]),
    ("ru", "Ставку снизили на 4,25 процента.", [(4.25, 4.25, "percent")]),
    ("en", "The gap grew by 1.1 percentage points.", [(1.1, 1.1, "percentage points")]),
    ("en", "Lorries took a 37-kilometre detour.", [(37000, 37000, "length")]),
    ("ru", "Объезд занимал 37 километров.", [(37000, 37000, "length")]),
    ("uk", "Об'їзд завдовжки 37 км.", [(37000, 37000, "length")]),
    ("ru", "Собрали 3,5 млн тонн зерна.", [(3.5e9, 3.5e9, "weight")]),
    ("en", "The strike lasted two weeks.", [(14, 14, "days")]),
    ("uk", "Страйк тривав 14 днів.", [(14, 14, "days")]),
    ("en", "The captain, a 58-year-old, slept.", [(58, 58, "age")]),
    ("uk", "Капітан, 58-річний моряк, спав.", [(58, 58, "age")]),
    # Bounds and ranges.
    ("uk", "Понад 10 тисяч осіб вийшли на площу.", [(10000, 20000, "people")]),
    ("en", "More than 10,000 people came.", [(10000, 20000, "people")]),
    ("ru", "Пришли около 10 000 человек.", [(9000, 11000, "people")]),
    ("ru", "Пришли почти 10 000 человек.", [(9000, 10000, "people")]),
    ("en", "At least 40 houses burned.", [(40, inf, "houses")]),
    ("uk", "Згоріло щонайменше 40 будинків.", [(40, inf, "houses")]),
    ("en", "Up to 600 people a day took the boat.", [(0, 600, "people/daily")]),
    ("uk", "Прийшли 10–15 тисяч глядачів.", [(10000, 15000, "spectators")]),
    ("ru", "Пришли от 10 до 15 тысяч зрителей.", [(10000, 15000, "spectators")]),
    ("en", "Between 10 and 15 buses were late.", [(10, 15, "buses")]),
    # What befell people decides what is counted.
    ("en", "The fire killed five people and injured 12.", [(5, 5, "people:killed"), (12, 12, "people:hurt")]),
    ("ru", "Погибли 5 человек, 12 ранены.", [(5, 5, "people:killed"), (12, 12, "people:hurt")]),
    ("uk", "Загинули 5 людей, 12 поранено.", [(5, 5, "people:killed"), (12, 12, "people:hurt")]),
    ("en", "About 100 soldiers were killed or wounded.", [(90, 110, "")]),
    ("en", "Another 500 people joined.", [(500, 500, "people/more")]),
    ("ru", "Ещё 500 человек пришли позже.", [(500, 500, "people/more")]),
    ("uk", "Щодоби мостом їздять 3800 автомобілів.", [(3800, 3800, "cars/daily")]),
    # A noun that no table knows is comparable within its language.
    ("en", "The museum showed 43 icons.", [(43, 43, "en:icon")]),
    ("ru", "Музей показал 43 иконы.", [(43, 43, "ru:икона")]),
    # What is no quantity.
    ("en", "The F-16 left at 09:15 with MostoBud-7 in 1968.", []),
    ("ru", "В 1990-х и в 2019 году 5-й район не строили.", []),
    ("uk", "Угоду підписали 12 серпня 2025 року.", []),
    ("en", "The 24th session met in the 1950s.", []),
]
DATES: list[tuple[str, list[tuple[int | None, int | None, int | None]]]] = [
    ("Дзвінок відбувся у вівторок, 12 серпня.", [(None, 8, 12)]),
    ("Звонок состоялся 12 августа 2025 года.", [(2025, 8, 12)]),
    ("The call took place on August 12, 2025.", [(2025, 8, 12)]),
    ("The call took place on 12 August.", [(None, 8, 12)]),
    ("Мост открыли 14.03.2026.", [(2026, 3, 14)]),
    ("Повінь сталася у серпні 2024 року.", [(2024, 8, None)]),
    ("Паводок случился в августе 2024-го.", [(2024, 8, None)]),
    ("The old bridge was built in 1968.", [(1968, None, None)]),
    ("Міст збудували 1967 року, закрили 3 травня 2024 року.", [(1967, None, None), (2024, 5, 3)]),
    ("Of the wounded, 5 may recover.", []),
    ("About 2,000 people came on Tuesday.", []),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), NUMBERS)
def test_numbers_with_what_they_count(
    language: Language, sentence: str, expected: list[tuple[float, float, str]]
) -> None:
    """A number has the same bounds and unit in every language and writing."""
    found = [(each.low, each.high, each.unit) for each in quantities(_undated(sentence), language)]
    assert [unit for *_, unit in found] == [unit for *_, unit in expected]
    assert [bounds for *bounds, _ in found] == [pytest.approx(bounds) for *bounds, _ in expected]


@pytest.mark.parametrize(("sentence", "expected"), DATES)
def test_dates(sentence: str, expected: list[tuple[int | None, int | None, int | None]]) -> None:
    """A date is read as far as the sentence tells it."""
    assert [(each.year, each.month, each.day) for each in dates(sentence)] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("more than 10,000 people", "10,400 people", True),
        ("10,000 people", "10,400 people", True),
        ("10,000 people", "12,000 people", False),
        ("about 15,000 people", "14,700 people", True),
        ("1.5 million people", "1.6 million people", False),
        ("at least 12 people", "15 people", True),
        ("12 people", "13 people", False),
        ("31 thousand people", "31,500 people", True),
        ("up to 600 people", "450 people", True),
        ("up to 600 people", "700 people", False),
    ],
)
def test_numbers_agree_within_bounds_and_rounding(one: str, other: str, *, expected: bool) -> None:
    """Rounded and bounded numbers agree with finer ones that they cover, and only with those; order does not matter."""
    (first,), (second,) = quantities(one, "en"), quantities(other, "en")
    assert agree(first, second) is agree(second, first) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("on 12 August", "12 серпня 2025", True),
        ("у серпні 2024 року", "3 августа 2024 года", True),
        ("in 1968", "1967 року", False),
        ("on 12 August", "13 августа", False),
    ],
)
def test_dates_agree_unless_a_part_differs(one: str, other: str, *, expected: bool) -> None:
    """What one date leaves open cannot differ."""
    (first,), (second,) = dates(one), dates(other)
    assert same_date(first, second) is expected


def test_text_of_a_quantity_is_what_is_written() -> None:
    """A quantity is shown from its hedge to its unit, as the article has it."""
    (found,) = quantities("Ким направил в РФ около 15 000 военнослужащих.", "ru")
    assert found.text == "около 15 000 военнослужащих"
    (money,) = quantities("It was sold for almost €86 million on Monday.", "en")
    assert money.text == "almost €86 million"


def test_facts_of_a_sentence() -> None:
    """A date's figures are no number, and a name is one key in the three languages."""
    english = facts_of("Zelensky met 40 mayors on 3 March 2026.", "en")
    ukrainian = facts_of("Зеленський 3 березня 2026 року зустрівся з 40 мерами.", "uk")
    for facts in (english, ukrainian):
        assert [(each.low, each.unit) for each in facts.numbers] == [(40, "mayors")]
        assert [(each.year, each.month, each.day) for each in facts.dates] == [(2026, 3, 3)]
    assert english.names & ukrainian.names


@given(st.integers(min_value=10, max_value=999_999))
def test_writing_does_not_change_a_number(number: int) -> None:
    """Grouped by comma or by space, a number of people is the same."""
    (english,) = quantities(f"They fed {number:,} people.", "en")
    (russian,) = quantities(f"Накормили {f'{number:,}'.replace(',', ' ')} человек.", "ru")
    assert (english.low, english.unit) == (russian.low, russian.unit) == (number, "people")


@given(st.text(max_size=200), st.sampled_from(["ru", "uk", "en", "other"]))
def test_any_text_has_facts(text: str, language: Language) -> None:
    """Nothing that is written makes reading fail, and every fact's words stand in the text."""
    facts = facts_of(text, language)
    straight = text.translate({ord("’"): "'", ord("ʼ"): "'"})
    assert all(each.low <= each.high for each in facts.numbers)
    written = [each.text for each in facts.numbers] + [each.text for each in facts.dates]
    assert all(words in text or words in straight for words in written)


def _undated(sentence: str) -> str:
    for each in reversed([each for each in dates(sentence) if each.grain() != "year"]):
        sentence = sentence[: each.start] + "." + sentence[each.end :]
    return sentence
