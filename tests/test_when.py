"""The time that questions speak of, in three languages, counted from a day that the test sets."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import AskedTime
from index.when import asked_time, without_time
from index.when.words import read_words, tags_by_phrase

LANGUAGES = ("ru", "uk", "en")
WEDNESDAY = date(2025, 8, 13)
DAYS = st.dates(date(1999, 1, 1), date(2099, 12, 31))
LABELLED = tomllib.loads(Path(__file__).with_name("time_questions.toml").read_text("utf-8"))


def _questions(language: str) -> list[tuple[str, date, str]]:
    """Each labelled question of a language with its day and its label."""
    return [
        (question, date.fromisoformat(day), label)
        for day, labels in LABELLED[language].items()
        for question, label in labels.items()
    ]


def _label(asked: AskedTime) -> str:
    """The time asked for, written as the labels are."""
    window = f"{asked.since or ''}..{asked.until or ''}" if asked.since or asked.until else ""
    return f"{window} {'latest' if asked.latest else ''}".strip() or "none"


@pytest.mark.parametrize("language", LANGUAGES)
def test_labelled_questions(language: str) -> None:
    """The window and the wish for the newest are exact for 97 of 100 labelled questions of each language."""
    questions = _questions(language)
    read = [(question, label, _label(asked_time(question, day))) for question, day, label in questions]
    missed = [(question, label, got) for question, label, got in read if got != label]
    assert len(missed) <= 0.03 * len(questions), missed


def test_the_labels_are_many_and_of_all_kinds() -> None:
    """At least 80 questions a language, and of each kind enough to miss."""
    kinds = {
        language: Counter(label if label in {"none", "latest"} else "window" for _, _, label in _questions(language))
        for language in LANGUAGES
    }
    assert all(sum(kind.values()) >= 80 for kind in kinds.values())
    assert all(kind["none"] >= 15 and kind["latest"] >= 8 for kind in kinds.values()), kinds


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_case_makes_no_difference(language: str, change: type[str]) -> None:
    """A question in capitals or in small letters asks for the same time."""
    questions = [(question, day) for question, day, _ in _questions(language)]
    changed = [asked_time(change(question), day) for question, day in questions]
    assert changed == [asked_time(question, day) for question, day in questions]


@pytest.mark.parametrize("mark", ["'", "’", "ʼ", "‘", "`", ""])
def test_apostrophes_make_no_difference(mark: str) -> None:
    """Every apostrophe that is typed, or none, gives the same Friday."""
    asked = asked_time(f"Що сталося минулої п{mark}ятниці?", WEDNESDAY)
    assert asked == AskedTime(date(2025, 8, 8), date(2025, 8, 8))


@pytest.mark.parametrize("question", ["Что было в четвёртом квартале?", "Что было в четвертом квартале?"])
def test_dots_of_yo_make_no_difference(question: str) -> None:
    """Papers print е for ё at will."""
    assert asked_time(question, WEDNESDAY) == AskedTime(date(2024, 10, 1), date(2024, 12, 31))


@given(st.text(max_size=200), DAYS)
def test_any_text_gives_a_window_in_order(text: str, today: date) -> None:
    """Nothing raises, and no window ends before it begins."""
    asked = asked_time(text, today)
    assert not (asked.since and asked.until) or asked.since <= asked.until


@given(
    st.lists(st.sampled_from([*sorted(tags_by_phrase()), "12", "30", "5-10", "2025", "9999", ",", "."]), max_size=9),
    DAYS,
)
def test_any_words_of_time_give_a_window_in_order(words: list[str], today: date) -> None:
    """Nor do words of time in any order and number, of any year."""
    asked = asked_time(" ".join(words), today)
    assert not (asked.since and asked.until) or asked.since <= asked.until


def test_a_number_of_any_length_is_read() -> None:
    """A run of digits too long to convert says nothing of time."""
    assert asked_time(f"What is {'7' * 5000}?", WEDNESDAY) == AskedTime()


@given(DAYS, st.sampled_from(["yesterday", "last week", "за последние три дня", "минулої п'ятниці", "since Monday"]))
def test_relative_words_move_with_the_clock(today: date, words: str) -> None:
    """A week later, the same words mean the window a week later."""
    week = timedelta(days=7)
    now, later = asked_time(words, today), asked_time(words, today + week)
    assert now.since
    assert later == AskedTime(now.since + week, now.until and now.until + week)


@given(DAYS, st.sampled_from(["on Friday", "12 августа", "у травні", "29 февраля", "last summer", "two months ago"]))
def test_without_a_year_nothing_lies_ahead(today: date, words: str) -> None:
    """What is named without a year has begun by today."""
    asked = asked_time(words, today)
    assert asked.since
    assert asked.since <= today


@given(st.dates(date(1000, 1, 1), date(2025, 8, 13)))
def test_full_dates_are_read_in_every_writing(day: date) -> None:
    """Figures, ISO and words name the same day."""
    month = f"{day:%B}"
    writings = (
        f"{day:%d.%m}.{day.year}",
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    )
    assert {asked_time(writing, WEDNESDAY) for writing in writings} == {AskedTime(day, day, explicit_year=True)}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who won in 1066?", True),
        ("What happened in May 2024?", True),
        ("What happened in May?", False),
        ("Что было в прошлом году?", False),
        ("Що було в серпні минулого року?", False),
    ],
)
def test_a_named_year_is_told(question: str, *, named: bool) -> None:
    """A year in figures is told from one that follows from the words."""
    assert asked_time(question, WEDNESDAY).explicit_year is named


@pytest.mark.parametrize(
    ("words", "today", "window"),
    [
        ("in the last month", date(2025, 3, 31), "2025-03-01..2025-03-31"),  # the same day of February is the 28th
        ("за последние сутки", WEDNESDAY, "2025-08-12..2025-08-13"),  # 24 hours have two dates
        ("last weekend", date(2025, 8, 9), "2025-08-02..2025-08-03"),  # on a Saturday, the one that is over
        ("на выходных", date(2025, 8, 9), "2025-08-09..2025-08-10"),
        ("on Friday", date(2025, 8, 8), "2025-08-01..2025-08-01"),  # on a Friday, the one before
        ("у серпні", WEDNESDAY, "2025-08-01..2025-08-31"),  # a name means all of its days
        ("цього місяця", WEDNESDAY, "2025-08-01..2025-08-13"),  # "this" ends today
        ("last August", WEDNESDAY, "2024-08-01..2024-08-31"),  # the latest that is over
        ("last May", WEDNESDAY, "2025-05-01..2025-05-31"),
        ("взимку", date(2026, 1, 5), "2025-12-01..2026-02-28"),
        ("в конце августа", WEDNESDAY, "2024-08-21..2024-08-31"),  # this year's has not come
        ("in mid-February", date(2026, 3, 15), "2026-02-11..2026-02-20"),  # ten days in a short month, too
        ("in the late 90s", WEDNESDAY, "1997-01-01..1999-12-31"),
        ("a few days ago", WEDNESDAY, "2025-08-09..2025-08-11"),  # three, or one more or less
        ("с 28 декабря по 3 января", date(2026, 1, 5), "2025-12-28..2026-01-03"),
        ("on 3/25/2025", WEDNESDAY, "2025-03-25..2025-03-25"),  # no 25th month
    ],
)
def test_conventions(words: str, today: date, window: str) -> None:
    """What is open in a phrase is settled one way."""
    assert _label(asked_time(words, today)) == window


@pytest.mark.parametrize(
    "question", ["Что будет в понедельник?", "Who will speak on 12 August?", "Що буде цього тижня?"]
)
def test_what_lies_ahead_is_no_window(question: str) -> None:
    """Articles about a coming day were published before it."""
    assert asked_time(question, WEDNESDAY) == AskedTime()


def test_of_two_windows_the_common_days_count() -> None:
    """A window within another narrows it; windows apart are spanned."""
    assert asked_time("In July, what happened after July 20?", WEDNESDAY) == AskedTime(
        date(2025, 7, 21), date(2025, 7, 31)
    )
    assert asked_time("What did he say yesterday about last week?", WEDNESDAY).since == date(2025, 8, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_in_two_places(language: str) -> None:
    """Within a file each form has one meaning."""
    seen = Counter(phrase for phrase, _ in read_words(language))
    assert [phrase for phrase, count in seen.items() if count > 1] == []


def test_languages_do_not_contradict_each_other() -> None:
    """A word that Russian and Ukrainian share means the same in both, since both files are read together."""
    russian, ukrainian = dict(read_words("ru")), dict(read_words("uk"))
    shared = russian.keys() & ukrainian.keys()
    assert {word: (russian[word], ukrainian[word]) for word in shared if russian[word] != ukrainian[word]} == {}


@pytest.mark.parametrize(
    ("question", "left", "gone"),
    [
        ("What happened in Svitiaz last week?", "Svitiaz", "week"),
        ("Що писали про міст у березні 2026?", "міст", "березні 2026"),
        ("Что нового о мосте за последние три дня?", "мосте", "дня"),
    ],
)
def test_words_of_time_can_be_left_out(question: str, left: str, gone: str) -> None:
    """What is asked about remains when the time is heeded."""
    kept = without_time(question)
    assert left in kept
    assert not any(word in kept for word in gone.split())
