"""Sentence bounds: labelled tricky cases of three languages, and what holds for any text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import sentence_spans

if TYPE_CHECKING:
    from index.types import Language

# A bar marks where one sentence ends and the next begins; it is taken out before splitting.
RUSSIAN = """
Завод делает трубы, краны и т. д.| Он работает с мая.
Купили хлеб, соль и т.д.| Потом ушли.
Дома, школы и т. п. стоят пустые.
Он опоздал, т. е. Анна ждала одна.
Выступил В. В. Путин с речью.
Выступил В.В. Путин с речью.
Пришёл Путин В. В.| Он сел первым.
Делегация прибыла в г. Киев утром.
В 2014 г. Крым опустел.
Завод построили далеко за городом в 1975 г.| Рабочие жили рядом.
Он уехал из страны в 1999 г.| Это было зимой.
В 2010-2012 гг. Россия росла быстрее.
Цена выросла до 5 тыс. руб. за шт.| Это много.
Бюджет вырос до 15 млн. рублей.
Город купил 2 млн. 300 тыс. саженцев.
Доклад сделал проф. Иванов.| Зал молчал.
Избран акад. Н. Н. Петров.
Московская обл. Россия остаётся первой.
Дом стоит на ул. Мира, д. 5, кв. 12.
Смотри стр. 15 и рис. 3 в книге.
Встреча прошла 13.08.2025 в Омске.| Стороны молчали.
Рост составил 3.5 процента.| Это рекорд.
Адрес https://example.org/a?b=c.d верен.| Пишите.
«Иду домой», — сказал он.| Дверь закрылась.
«Ура!» — закричал мальчик.
— Ты где? — спросила она.
— Да.| — Нет.
Он сказал: «Я приду.»| И пришёл.
Он ушёл (и не вернулся.)| Все ждали.
Что это?!| Никто не знал.
Он думал… и молчал.
Он думал…| Потом ответил.
Он... ушёл.
1. Первое дело.| 2. Второе дело.
• Хлеб подорожал.| • Соль исчезла.
Улица им. Гагарина закрыта.
Гости из США.| Они довольны.
Дж. Буш приехал в св. Лавру.
Римляне пришли во II в. до н. э.| Они строили дороги.
Ночью до +6 °C.| Днём теплее.
Компания «Яндекс.Такси» выросла.
Это сделал я.| Больше некому.
Вышел iPhone 20.| iPhone подорожал.
По ч. 2 ст. 105 УК дали 10 лет.
"""

UKRAINIAN = """
І. Франко писав вірші.| Його читали.
Делегація прибула до м. Київ уранці.
Музей ім. Т. Шевченка зачинено.
Він живе на вул. Сагайдачного, буд. 5.
У 2020 р. Україна змінилася.
Завод збудували далеко за містом у 1975 р.| Робітники жили поруч.
Він поїхав із країни у 1999 р.| Це було взимку.
Голод тривав у 1932–1933 рр. та пізніше.
Купили хліб, сіль і т. д.| Потім пішли.
Овочі, фрукти тощо.| Ціни зросли.
Яблука, груші та ін.| Усе дороге.
Це т. зв. Мінські угоди.
Ціна зросла до 5 тис. грн за тонну.| Це багато.
Ціна зросла до 90 грн.| Покупці обурені.
Місто купило 2 млн. 300 тис. саджанців.
У школі 1 тис. 247 учнів.
Доповідь зробив проф. Коваль.| Зал мовчав.
Обрано акад. Б. Є. Патона.
Приїхав Шевченко А. М.| Він сів першим.
Справу веде інспектор В.М. Бабенко.
Київська обл. Україна тримається.
Зустріч відбулася 13.08.2025 в Одесі.| Сторони мовчали.
Зростання склало 3.5 відсотка.| Це рекорд.
Адреса https://example.org/a?b=c.d правильна.| Пишіть.
«Іду додому», — сказав він.| Двері зачинилися.
«Ура!» — закричав хлопець.
— Ти де? — спитала вона.
— Так.| — Ні.
Він сказав: «Я прийду.»| І прийшов.
Він сказав: „Я прийду.“| І прийшов.
Він пішов (і не повернувся.)| Усі чекали.
Що це?!| Ніхто не знав.
Він думав… і мовчав.
Він думав…| Потім відповів.
1. Перша справа.| 2. Друга справа.
• Хліб подорожчав.| • Сіль зникла.
Гості зі США.| Вони задоволені.
Так воно і є.| Нічого не вдієш.
За ч. 2 ст. 115 КК дали 10 років.
Див. Конституцію та с. 5 збірки.
У с. Моринці та на о. Зміїний тихо.
Дж. Байден приїхав до св. Софії.
Уночі до +6°C.| Удень тепліше.
Це моя сім'я.| Вона велика.
"""

ENGLISH = """
Mr. Smith met Mrs. Jones.| They spoke.
Dr. Brown left.| Prof. Green stayed.
The U.S. Senate voted.| It passed.
He lives in the U.S.| The bill does not help him.
It opened at 5 p.m. Monday.
It closed at 5 p.m.| The crowd left.
Take fruit, e.g. Apples or pears.
The aim, i.e. peace, is far.
See No. 5 on the list.
He said no.| 5 people left.
It happened on Jan. 5 in court.
She moved to St. Petersburg in May.| It was cold.
Rates rose 3.5 percent.| Banks fell.
It cost $1.5 million.| Nobody paid.
Visit https://example.org/a?b=c.d today.| Then call.
Mail press@example.org.| We answer.
"We won," he said.| They cheered.
"We won!" he said.
He said "Yes."| Then he left.
He said “Yes.”| Then he left.
He left (and did not return.)| All waited.
What?!| Nobody knew.
He thought... and waited.
He thought...| Then he spoke.
John F. Kennedy spoke.| So did J. R. R. Tolkien.
Apple Inc. CEO Tim Cook spoke.
He sued Acme Corp.| The firm denied it.
Gov. Lee and Sen. Roy agreed.
Gen. Mark Stone and Lt. Gov. Ann Hill met.
He is Martin Luther King Jr.| He is known.
Nuts, fruit, etc.| Prices rose.
Pens, paper, etc. were sold.
1. First point.| 2. Second point.
IV. Results
• Bread rose.| • Salt fell.
It was 13.08.2025 then.| Now it is late.
Version 2.0.1 is out.| Update now.
Smith v. Jones was heard.
The cat sat.| iPhone sales fell.
Washington, D.C. Circuit judges ruled.
It was vitamin C.| The dose was low.
The claim was false.[1]| The court agreed.
The vote (?) Monday failed.
He has a Ph.D. in law.| She has none.
"""


def _cases() -> list[tuple[Language, str]]:
    tables: list[tuple[Language, str]] = [("ru", RUSSIAN), ("uk", UKRAINIAN), ("en", ENGLISH)]
    return [(language, line) for language, table in tables for line in table.strip().splitlines()]


def _split(text: str, language: Language) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text, language)]


@pytest.mark.parametrize(("language", "marked"), _cases())
def test_sentences_end_where_a_reader_ends_them(language: Language, marked: str) -> None:
    """Abbreviations, initials, numbers, quotes and lists neither break a sentence nor swallow the next."""
    assert _split(marked.replace("|", ""), language) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\u2028", "\x85", "\n\n \n"])
def test_a_line_break_always_ends_a_sentence(ending: str) -> None:
    """Articles are stored a paragraph a line, so a headline without a stop is a sentence of its own."""
    assert _split(f"Заголовок без точки{ending}первый абзац", "ru") == ["Заголовок без точки", "первый абзац"]


def test_the_language_decides_what_is_an_abbreviation() -> None:
    """A Ukrainian abbreviation is an ordinary word in Russian."""
    assert _split("Вот рис. Див. Это всё.", "ru") == ["Вот рис.", "Див.", "Это всё."]
    assert _split("Ось лист. Див. Конституцію.", "uk") == ["Ось лист.", "Див. Конституцію."]


def test_stops_of_other_scripts_need_no_space() -> None:
    """Chinese sets no space after its full stop."""
    assert _split("你好。再见。", "other") == ["你好。", "再见。"]


PIECES = st.sampled_from(["Он", "ушёл", "т.", "д.", "г.", "U.S.", "5", "?!", "…", "»", "(", ".", "\n", " ", "x"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))
LANGUAGES = st.sampled_from(["ru", "uk", "en", "other"])


@given(TEXTS, LANGUAGES)
def test_spans_cover_everything_but_space_once_and_in_order(text: str, language: Language) -> None:
    """Whatever the text, nothing but space lies outside the spans, and they neither overlap nor hold space at ends."""
    spans = sentence_spans(text, language)
    assert [text[span.start : span.end].strip() for span in spans] == _split(text, language)
    assert all(span.start < span.end for span in spans)
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges)
    assert not "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)).strip()


@pytest.mark.parametrize("unit", ["А. ", ".", ". ", "т. ", "(? ", "! 1", ".)", "a.b", "«", "В 2014 г. Киев ", "слово"])
def test_time_is_linear_in_the_length(unit: str) -> None:
    """No repetition of stops, initials or brackets makes 200,000 characters slow."""
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    sentence_spans(text, "ru")
    assert time.process_time() - began < 4
