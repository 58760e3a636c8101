"""A question taken apart: telling words, names, and the kind of answer that is wanted, over a real catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.adapters.catalogue import SqliteCatalogue
from index.answer.asked import read_question, stems
from index.language import lemmas, name_keys, search_words
from index.ports import SearchForm, Windows
from tests.samples import BRIDGE, SHIP, hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.ports import Catalogue

WORDS = st.text(st.characters(categories=["L", "Nd", "P", "Zs"]), max_size=80)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The bridge in Ukrainian and the ship in English."""
    catalogue = SqliteCatalogue(tmp_path_factory.mktemp("asked") / "catalogue.sqlite3", "model-1")
    for article in (BRIDGE, SHIP):
        words = " ".join(search_words(article.text, article.language))
        form = SearchForm(words, Windows((0,), np.eye(1, 8, dtype=np.float32)))
        catalogue.put(article, "digest", [(hit(article).passage, form)])
    yield catalogue
    catalogue.close()


def test_words_that_stand_nowhere_tell_most(catalogue: Catalogue) -> None:
    """A word of the archive tells less than one that no passage has."""
    words = read_question("Which wharf did the Aurelia leave with maize?", catalogue).words
    assert words["wharf"] > words["maize"] > 0


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many tonnes of maize were loaded?", (True, False)),
        ("Сколько гривен ушло на мост?", (True, False)),
        ("Скільки гривень пішло на міст?", (True, False)),
        ("В   каком году открыли мост?", (True, False)),
        ("У якому році відкрили міст?", (True, False)),
        ("What percentage of the maize was lost?", (True, False)),
        ("WHO steered the ship?", (False, True)),
        ("Кто открывал мост и когда?", (True, True)),
        ("Кому належить балкер?", (False, True)),
        ("Why did the whole show end so?", (False, False)),
        ("Почему закрыли движение?", (False, False)),
        ("Чому закрили рух?", (False, False)),
    ],
)
def test_question_tells_what_kind_of_answer_it_wants(
    catalogue: Catalogue, question: str, kinds: tuple[bool, bool]
) -> None:
    """Figures and names are asked for in three languages by whole words, in any case and spacing."""
    asked = read_question(question, catalogue)
    assert (asked.number, asked.person) == kinds


def test_coverage_weighs_words_by_what_they_tell(catalogue: Catalogue) -> None:
    """A sentence with the rare word covers more than one with the common word; all words cover the whole."""
    asked = read_question("Did the wharf burn with maize?", catalogue)
    assert asked.coverage({"wharf"}) > asked.coverage({"maize"}) > asked.coverage({"snow"}) == 0
    assert asked.coverage(asked.words.keys()) == pytest.approx(1)


def test_kindred_words_meet_by_their_beginnings(catalogue: Catalogue) -> None:
    """A noun and its verb are kin although their lemmas differ; a short word has no kin."""
    asked = read_question("Who repaired the reconstructed bridge?", catalogue)
    assert asked.kinship({"reconstruction"}) > 0
    assert asked.kinship({"recede", "red"}) == 0
    assert stems({"міст", "три", "ремонтувати"}) == {"міст", "ремон"}


def test_names_meet_across_scripts(catalogue: Catalogue) -> None:
    """The name of an English question is among those of a Ukrainian sentence."""
    asked = read_question("What did Kravets promise?", catalogue)
    assert asked.naming(frozenset(name_keys("Про це розповів міністр Кравець.", "uk"))) == 1
    assert asked.naming(frozenset(name_keys("Про це розповів міністр Лисенко.", "uk"))) == 0


def test_question_without_names_favours_nothing(catalogue: Catalogue) -> None:
    """Where no name is asked about, names say neither yes nor no."""
    asked = read_question("how much maize was there?", catalogue)
    assert asked.names == frozenset()
    assert asked.naming({"aurelia"}) == asked.naming(set()) == 0.5


@settings(deadline=None)  # the first word loads a dictionary
@given(question=WORDS, sentence=WORDS)
def test_shares_stay_shares(catalogue: Catalogue, question: str, sentence: str) -> None:
    """Whatever is asked, its words are told once each and every share lies in [0, 1]."""
    asked = read_question(question, catalogue)
    words = frozenset(lemmas(sentence, "en"))
    shares = asked.coverage(words), asked.kinship(words), asked.naming(words)
    assert all(0 <= share <= 1 for share in shares)
    assert all(telling > 0 for telling in asked.words.values())


def test_talk_about_the_news_is_not_asked_for(catalogue: SqliteCatalogue) -> None:
    """No article answers in the words "latest news": only what they are about counts."""
    assert set(read_question("What is the latest news on the dam?", catalogue).words) == {"dam"}
    assert set(read_question("Що нового про греблю?", catalogue).words) == {"гребля"}


def test_heeded_time_is_not_asked_for_again(catalogue: SqliteCatalogue) -> None:
    """A month that became a window need not stand in the sentence; otherwise it counts."""
    question = "What did the dam cost in April 2026?"
    assert set(read_question(question, catalogue, timed=True).words) == {"dam", "cost"}
    assert "2026" in read_question(question, catalogue).words


def test_a_question_of_framing_alone_keeps_its_words(catalogue: SqliteCatalogue) -> None:
    """Something must remain to compare."""
    assert read_question("Latest news?", catalogue).words
