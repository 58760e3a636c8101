"""Checking who did what to whom and who said it, and whether a sentence adds to its source."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.checking import Cited
from index.answer.checking.cited import statements
from index.answer.checking.meaning import is_addition, nearest
from index.answer.checking.roles import swapped
from index.answer.checking.speakers import other_speaker
from index.answer.checking.spoken_of import masked, told_of_another
from index.answer.checking.swapping import exchanged
from index.types import Article, Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.answer.checking.cited import Statement
    from index.ports import Vectors
    from index.types import Language


class Words:
    """An embedder for which texts are alike by the words they share, each word having its own direction."""

    fingerprint, dimension, max_tokens = "words", 64, 512

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Their words."""
        return [len(text.split()) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Counts of words, each vector of length one."""
        found = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(found, texts, strict=True):
            for word in text.lower().replace(",", " ").replace(".", " ").split():
                row[self._places.setdefault(word, len(self._places)) % self.dimension] += 1
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)

    embed_queries = embed_passages


def cite(text: str, language: Language = "en") -> list[Cited]:
    """A passage of an article."""
    return [Cited(Article("a", "a", text, language, "", published=Published(date(2026, 3, 5))), text)]


def told(text: str, language: Language = "en") -> list[Statement]:
    """The sentences of such a passage."""
    return statements(cite(text, language))


@pytest.mark.parametrize(
    ("sentence", "source", "language"),
    [
        ("Olena Marchuk said that the bridge is safe.", "The bridge is safe, mayor Ihor Lahutyn said.", "en"),
        (
            "According to Lahutyn, the old bridge is safe.",
            "According to Olena Marchuk, the old bridge is safe. Ihor Lahutyn closed the road.",
            "en",
        ),
        (
            "По словам Марченко, мост безопасен.",
            "Мост безопасен, сообщил мэр Игорь Лагутин. Дорогу закрыл Марченко.",
            "ru",
        ),
        (
            "Про безпечний міст повідомив Степан Лагутин.",
            "Міст безпечний, повідомила Олена Марчук. Степан Лагутин закрив дорогу.",
            "uk",
        ),
    ],
)
def test_words_given_to_another(sentence: str, source: str, language: Language) -> None:
    """What one says may not be given to another of whom the source speaks."""
    known = f"{source} Olena Marchuk came later." if language == "en" else source
    assert other_speaker(sentence, language, told(known, language), Words())


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
    assert not other_speaker(sentence, "en", told(source), Words())


def test_the_speaker_before_an_interposed_clause() -> None:
    """In "A, while travelling, said B is ill" it is A who says it, not B."""
    source = told("Minister Vera Holt, while visiting Oslo, said Peter Brandt is still thinking about a new bridge.")
    assert other_speaker(
        "Peter Brandt said that Vera Holt is still thinking about a new bridge.", "en", source, Words()
    )
    assert not other_speaker("Vera Holt said that Peter Brandt is still thinking about it.", "en", source, Words())


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [("Halden closed the old repair dock.", True), ("Nereida closed the old repair dock.", False)],
)
def test_what_is_said_of_another(sentence: str, wrong: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """What the source says of one may not be said of another of whom it says something else."""
    source = told("Nereida closed the old repair dock. Halden hired ninety welders from Gdansk last winter.")
    assert told_of_another(sentence, "en", source, Words()) is wrong


def test_a_capital_stands_for_its_state() -> None:
    """Who says Kyiv where the source has Ukraine speaks of the same."""
    source = told("Ukraine closed the old repair dock. Poland hired ninety welders last winter.")
    assert not told_of_another("Kyiv closed the old repair dock.", "en", source, Words())


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
def test_names_that_changed_places(sentence: str, wrong: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """Names of two clauses exchanged are noticed by what the source says of each."""
    source = told("Nereida opened a new museum last year. Halden closed the old dock in winter.")
    assert exchanged(sentence, "en", source, Words()) is wrong


@pytest.mark.parametrize(
    ("sentence", "language", "source", "wrong"),
    [
        ("Гданьск продал Австрии двадцать автобусов.", "ru", "Гданьск получил автобусы, купленные в Австрии.", True),
        ("Гданьск купил в Австрии двадцать автобусов.", "ru", "Австрия продала Гданьску двадцать автобусов.", False),
        ("Austria surpassed Spain.", "en", "Spain surpassed Austria.", True),
        ("Spain surpassed Austria.", "en", "Austria trailed Spain.", False),
        ("Holt instructed Brandt to wait.", "en", "Brandt instructed Holt to wait.", True),
    ],
)
def test_verbs_seen_from_the_other_side(sentence: str, language: Language, source: str, wrong: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """Buying and selling, leading and trailing: one tells the same as the other with its sides exchanged."""
    assert swapped(sentence, language, told(source, language)) is wrong


_SOURCE = "The town council of Riverton approved a new tram line on Monday. The line will have eleven stops."


def _adds(sentence: str) -> bool:
    cited, model = cite(_SOURCE), Words()
    return is_addition(sentence, "en", cited, nearest(sentence, cited, statements(cited), model))


def test_what_the_source_says_is_no_addition() -> None:
    """A sentence of the source's words is none, nor a short one with its figure."""
    assert not _adds("The town council approved a new tram line on Monday.")
    assert not _adds("The new line will have 11 stops.")


def test_a_supported_beginning_does_not_carry_an_addition() -> None:
    """A cause that the source does not tell is noticed behind what it tells."""
    assert _adds(
        "The town council approved a new tram line because diesel fumes made many local children seriously ill."
    )


@given(st.lists(st.sampled_from(["red", "stone", "lamp", "river", "cloud"]), min_size=9, max_size=14))
def test_other_words_are_additions(words: list[str]) -> None:
    """A sentence without a word of the source is an addition, however it is divided."""
    assert _adds(" ".join(words))


def _of(text: str, language: Language) -> list[Statement]:
    """The statements of a passage."""
    article = Article("a", "a", text, language, "", published=Published(date(2026, 3, 1)))
    return statements((Cited(article, text),))


@pytest.mark.parametrize(
    ("language", "source", "sentence"),
    [
        (
            "ru",
            "Портовая касса взяла у городской лавки старые весы.",
            "Городская лавка взяла у портовой кассы старые весы.",
        ),
        ("uk", "Портова каса взяла у міської крамниці ваги.", "Міська крамниця взяла у портової каси ваги."),
    ],
)
def test_any_verb_shows_an_exchange(language: Language, source: str, sentence: str) -> None:
    """Who acts and who does not are told by case, of verbs that no list has."""
    assert swapped(sentence, language, _of(source, language))
    assert not swapped(source, language, _of(source, language))


def test_a_pronoun_is_the_subject() -> None:
    """In "the baker he paid" the baker is not the one who pays."""
    source = _of("Orsk met the two bakers he paid for the feast.", "en")
    assert not swapped("Orsk paid two bakers for the feast.", "en", source)
