"""Checking who did what to whom and who said it."""

from __future__ import annotations

import pytest

from index.answer.checking.roles import exchanged, other_speaker, swapped, told_of_another
from index.answer.checking.roles.exchanged_names import exchanges
from index.answer.checking.roles.namesakes import namesakes
from index.answer.checking.roles.speakers import speakers_of
from index.answer.checking.roles.spoken_of import masked
from tests.checking_samples import by_words, language_of, told


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "Olena Marchuk said that the bridge is safe.",
            "The bridge is safe, Ihor Lahutyn said. Olena Marchuk left.",
        ),
        (
            "According to Lahutyn, the old bridge is safe.",
            "According to Olena Marchuk, the old bridge is safe. Ihor Lahutyn closed the road.",
        ),
        (
            "По словам Марченко, мост безопасен.",
            "Мост безопасен, сообщил мэр Игорь Лагутин. Дорогу закрыл Марченко.",
        ),
        (
            "Про безпечний міст повідомив Степан Лагутин.",
            "Міст безпечний, повідомила Олена Марчук. Степан Лагутин закрив дорогу.",
        ),
    ],
)
def test_words_given_to_another(sentence: str, source: str) -> None:
    """What one says may not be given to another of whom the source speaks."""
    assert other_speaker(sentence, language_of(sentence), told(source), by_words())


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "Mayor Ihor Lahutyn said that the bridge is safe.",
            "The bridge is safe, Ihor Lahutyn said. Olena Marchuk left.",
        ),
        (
            "Ihor Lahutyn said the bridge is safe.",
            'Ihor Lahutyn came. "The bridge is safe," he said. Olena Marchuk said no.',
        ),
        ("The bridge is safe, Reuters reports.", "The bridge is safe, Ihor Lahutyn said. Reuters reports so."),
        ("The bridge is safe, officials said.", "The bridge is safe, Ihor Lahutyn said."),
    ],
)
def test_words_left_to_their_speaker(sentence: str, source: str) -> None:
    """A speaker may be named by a pronoun in the source, and a paper that passes words on may be named for them."""
    assert not other_speaker(sentence, "en", told(source), by_words())


def test_the_speaker_before_an_interposed_clause() -> None:
    """In "A, while travelling, said B is ill" it is A who says it, not B."""
    source = told("Minister Vera Holt, while visiting Oslo, said Peter Brandt is still thinking about a new bridge.")
    assert other_speaker(
        "Peter Brandt said that Vera Holt is still thinking about a new bridge.", "en", source, by_words()
    )
    assert not other_speaker("Vera Holt said that Peter Brandt is still thinking about it.", "en", source, by_words())


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [("Halden closed the old repair dock.", True), ("Nereida closed the old repair dock.", False)],
)
def test_what_is_said_of_another(sentence: str, *, wrong: bool) -> None:
    """What the source says of one may not be said of another of whom it says something else."""
    source = told("Nereida closed the old repair dock. Halden hired ninety welders from Gdansk last winter.")
    assert told_of_another(sentence, "en", source, by_words()) is wrong


def test_a_capital_stands_for_its_state() -> None:
    """Who says Kyiv where the source has Ukraine speaks of the same."""
    source = told("Ukraine closed the old repair dock. Poland hired ninety welders last winter.")
    assert not told_of_another("Kyiv closed the old repair dock.", "en", source, by_words())


def test_names_are_masked_whole() -> None:
    """First names and surnames leave one mark together."""
    part = masked("Then Vera Holt met Peter Brandt.", "en")
    assert part.text == "Then X met X."


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Halden opened a new museum, while Nereida closed the old dock.", True),
        ("Nereida opened a new museum, while Halden closed the old dock.", False),
    ],
)
def test_names_that_changed_places(sentence: str, *, wrong: bool) -> None:
    """Names of two clauses exchanged are noticed by what the source says of each."""
    source = told("Nereida opened a new museum last year. Halden closed the old dock in winter.")
    assert exchanged(sentence, "en", source, by_words()) is wrong


@pytest.mark.parametrize(
    ("sentence", "source", "wrong"),
    [
        ("Гданьск продал Австрии двадцать автобусов.", "Гданьск получил автобусы, купленные в Австрии.", True),
        ("Гданьск купил в Австрии двадцать автобусов.", "Австрия продала Гданьску двадцать автобусов.", False),
        ("Austria surpassed Spain.", "Spain surpassed Austria.", True),
        ("Spain surpassed Austria.", "Austria trailed Spain.", False),
        ("Holt instructed Brandt to wait.", "Brandt instructed Holt to wait.", True),
    ],
)
def test_verbs_seen_from_the_other_side(sentence: str, source: str, *, wrong: bool) -> None:
    """Buying and selling, leading and trailing: one tells the same as the other with its sides exchanged."""
    assert swapped(sentence, language_of(sentence), told(source)) is wrong


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Портовая касса взяла у городской лавки старые весы.",
            "Городская лавка взяла у портовой кассы старые весы.",
        ),
        ("Портова каса взяла у міської крамниці ваги.", "Міська крамниця взяла у портової каси ваги."),
    ],
)
def test_any_verb_shows_an_exchange(source: str, sentence: str) -> None:
    """Who acts and who does not are told by case, of verbs that no list has."""
    assert swapped(sentence, language_of(sentence), told(source))
    assert not swapped(source, language_of(source), told(source))


def test_a_pronoun_is_the_subject() -> None:
    """In "the baker he paid" the baker is not the one who pays."""
    source = told("Orsk met the two bakers he paid for the feast.")
    assert not swapped("Orsk paid two bakers for the feast.", "en", source)


def test_who_asks_is_told_though_the_first_word_may_be_a_noun() -> None:
    """A name that begins a sentence is known from the source."""
    source = told("Президент Мирзоева призвала Макрона приехать в Баку.")
    assert swapped("Макрон призвал Мирзоеву приехать в Париж.", "ru", source)


def test_a_participle_acts_for_the_name_before_it() -> None:
    """It stands for a relative clause: "..., who gave"."""
    source = told("Спонсором Анны Белич стал Пётр Зорин, пожертвовавший на музей 30 тысяч лей.")
    assert swapped("Анна Белич пожертвовала Петру Зорину 30 тысяч лей.", "ru", source)


def test_a_paper_that_is_told_something_does_not_say_it() -> None:
    """In an interview with DW, the guest speaks; a title is no name."""
    assert speakers_of("Посол при ЕС Иван Дубко рассказал в интервью DW, что переговоры идут.", "ru") == speakers_of(
        "Иван Дубко рассказал, что переговоры идут.", "ru"
    )
    assert speakers_of('"All is well here today," said Lt. Col. Nina Harrow.', "en") == speakers_of(
        "Nina Harrow said all is well.", "en"
    )


def test_a_complement_is_no_subject() -> None:
    """The strike of Ryanair's pilots began, not Ryanair; and "he" is nobody named in the clause."""
    assert not masked("Страйк пілотів Ryanair почався вночі", "uk").subjects
    assert not masked("he wore ears to play a Vulcan commander", "en").subjects


def test_who_passes_news_on_is_not_exchanged() -> None:
    """Behind "according to" stands no actor."""
    source = told("Пишет Ласка. Дубко встретил Орлова, когда ехал в город.", "ru")
    assert not any(
        each.startswith("По данным Дубко") for each in exchanges("По данным Ласка, Дубко приехал.", "ru", source)
    )


def test_husband_and_wife_are_two() -> None:
    """Whose family name stands on the other side need not be who acts."""
    source = told("Художница продала картины под именем мужа Уолтера Марчука.")
    assert not swapped("Маргарет Марчук продала картины под именем мужа, Уолтера Марчука.", "ru", source)
    assert namesakes([("Маргарет Марчук и Уолтер Марчук.", "ru"), ("Fanny Holt, Fanny Holt.", "en")]) == {"xnmarcak"}
