"""Each kind of follow-up, made whole as a careful person would."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.follow_up
from index.follow_up import resolve, spoken
from index.follow_up.times import times, without
from index.follow_up.words import tokens
from index.types import Turn

FILES = {
    language: tomllib.loads((Path(index.follow_up.__file__).parent / f"{language}.toml").read_text("utf-8"))
    for language in ("ru", "uk", "en")
}
DEAD = "Сколько людей погибло в Сумах вчера?"
BRIDGE = "Когда открыли мост через Сулу в Верхней Липовке?"
ELECTION = Turn("Кто выиграл выборы мэра Зорянского?", "Во втором туре победил Марко Лысенко.")


@pytest.mark.parametrize(
    ("earlier", "typed", "expected"),
    [
        (DEAD, "а в Харькове?", "Сколько людей погибло в Харькове вчера?"),
        (DEAD, "а 12 августа?", "Сколько людей погибло в Сумах 12 августа?"),
        (DEAD, "А на прошлой неделе в Одессе?", "Сколько людей погибло в Одессе на прошлой неделе?"),
        ("Сколько людей погибло в Сумах?", "а вчера?", "Сколько людей погибло в Сумах вчера?"),
        ("Что сказал Зеленский?", "а о пленных?", "Что сказал Зеленский о пленных?"),
        ("Какая зарплата у учителей в Польше?", "а у врачей?", "Какая зарплата у врачей в Польше?"),
        ("Что происходит в Израиле?", "А что в Иране?", "Что происходит в Иране?"),
        ("Що сталося в Одесі?", "Ні, в Миколаєві", "Що сталося в Миколаєві?"),
        ("Скільки заяв подали в липні?", "а за весь рік?", "Скільки заяв подали за весь рік?"),
        ("How much did gas prices rise in May?", "Since January?", "How much did gas prices rise since January?"),
        ("Did Orban meet Putin in Moscow?", "and in Minsk?", "Did Orban meet Putin in Minsk?"),
        ("How many died in Sumy?", "how many in Kyiv?", "How many died in Kyiv?"),
    ],
)
def test_a_time_or_a_place_takes_its_place(earlier: str, typed: str, expected: str) -> None:
    """A bare time or phrase replaces the one of its kind, or is added."""
    assert resolve(typed, [Turn(earlier)]) == expected


@pytest.mark.parametrize(
    ("earlier", "typed", "expected"),
    [
        ("Что сказал президент Украины?", "а Польша?", "Что сказал президент Польши?"),
        ("Что сказал Зеленский о мире?", "а Меркель?", "Что сказала Меркель о мире?"),
        ("Почему Германия закрыла АЭС?", "А Китай?", "Почему Китай закрыл АЭС?"),
        ("Какие санкции ввел Евросоюз против России?", "а США?", "Какие санкции ввели США против России?"),
        ("Чому закрили школи в Ковелі?", "А як щодо Луцька?", "Чому закрили школи в Луцьку?"),
        ("Хто президент Франції?", "а Німеччини?", "Хто президент Німеччини?"),
        ("What did Ukraine's president say?", "what about Poland?", "What did Poland's president say?"),
        ("how many died in kharkiv", "what about kyiv", "How many died in kyiv"),
    ],
)
def test_a_name_takes_the_place_and_case_of_its_kind(earlier: str, typed: str, expected: str) -> None:
    """A bare name replaces the one most like it, in its case, and the verb agrees."""
    assert resolve(typed, [Turn(earlier)]) == expected


@pytest.mark.parametrize(
    ("earlier", "typed", "expected"),
    [
        ("Когда открыли мост в Липовке?", "почему?", "Почему открыли мост в Липовке?"),
        ("На сколько оштрафовали магазин?", "а за что?", "За что оштрафовали магазин?"),
        ("Закончилась ли забастовка?", "когда именно?", "Когда именно закончилась забастовка?"),
        ("Чи закінчився страйк?", "коли?", "Коли закінчився страйк?"),
        ("Did the talks in Doha end?", "When exactly?", "When exactly did the talks in Doha end?"),
        ("Who closed the port?", "why?", "Who closed the port, and why?"),
        ("Які кораблі вийшли з порту?", "і скільки їх?", "Які кораблі вийшли з порту, і скільки їх?"),
    ],
)
def test_a_bare_question_word_asks_again(earlier: str, typed: str, expected: str) -> None:
    """The question word takes the place of the earlier one where the sentence allows, else both are asked."""
    assert resolve(typed, [Turn(earlier)]) == expected


@pytest.mark.parametrize(
    ("turn", "typed", "expected"),
    [
        (Turn(BRIDGE), "Сколько он стоил?", "Сколько стоил мост через Сулу в Верхней Липовке?"),
        (Turn(BRIDGE), "что о нём говорят?", "Что о мосте через Сулу в Верхней Липовке говорят?"),
        (Turn("Кто убрал улицу?"), "где она?", "Кто убрал улицу? Где она?"),
        (ELECTION, "сколько голосов он получил?", "Сколько голосов получил Марко Лысенко?"),
        (Turn("Что сказал Зеленский о мире?"), "когда он приехал?", "Когда приехал Зеленский?"),
        (Turn("Когда Иван Петров открыл мост?"), "сколько ему лет?", "Сколько Ивану Петрову лет?"),
        (Turn("Когда Иван Петров открыл мост?"), "что он сказал?", "Что сказал Иван Петров?"),
        (Turn("Когда Иван Петров открыл мост в Лиде?"), "сколько он стоил?", "Сколько стоил мост в Лиде?"),
        (Turn("Когда Анна Копач выиграла заплыв?"), "сколько ей лет?", "Сколько Анне Копач лет?"),
        (Turn("Почему ушла судья Коваль?"), "Что её заменит?", "Что заменит судью Коваль?"),
        (Turn("Скільки коштувала школа?"), "Хто її збудував?", "Хто збудував школу?"),
        (
            Turn("Хто президент Франції?", "Це Еммануель Макрон."),
            "скільки йому років?",
            "Скільки Еммануелеві Макронові років?",
        ),
        (Turn("Who did Oslo appoint?", "Oslo appointed Jaan Tamm."), "what is his job?", "What is Jaan Tamm's job?"),
        (Turn("What did Zelensky say?"), "when did he arrive?", "When did Zelensky arrive?"),
    ],
)
def test_a_pronoun_gets_its_name(turn: Turn, typed: str, expected: str) -> None:
    """A pronoun gives way to the one name or noun it can stand for, in its case."""
    assert resolve(typed, [turn]) == expected


@pytest.mark.parametrize(
    ("turn", "typed"),
    [
        (Turn("Who won?", "Ann Lee beat Joan Ray."), "how old is she?"),
        (Turn("Что известно о Зеленском?"), "Когда он приехал?"),
        (Turn("Когда Трамп встретится с Путиным?"), "Где они встретятся?"),
        (Turn("Хто загинув у ДТП під Уманню?"), "де саме це сталося?"),
        (Turn("Когда министр встретил посла?"), "что он сказал?"),
        (Turn("Когда балкер Aurelia покинул порт?"), "куда он идет?"),
        (Turn("Какие компании закрылись в Бресте?"), "их много?"),
        (Turn("Какие компании закрылись в Бресте?"), "почему они закрылись?"),
        (Turn("How many died in Sumy?"), "who said that?"),
        (Turn("Сколько людей погибло в Сумах?"), "А раненых?"),
        (Turn("What caused the fire?"), "did the mayor confirm it?"),
        (Turn("Which cities did Estonia help?"), "what did Oslo reply?"),
    ],
)
def test_where_it_is_not_certain_both_are_asked(turn: Turn, typed: str) -> None:
    """No name is guessed: the earlier question stands before the new one."""
    assert resolve(typed, [turn]) == f"{turn.question} {typed[0].upper()}{typed[1:]}"


@pytest.mark.parametrize(
    "question",
    [
        "Когда Зеленский сказал, что он приедет?",
        "Почему учителя говорят, что им не платят?",
        "Коли збудують міст і скільки він коштуватиме?",
        "Did the doctors say when they would leave?",
        "What did Donald Trump say about his visit to Kyiv?",
        "Is it true that schools were closed in Oslo?",
        "А кто такая Алина Вдович?",
        "Кто это — Марко Лысенко?",
        "Что произошло вчера?",
        "выборы в Молдове",
        "Ukraine became a hero for these people and the world",
        "Who may not require that its teachers be certified?",
        "Спасибо!",
        "?!",
        "",
    ],
)
def test_its_own_content_is_left_alone(question: str) -> None:
    """A pronoun bound in the question itself, a name, a greeting: nothing is to be made whole."""
    assert resolve(question, [Turn(DEAD, "Погибли трое.")]) == question


@pytest.mark.parametrize(
    ("earlier", "typed", "expected"),
    [
        ("Что известно о взрыве?", "а подробнее?", "Подробнее: что известно о взрыве?"),
        ("Що відомо про вибух?", "Детальніше!", "Детальніше: що відомо про вибух?"),
        ("NATO met in Oslo?", "tell me more", "More detail: NATO met in Oslo?"),
        ("More detail: who won?", "tell me more", "More detail: who won?"),
    ],
)
def test_more_is_asked_of_the_same(earlier: str, typed: str, expected: str) -> None:
    """An order to go into detail repeats the question, however often it is given."""
    assert resolve(typed, [Turn(earlier)]) == expected


@pytest.mark.parametrize(
    ("earlier", "typed", "expected"),
    [
        (DEAD, "what about Kharkiv?", "Сколько людей погибло вчера? What about Kharkiv?"),
        (DEAD, "and last week?", "Сколько людей погибло в Сумах? And last week?"),
        ("Who won in Oslo?", "почему?", "Who won in Oslo? Почему?"),
    ],
)
def test_another_language_is_kept(earlier: str, typed: str, expected: str) -> None:
    """Languages are not mixed in a sentence; a time or place that has been replaced goes."""
    assert resolve(typed, [Turn(earlier)]) == expected


def test_a_quote_in_the_sister_language_has_the_same_words() -> None:
    """Two telling words go on from an answer that has them, also where it quotes in the other Slavic language."""
    turn = Turn("Сколько стоил мост через Сулу?", "Роботами керувала головна інженерка Оксана Герасименко.")
    assert resolve("а кто главный инженер?", [turn]) == "Сколько стоил мост через Сулу? А кто главный инженер?"


def test_a_chain_keeps_its_subject() -> None:
    """Every turn goes on from the one before as it was understood, and combined questions do not pile up."""
    turns: list[Turn] = []
    for typed in (BRIDGE, "а кто строил?", "сколько он стоил?", "подробнее", "а вчера?"):
        turns.append(Turn(resolve(typed, turns)))
    assert [each.question for each in turns[1:]] == [
        f"{BRIDGE} А кто строил?",
        "Сколько стоил мост через Сулу в Верхней Липовке?",
        "Подробнее: сколько стоил мост через Сулу в Верхней Липовке?",
        "Сколько стоил мост через Сулу в Верхней Липовке вчера?",
    ]


def test_a_greeting_is_no_subject() -> None:
    """After thanks, the question before them is meant."""
    assert resolve("а вчера?", [Turn("Что было в Сумах?"), Turn("Спасибо!")]) == "Что было в Сумах вчера?"


@pytest.mark.parametrize(
    ("question", "earlier", "expected"),
    [("а Одеса?", "Що в Києві?", "uk"), ("а Киев?", "Що в Одесі?", "uk"), ("why?", "Кто там?", "en")],
)
def test_few_words_are_in_the_language_of_the_conversation(question: str, earlier: str, expected: str) -> None:
    """Words that Ukrainian has, too, are Ukrainian in a Ukrainian conversation."""
    assert spoken(question, earlier) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Что было в Сумах в прошлом месяце?", "Что было в Сумах?"),
        ("Хто переміг 12 серпня 2025 року у Львові?", "Хто переміг у Львові?"),
        ("Who won on Friday in Oslo?", "Who won in Oslo?"),
        ("Сколько людей едут через Сулу?", "Сколько людей едут через Сулу?"),
    ],
)
def test_times_are_found_with_their_prepositions(text: str, left: str) -> None:
    """What is left of a question without its times is a sentence."""
    assert without(text, times(text)) == left


def test_files_have_the_same_keys() -> None:
    """Each language lists the same kinds of words, and no word of a list is empty."""
    assert list(FILES["ru"]) == list(FILES["uk"]) == list(FILES["en"])
    assert list(FILES["ru"]["prepositions"]) == list(FILES["uk"]["prepositions"]) == list(FILES["en"]["prepositions"])
    assert [key for texts in FILES.values() for key, text in texts.items() if ", ," in text or text == ","] == []


_TYPED = st.text(st.sampled_from("аяіиё ,.?!-»«'abИA0\n\u0301𝕏") | st.characters(), max_size=60)
_FRAGMENTS = st.lists(
    st.sampled_from(["а", "and", "в", "in", "Сумах", "Kyiv", "вчера", "he", "его", "це", "why", "?", "Польща", "last"]),
    max_size=6,
).map(" ".join)


@given(_TYPED | _FRAGMENTS, _TYPED | _FRAGMENTS, _TYPED | _FRAGMENTS)
def test_anything_may_be_typed(question: str, earlier: str, answer: str) -> None:
    """No text is an error, and nothing that was typed becomes nothing."""
    resolved = resolve(question, [Turn(earlier, answer)])
    assert resolved.strip() or not question.strip()


@given(_FRAGMENTS)
def test_without_history_nothing_changes(question: str) -> None:
    """The first question of a conversation is taken as it is."""
    assert resolve(question, []) == question
    assert resolve(question, [Turn(" ")]) == question


@given(_TYPED)
def test_tokens_stand_where_they_say(text: str) -> None:
    """A word's place is that of its text, in order."""
    found = tokens(text)
    assert all(text[each.start : each.end] == each.text and len(each.plain) == len(each.text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
