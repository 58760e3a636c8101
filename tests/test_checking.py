"""Checking a written sentence: each reason by itself, without a model where none is needed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answer.checking import Checker
from index.answer.checking.cited import clauses
from index.answer.checking.dates.unsupported import unsupported_date
from index.answer.checking.names.unsupported import unsupported_name
from index.answer.checking.negations.turned import turned
from index.answer.checking.numbers.unsupported import unsupported_number
from index.answer.checking.roles.swapped import swapped
from index.answer.checking.speech import in_other_language
from tests.checking_samples import alike, cite, language_of, told
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from index.types import AskerLanguage


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Понад 400 людей", "412 people came."),
        ("about 400 people", "Пришли 412 человек."),
        ("1,2 млн тонн", "1.2 million tonnes were shipped."),
        ("1,200,000 tonnes", "Відвантажили 1,2 млн тонн."),
        ("дванадцять машин", "They sent 12 cars."),
        ("18 of the 23 million euros", "Из 23 млн евро 18 млн даст город."),
        ("a third of the houses", "Постраждала третина будинків."),
        ("3-2", "Матч закончился 3:2."),
        ("a break of three years", "После трёхлетнего перерыва."),
        ("засудили до шести років", "He was sentenced to six years."),
    ],
)
def test_numbers_agree_in_any_writing(sentence: str, source: str) -> None:
    """A number may be written, rounded and worded in other ways than in the source."""
    assert not unsupported_number(sentence, language_of(sentence), told(source))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("412 people came.", "About 500 people came."),
        ("450 people came.", "More than 400 people came."),
        ("Fewer than 400 people came.", "More than 400 people came."),
        ("Prices rose by 12 percent.", "Prices rose by 12 euros."),
        ("Half of the houses burned.", "A third of the houses burned."),
        ("They won 3:1.", "They won 3:2."),
        ("It is the fifth bridge.", "It is the third bridge."),
    ],
)
def test_other_numbers_are_noticed(sentence: str, source: str) -> None:
    """A number is wrong that the source does not have, has for another unit, or has the other way round."""
    assert unsupported_number(sentence, "en", told(source))


@given(st.integers(min_value=2, max_value=10**9))
def test_a_number_supports_itself(number: int) -> None:
    """Any number of the source may be repeated."""
    assert not unsupported_number(f"They sold {number:,} tickets.", "en", told(f"They sold {number:,} tickets."))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("3 March 2026", "It opened on Tuesday."),
        ("4 березня", "It opened yesterday."),
        ("In 2025 it closed.", "В прошлом году он закрылся."),
        ("On Tuesday it opened.", "Він відкрився 3 березня."),
        ("It opens in April.", "Он откроется 2 апреля."),
        ("6 марта он выйдет", "Он выйдет в пятницу."),
    ],
)
def test_days_agree_with_the_articles_day(sentence: str, source: str) -> None:
    """Words of time are counted from the day of the article."""
    assert not unsupported_date(sentence, language_of(sentence), told(source))


@pytest.mark.parametrize("sentence", ["10 March 2026", "in April", "in 2024", "On Monday it opened.", "last summer"])
def test_other_days_are_noticed(sentence: str) -> None:
    """A day, a month, a year, a weekday or a season that the source does not tell is wrong."""
    assert unsupported_date(sentence, "en", told("It opened on Tuesday."))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Про це сказав Зеленський.", "Zelensky said so."),
        ("Україна та ЄС домовилися.", "Ukraine and the EU agreed."),
        ("An American ambassador came.", "Приехал посол США."),
        ("Карел Йост приехал.", "Karel Joost came."),
        ("Sailors died near the port.", "У порта погибли моряки."),
        ("Athens protested.", "Greece protested."),
    ],
)
def test_names_agree_across_scripts(sentence: str, source: str) -> None:
    """A name may be written in another script, case or form; a sentence's first word is no name."""
    assert not unsupported_name(sentence, language_of(sentence), cite(source))


@pytest.mark.parametrize("sentence", ["Poland agreed.", "According to Olena Marchuk, it opened.", "The NATO agreed."])
def test_other_names_are_noticed(sentence: str) -> None:
    """A country, a person or an organisation that the passages do not name is wrong."""
    assert unsupported_name(sentence, "en", cite("Ukraine and the EU agreed."))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("They did not agree.", "They agreed."),
        ("Prices fell in May.", "Prices rose in May."),
        ("Hunting is banned here now.", "Hunting is allowed here."),
        ("The council joined the new project.", "The council did not join the project."),
    ],
)
def test_turned_sentences_are_noticed(sentence: str, source: str) -> None:
    """A negation lost or added and a direction turned make a sentence wrong."""
    assert turned(sentence, "en", told(source), alike())


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("He did not admit it.", "He denied it."),
        ("No more than ten came there.", "Up to ten came there."),
        ("The mayor refused to raise pay.", "The mayor will not raise pay."),
        ("He was not drunk at all.", "He was sober."),
    ],
)
def test_contraries_negated_are_the_same(sentence: str, source: str) -> None:
    """What is said by a negated contrary is not turned."""
    assert not turned(sentence, "en", told(source), alike())


@pytest.mark.parametrize(
    ("sentence", "source", "wrong"),
    [
        ("Greece sold a ship to Spain.", "Spain bought a ship from Greece.", False),
        ("Spain sold a ship to Greece.", "Spain bought a ship from Greece.", True),
        ("Францию атаковала Испания.", "Spain attacked France.", False),
        ("Францію атакувала Іспанія.", "France attacked Spain.", True),
        ("Spain was attacked by France.", "France attacked Spain.", False),
    ],
)
def test_who_did_it_to_whom(sentence: str, source: str, *, wrong: bool) -> None:
    """Subject and object are told by case or place, through passives and verbs that look from the other side."""
    assert swapped(sentence, language_of(sentence), told(source)) is wrong


@pytest.mark.parametrize(
    ("sentence", "language", "wrong"),
    [
        ("Тариф не підвищать, заявила мэрка.", "uk", True),
        ("Ведомство исключило введение налога.", "uk", True),
        ("Він сказав: «Это мы решили вчера».", "uk", False),
        ("Завод у Карелії продали.", "ru", True),
        ("Завод в Карелии продали за 4,5 млрд рублей.", "ru", False),
        ("The yard employs many people.", "ru", True),
        ("Верфь работает, no problem.", "en", True),
        ("The yard employs 640 people.", "en", False),
    ],
)
def test_the_askers_language(sentence: str, language: AskerLanguage, *, wrong: bool) -> None:
    """A word of a neighbouring language outside quotes is enough to make a sentence wrong."""
    assert in_other_language(sentence, language) is wrong


def test_nothing_cited_is_a_reason() -> None:
    """A sentence that cites nothing that exists is wrong whatever it says."""
    assert Checker(alike()).reasons("It opened.", [], "en") == ("citation",)


def test_what_the_source_does_not_speak_of() -> None:
    """A sentence far from all of its source in meaning is refused for that."""
    addition = "Tourists like the view."
    assert Checker(alike(addition)).reasons(addition, cite("The bridge was painted green."), "en") == ("meaning",)


def test_several_reasons_are_told_once_each() -> None:
    """All that is wrong with a sentence is told, each reason once."""
    found = Checker(alike()).reasons("Poland paid 7 and 9 million.", cite("Ukraine paid 5 million."), "en")
    assert {"number", "name"} <= set(found)
    assert len(found) == len(set(found))


@settings(deadline=None)  # the first text loads the dictionaries
@given(st.text(max_size=200), st.sampled_from(["ru", "uk", "en"]))
def test_any_text_can_be_checked(text: str, language: AskerLanguage) -> None:
    """No text makes checking fail."""
    Checker(alike()).reasons(text, cite("Ukraine paid 5 million euros on Monday."), language)


@given(st.text(max_size=200))
def test_clauses_are_parts_of_the_sentence(text: str) -> None:
    """Every clause stands in the sentence, and the last one ends it."""
    found = clauses(text)
    assert all(clause in text for clause in found)
    assert text.endswith(found[-1])


@pytest.mark.parametrize("sentence", ["1 " * 300, ", Иван " * 200])
def test_what_is_no_sentence_is_not_shown(sentence: str) -> None:
    """Hundreds of numbers, or a thousand letters without a stop: refused at once, be it word for word in the source."""
    began = time.process_time()
    assert Checker(WordEmbedder()).reasons(sentence, cite(sentence, "ru"), "ru") == ("meaning",)
    assert time.process_time() - began < 1
