"""Numbers of written sentences: rounded, worked out, counted off a list, and given to the wrong thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.checking.numbers import exchanged_number, unsupported_number
from index.answer.checking.numbers.amounts import amounts
from index.answer.checking.numbers.cells import cells_of, told_cells
from index.answer.checking.numbers.rounding import fits
from index.answer.checking.numbers.vouching import are_ends, unvouched
from tests.checking_samples import alike, language_of, told

FOLLOWS = [
    # People round, collect in dozens and change units.
    ("Almost 900 bags were sold.", "897 bags were sold."),
    ("Ущерб составил почти два миллиарда гривен.", "Збитки оцінили в 1,94 млрд грн."),
    ("Около полутора тысяч человек пришли.", "About 1,530 people came."),
    ("Привезли два десятка автобусов.", "20 buses arrived."),
    ("Понад три сотні людей прийшли.", "More than 300 people came."),
    ("Полтысячи деревьев посадили.", "500 trees were planted."),
    ("More than half a million people came.", "Пришли 512 тысяч человек."),
    ("Індекс закрився трохи вище позначки 25 тисяч.", "The index closed at 25,128.17."),
    ("The area is 2 hectares.", "Площадь участка — 20 000 кв. м."),
    ("Рейс длился полтора часа.", "The flight lasted 90 minutes."),
    ("Угля хватит меньше чем на два месяца.", "Coal will last for 50 days."),
    ("Вона програла майже три хвилини.", "She lost by 2 minutes 53 seconds."),
    ("It costs 1.18 billion euros.", "Это стоит 1 миллиард 180 миллионов евро."),
    ("The clerk, 29, came.", "Пришёл 29-летний служащий."),
    # A difference, a total, a percentage and the time between two dates are worked out.
    ("Цена выросла на 41 евро.", "Цена выросла с 40 до 81 евро."),
    ("The winner was 23 points ahead.", "The winner got 534 points and the second 511."),
    ("Загалом постраждали 15 людей.", "Two people were killed and 13 injured."),
    ("Шесть школ закроют.", "Закроют пять школ в Балте и одну в Ананьеве."),
    ("Some 60 percent voted for it.", "Of 150 deputies, 90 voted for it."),
    ("Ему 45 лет.", "Він народився 1980 року."),
    ("За три дня продали 13 машин.", "За 24-26 августа продали 13 машин."),
    ("The fall was six percentage points.", "The rate fell from 9.5% to 3.5%."),
]
DIFFERS = [
    # Too far for a rounding, of another measure, or another count of the same thing.
    ("Almost 900 bags were sold.", "1,200 bags were sold."),
    ("More than 340 bags were sold.", "412 bags were sold."),
    ("Around 43,000 bags were sold.", "41,000 bags were sold."),
    ("The plot has 11 hectares.", "The plot of 1.1 hectares was one of 11 lots."),
    ("Загинули чотири людини.", "Three people died."),
    ("Five of nine judges agreed.", "Six of nine judges agreed."),
    ("The truce lasts 60 days.", "It should double. The truce lasts 90 days."),
    # No result of the source's numbers.
    ("Цена выросла на 45 евро.", "Цена выросла с 40 до 81 евро."),
    ("Prices fell to 3.2 percent.", "Prices fell to 2.3 percent from 2.9 percent, food rose by 0.4 percent."),
    ("Turnout was nine points lower.", "Turnout was 54 percent, while it had been 61 percent."),
    ("Ему 52 года.", "Він народився 1980 року."),
]
WORDS = [
    # A share in words stands for a percentage or for two numbers in that proportion.
    ("A third of the flights were cancelled.", "150 of 400 flights were cancelled.", False),
    ("Почти половина автобусов — длинные.", "Купили 20 автобусов. Девять из них длинные.", False),
    ("Ціна зросла вдвічі.", "Цена выросла с 40 до 81 евро.", False),
    ("The price tripled.", "The price rose from 40 to 81 euros.", True),
    ("Nearly three in four people agree.", "Nearly 73 percent agree.", False),
    ("One in five residents left.", "20.4 percent of residents left.", False),
    ("Более половины опрошенных согласны.", "Согласны 34% опрошенных.", True),
    ("They won the quarter-final 3-1.", "They won 3:1.", False),
    # Small numbers are counted off a list, ordinals stand for figures, and the clock counts in two ways.
    ("Three firefighters died.", "Firefighters Ivan Kit, Oleh Moroz and Petro Lys died.", False),
    ("Санкции ввели против девяти банков.", "Sanctions hit Alfabank, Betabank and Gammabank.", True),
    ("Центри створять у першій, четвертій та п'ятій лікарнях.", "Их создадут в больницах №1, №5 и №4.", False),
    ("Это пятый мост.", "It is the third bridge.", True),
    ("Це сталося о 15:30.", "It happened at 3 p.m.", False),
    ("Двадцать первый пакет принят.", "The 21st package was adopted.", False),
    # Shares and rates are told in figures, in words and in parts of a point.
    ("Закон приняли двумя третями голосов.", "Закон приняли 2/3 голосов.", False),
    ("Закон приняли четвертью голосов.", "Закон приняли 2/3 голосов.", True),
    ("The bank cut its rate by 25 basis points.", "The bank cut its rate by a quarter-point.", False),
    ("The bank cut its rate by 35 basis points.", "The bank cut its rate by a quarter-point.", True),
]


def refused(sentence: str, source: str) -> bool:
    """Whether a number of the sentence has no reason in the source."""
    return unsupported_number(sentence, language_of(sentence), told(source))


def exchanged(sentence: str, source: str) -> bool:
    """Whether a number of the sentence belongs to something else in the source."""
    return exchanged_number(sentence, language_of(sentence), told(source), alike())


@pytest.mark.parametrize(("sentence", "source"), FOLLOWS)
def test_numbers_that_follow(sentence: str, source: str) -> None:
    """A number may be rounded or worked out of those of the source."""
    assert not refused(sentence, source)


@pytest.mark.parametrize(("sentence", "source"), DIFFERS)
def test_numbers_that_do_not_follow(sentence: str, source: str) -> None:
    """What the source's numbers neither are nor give is wrong."""
    assert refused(sentence, source)


@pytest.mark.parametrize(("sentence", "source", "wrong"), WORDS)
def test_numbers_in_words(sentence: str, source: str, *, wrong: bool) -> None:
    """Shares, multiples, ranks and short lists are numbers as well."""
    assert refused(sentence, source) is wrong


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        (
            "Погибли 383 жителя, 478 ранены.",
            "Погибли 478 жителей, 383 ранены.",
            "Разрушены 573 здания, 383 жителя погибли и 478 получили ранения.",
        ),
        (
            "За партию «Рассвет» готовы голосовать 6,7% опрошенных.",
            "За партию «Рассвет» готовы голосовать 19,4% опрошенных.",
            "За партию «Закат» выступают 22,7% опрошенных, за блок «Полдень» - 19,4%, за партию «Рассвет» - 6,7%.",
        ),
        (
            "The channel's news drew 48,000 viewers.",
            "The channel's music show drew 48,000 viewers.",
            "The news drew 48,000 viewers. The music show drew 38,000 viewers.",
        ),
    ],
)
def test_a_number_belongs_to_its_thing(right: str, wrong: str, source: str) -> None:
    """A number of the source told of something else, of which the source has another number, is exchanged."""
    assert not exchanged(right, source)
    assert exchanged(wrong, source)


def test_numbers_without_rivals_are_not_exchanged() -> None:
    """Where the source has one number of a kind, there is nothing to take it for."""
    assert not exchanged("Some 400 pilots work there.", "Ryan has 400 pilots and pays 3 percent more.")


def test_cells_part_parallel_clauses() -> None:
    """Each number stands with the words of its own clause."""
    first, second = cells_of("Alfa paid 5 million euros, Beta got 7 million euros.", "en")
    assert "en:paid" in first.near or "en:pay" in first.near
    assert not first.near.keys() & {word for word in second.near if "bet" in word}


def test_the_ends_of_a_change_are_of_one_thing() -> None:
    """They share their words, so neither can be a stranger there."""
    first, second, third = cells_of("Rent rose from 120 to 150 euros, wages by 7 percent.", "en")
    assert are_ends(first, second)
    assert not are_ends(second, third)


def test_numbers_told_together_vouch_for_each_other() -> None:
    """A rival from a sentence that has none of the written sentence's numbers is no rival."""
    source = told("Sales fell by 25% to 134 million. Purchases fell by 70% to 300 million.")
    _, right, _, rival = told_cells(source)
    share, cell = cells_of("Exports dropped 25% to 134 million.", "en")
    rows = [(share, (told_cells(source)[0],), ()), (cell, (right,), (rival,))]
    assert unvouched(cell, (right,), (rival,), rows) == ()
    assert unvouched(cell, (right,), (rival,), rows[1:]) == (rival,)


def test_time_of_two_units_is_one_amount() -> None:
    """Minutes and seconds are added up, in days."""
    (found,) = amounts("It took 2 minutes 53 seconds.", "en")
    assert (found.kind, round(found.low * 86_400)) == ("time", 173)


@given(st.integers(min_value=2, max_value=10**7), st.sampled_from(["", "about ", "almost ", "more than ", "up to "]))
def test_a_number_fits_itself_with_any_hedge(number: int, hedge: str) -> None:
    """Whatever a writer puts before the right number, it stays right; ten times as much never is."""
    (claimed,) = amounts(f"They sold {hedge}{number:,} tickets.", "en")
    assert fits(claimed, float(number), 1.0)
    assert not fits(claimed, 10.0 * number, 1.0)
