"""Language detection: short questions, mixed texts, neighbours of the three languages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import detect
from index.types import Language as Languages

if TYPE_CHECKING:
    from index.types import Language

RUSSIAN = """
Сколько их?
Кто выиграл выборы?
что там с газом
Курс доллара
Погода Киев
Путин Зеленский
Суд продлил арест
КТО ПОБЕДИЛ
Кто такой Фумио Кисида?
что такое chatgpt plus enterprise
Что показали Apple, Google и OpenAI на выставке Consumer Electronics Show?
Комитет утвердил 15-й пакет мер
Президент Назарбаев назвал новую столицу, город Нұр-Сұлтан.
"""

UKRAINIAN = """
Хто виграв?
а в Україні?
Скільки це коштує?
що там з газом
Курс долара
Путін
Про владу
П'ять днів
ХТО ПЕРЕМІГ
Суд продовжив арешт
Що таке chatgpt plus enterprise
Комiсiя надiйно iзольована вiд мережi
Офіцер сказав: «Ты куда идёшь?» — і всі, хто стояв поруч, одразу замовкли, бо чекали на відповідь.
"""

ENGLISH = """
who won
Who won?
WHO WON?
Trump Putin Alaska
latest news
Tsunami toll soars above 800
What does «Слава Україні» mean?
Why did Zelenskyy meet Macron, Scholz and Draghi in Kyiv?
Apple iPhone 17 Pro Max
The café's owner, Zoë Brontë, said nothing.
"""

OTHER = """
Kto wygrał wybory?
Wer hat die Wahl gewonnen?
Qui a gagné les élections ?
Quién ganó
Il presidente ha parlato ieri alla Camera
Wat is er in de tuin
Времето утре ще бъде слънчево и топло.
Мы хочам жыць у мірнай краіне, дзе кожны чалавек можа працаваць.
Он је јуче рекао да привреда расте и да ће закони бити усвојени.
Ол сондай-ақ экономика өсіп жатқанын айтты.
日本の選挙の結果
من فاز في الانتخابات
Ποιος κέρδισε;
"""

TABLES: dict[Language, str] = {"ru": RUSSIAN, "uk": UKRAINIAN, "en": ENGLISH, "other": OTHER}
CASES = [(language, line) for language, table in TABLES.items() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_the_language_is_read_off_the_text(language: Language, text: str) -> None:
    """Short questions, names in another script and quotations do not mislead; neighbouring languages are "other"."""
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", " \n", "123, 45 %", "?!", "😀", "https://example.org/who-won-the-race"])
def test_text_without_words_is_in_no_language(text: str) -> None:
    """Numbers, signs and links are no evidence."""
    assert detect(text) == "other"


def test_most_words_decide() -> None:
    """A long quotation outweighs a short introduction."""
    introduction, quotation = "He said: ", "Мы не знаем, когда это случится, но мы готовы ко всему."
    assert detect(introduction + quotation) == "ru"
    assert detect(introduction * 20 + quotation) == "en"


def test_a_long_text_is_judged_beyond_its_start() -> None:
    """An English notice above a Ukrainian article does not make it English."""
    assert (
        detect("This article was published by our partners. " * 40 + "Уряд ухвалив рішення про бюджет. " * 2000) == "uk"
    )


def test_a_long_text_takes_no_longer_than_a_sample() -> None:
    """Only a bounded part of a text is read."""
    detect("разогрев словаря")
    began = time.process_time()
    detect("Правительство приняло решение о бюджете. " * 100_000)
    assert time.process_time() - began < 0.5


@given(st.text(max_size=80))
def test_any_text_has_one_of_the_four_answers(text: str) -> None:
    """Nothing a user types makes detection fail, and the answer is always the same."""
    assert detect(text) in get_args(Languages)
    assert detect(text) == detect(text)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Кому Ким передал письмо?", "ru"),
        ("Кого Ким отправил в порт?", "ru"),
        ("Ким написано листа?", "uk"),
        ("КИМ НАПИСАНО ЛИСТА?", "uk"),
    ],
)
def test_a_name_is_no_function_word(question: str, expected: str) -> None:
    """Kim's name inside a Russian sentence is not the Ukrainian "by whom"."""
    assert detect(question) == expected
