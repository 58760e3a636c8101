"""Numbers read with the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.answer.checking.numbers.amounts import amounts
from index.answer.checking.numbers.incontext import is_hour, is_label

if TYPE_CHECKING:
    from index.types import Language


def test_the_age_of_somebody_is_a_length_of_time_beside_a_death() -> None:
    """Neither "died at the age of" nor its comma makes 81 people of the number."""
    (told,) = amounts("The painter died on Monday at the age of 81.", "en")
    assert (told.kind, told.bare.low) == ("time", 81)


@pytest.mark.parametrize(("text", "language"), [("by 50 basis points", "en"), ("на 50 базисных пунктов", "ru")])
def test_basis_points_are_hundredths_of_a_percent(text: str, language: Language) -> None:
    """Fifty of them are half a percent."""
    (told,) = amounts(text, language)
    assert told.kind == "percent"
    assert told.low == pytest.approx(0.5)


def test_thousands_of_percent_are_interest() -> None:
    """A debt has interest in hryvnias, which Ukrainian calls by the word for percent."""
    (told,) = amounts("Боржник сплатить 64 тисячі відсотків", "uk")
    assert told.kind == ""


@pytest.mark.parametrize(("text", "language"), [("80 mmol/L of it", "en"), ("80 ммоль/л цього", "uk")])
def test_compound_units_are_left_open(text: str, language: Language) -> None:
    """No half of "mmol/L" is taken for the unit."""
    assert amounts(text, language)[0].kind == ""


def test_a_year_with_its_abbreviation_weighs_nothing() -> None:
    """A year has no grams: "В 2019 г."."""
    assert amounts("В 2019 г. завод построили заново.", "ru") == ()


@pytest.mark.parametrize(
    ("before", "after"), [("a Category ", " storm"), ("стаття ", " закону"), ("около ", " утра"), ("о ", " ранку")]
)
def test_numbers_of_kinds_and_hours_are_labels(before: str, after: str) -> None:
    """They count nothing that another number could count."""
    assert is_label(before, after)


def test_a_counted_number_is_no_label() -> None:
    """Where a noun follows, it is counted."""
    assert not is_label("the ", " storms")


@pytest.mark.parametrize(
    ("before", "written", "after", "hour"),
    [("в ", "10.00", ".", True), ("о ", "3.01", " і триватиме", True), ("at ", "2.50", " euros", False)],
)
def test_a_number_with_a_point_may_be_a_time_of_day(before: str, written: str, after: str, *, hour: bool) -> None:
    """Only where no unit follows it."""
    assert is_hour(before, written, after) is hour
