"""Limits set the other way round, and directions that a sentence turns or keeps."""

from __future__ import annotations

import pytest

from index.answer.checking.negations.claims import by_words, read
from index.answer.checking.negations.contraries import signs
from index.answer.checking.negations.limits import limited_otherwise
from index.answer.checking.negations.negating import told_by
from tests.checking_samples import told


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ballots arrive no earlier than 22 May.", "Ballots must arrive no later than 22 May."),
        ("Бюллетени передадут не раньше 22 мая.", "Бюллетени передадут не позднее 22 мая."),
        ("Бюлетені передадуть щонайменше 40 комісіям.", "Бюлетені передадуть щонайбільше 40 комісіям."),
    ],
)
def test_a_limit_from_the_other_side_is_seen(sentence: str, source: str) -> None:
    """The same number is an upper limit in one and a lower one in the other."""
    assert limited_otherwise(sentence, told(source))


def test_the_same_limit_in_another_language_is_let_be() -> None:
    """Upper limits of two languages agree."""
    assert not limited_otherwise("The plot costs at most 300 euros.", told("Участок стоит не более 300 евро."))


def test_a_number_with_both_limits_is_left_alone() -> None:
    """Where the source itself has both, nothing is told."""
    source = told("Не раньше 9 мая и не позже 9 мая.")
    assert not limited_otherwise("Не раньше 9 мая.", source)


def test_what_is_not_further_than_denies_nothing() -> None:
    """A comparative with a negation sets a limit."""
    both = read("Склад стоїть не далі ніж за 3 км від порту.", "uk", told("Склад стоїть на відстані до 3 км."))
    assert not list(by_words(both))


def test_who_says_the_opposite_may_be_told_by_its_word() -> None:
    """A source that says "the opposite" has both sides."""
    source = told("A third see the law as positive, half say the opposite.")
    assert not list(by_words(read("Half take a negative view of the law.", "en", source)))


def test_growing_less_is_a_decline() -> None:
    """The word behind "grown" tells the direction."""
    assert ("change", -1) in signs(told_by("The fare has grown less popular.", "en"))


def test_a_comparative_is_the_contrary_of_less() -> None:
    """An ending says what "more" would say."""
    dear, cheap = (signs(told_by(text, "uk")) for text in ("Возити вигідніше.", "Возити менш вигідно."))
    assert {(name, -side) for name, side in dear if name.startswith("compare")} & cheap


def test_a_mark_ends_what_without_denies() -> None:
    """Behind a bracket another matter begins."""
    words = told_by("Цена три лея (без налога).завод предлагает снизить её.", "ru").words
    assert [word.text for word in words if word.sign < 0] == ["налога"]


def test_a_verb_denied_in_the_source_is_seen_though_a_form_of_it_has_a_contrary() -> None:
    """The word "fired" is also the contrary of hired, and denied all the same."""
    both = read("The guard fired the shot.", "en", told("The guard did not fire the shot."))
    assert list(by_words(both))
