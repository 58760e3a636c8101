"""Negations and contraries in checking: what a clause denies, what is contrary to it, and sentences turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.adapters.language_neutral import NeutralEmbedder
from index.adapters.recent import RecentEmbedder
from index.answer.checking.negations import turned
from index.answer.checking.negations.contraries import implies_denial, kindred, reworded, signs
from index.answer.checking.negations.negating import told_by
from tests.checking_samples import told

if TYPE_CHECKING:
    from pathlib import Path

    from index.adapters.e5_onnx import E5Embedder
    from index.ports import Embedder
    from index.types import Language

BRIDGE = (
    "The council of Velmor has not yet approved the new bridge over the Arda. It would cost 40 million euros. "
    "Ferry fares rose by 5 percent in June, while bus fares stayed the same. The ferry company refused to buy a "
    "second boat. Mayor Lina Orsk opened the rebuilt pier on Sunday. No arrests were made during the protest."
)


@pytest.fixture(scope="session")
def finding(embedder: E5Embedder, model_cache: Path) -> Embedder:
    """The embedder that checking is served with."""
    return NeutralEmbedder(RecentEmbedder(embedder), model_cache)


def denied(clause: str, language: Language) -> set[str]:
    """The words of a clause that it denies, those that say little left out."""
    return {word.text for word in told_by(clause, language).words if word.lemma and word.sign < 0}


@pytest.mark.parametrize(
    ("clause", "language", "words"),
    [
        ("the bridge was not approved", "en", {"approved"}),
        ("the company refused to buy a boat", "en", {"buy"}),
        ("the lot remained unsold", "en", {"unsold"}),
        ("не смог построить мост", "ru", {"построить"}),
        ("мост построить не удалось", "ru", {"построить"}),
        ("участок остался непроданным", "ru", {"непроданным"}),
        ("без открытых торгов", "ru", {"открытых", "торгов"}),
        ("загиблих немає", "uk", {"загиблих"}),
        ("ніхто нічого не підписав", "uk", {"підписав"}),
        ("не отримали дозволу", "uk", {"отримали", "дозволу"}),
    ],
)
def test_negations_deny_words(clause: str, language: Language, words: set[str]) -> None:
    """A negation denies the word that it belongs to, in any of its forms."""
    assert denied(clause, language) == words


@pytest.mark.parametrize(
    ("clause", "language"),
    [
        ("not only the pier was rebuilt", "en"),
        ("не более трёх лодок купили", "ru"),
        ("не Киев принял решение", "ru"),
        ("не отказался построить мост", "ru"),
        ("минулого тижня", "uk"),
        ("через две недели", "ru"),
    ],
)
def test_some_negations_deny_nothing(clause: str, language: Language) -> None:
    """Set phrases, contrasts of names, denied denials and words that only begin so leave the rest affirmed."""
    assert not denied(clause, language) - {"отказался"}


@given(st.text(max_size=80), st.sampled_from(("ru", "uk", "en")))
@settings(deadline=None)
def test_any_text_is_read(text: str, language: Language) -> None:
    """Words stand where they are said to, whatever the text."""
    assert all(
        text[word.start :].startswith(word.text[:1]) or "'" in word.text for word in told_by(text, language).words
    )


@pytest.mark.parametrize(
    ("clause", "sign"),
    [
        ("prices rose", ("change", 1)),
        ("prices did not rise", ("change", -1)),
        ("prices stayed unchanged", ("change", 0)),
        ("14 percent more gas", ("compare by 14", 1)),
        ("14 percent less gas", ("compare by 14", -1)),
        ("before the vote", ("order vote", 1)),
    ],
)
def test_contraries_have_sides(clause: str, sign: tuple[str, int]) -> None:
    """A word of a pair stands on its side, on the other one if it is denied, with a number beside it if bound to it."""
    assert sign in signs(told_by(clause, "en"))


def test_a_clause_with_both_contraries_takes_no_side() -> None:
    """Where both words of a pair stand in one clause, none of them is what it says."""
    assert not signs(told_by("prices that rose in May fell again", "en"))


@pytest.mark.parametrize(
    ("one", "other"), [("he did not admit it", "he denied it"), ("it is no longer open", "it shut")]
)
def test_denied_contraries_are_the_same(one: str, other: str) -> None:
    """A denied word says what its contrary says, the word itself does not."""
    assert reworded(told_by(one, "en"), told_by(other, "en"))
    assert not reworded(told_by(one, "en"), told_by(one, "en"))


def test_what_did_not_rise_may_be_unchanged() -> None:
    """Between rising and falling there is a third thing, which agrees with either denied."""
    unchanged = signs(told_by("prices stayed unchanged", "en"))
    assert unchanged & signs(told_by("prices did not rise", "en"))
    assert not unchanged & signs(told_by("prices rose", "en"))


def test_denials_may_be_implied() -> None:
    """A clause may deny without any negation."""
    assert implies_denial(told_by("the lot remained with its owner", "en"))
    assert not implies_denial(told_by("the lot went to a bank", "en"))


@pytest.mark.parametrize(("one", "other", "kin"), [("подписать", "подпись", True), ("передать", "переговоры", False)])
def test_kindred_words_begin_alike(one: str, other: str, *, kin: bool) -> None:
    """A verb and its noun are kin, words with only a prefix in common are not."""
    assert kindred(one, other) is kin


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The council has already approved the new bridge over the Arda.", "en"),
        ("Городской совет Велмора уже одобрил новый мост через Арду.", "ru"),
        ("Паромна компанія погодилася купити другий човен.", "uk"),
        ("Bus fares rose as well.", "en"),
        ("Стоимость проезда на пароме в июне снизилась на 5 процентов.", "ru"),
        ("Мер Ліна Орск закрила відбудований причал.", "uk"),
        ("Several people were arrested during the protest.", "en"),
    ],
)
def test_turned_sentences_are_noticed(sentence: str, language: Language, finding: Embedder) -> None:
    """A negation added or lost and a word put for its contrary are found out, in the source's language or not."""
    assert turned(sentence, language, told(BRIDGE), finding)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Velmor's council is yet to approve a new bridge.", "en"),
        ("Новый мост через Арду пока не одобрен.", "ru"),
        ("Перевізник відмовився купувати ще один човен.", "uk"),
        ("The price of a bus ride did not change.", "en"),
        ("Проезд на пароме подорожал на 5 процентов.", "ru"),
        ("Протест обійшовся без арештів.", "uk"),
        ("If the bridge is not approved, 40 million euros will be saved.", "en"),
    ],
)
def test_other_words_for_the_same_pass(sentence: str, language: Language, finding: Embedder) -> None:
    """What is said with other negations, or by a contrary denied, is not turned; nor is what is only supposed."""
    assert not turned(sentence, language, told(BRIDGE), finding)


def test_what_is_near_decides(finding: Embedder) -> None:
    """Of two things that went different ways, each is compared with what the source says of it."""
    source = told("Exports of wheat rose to 3 million tonnes. Exports of barley fell to one million tonnes.")
    assert turned("Barley exports rose to a million tonnes.", "en", source, finding)
    assert not turned("Barley exports were cut to a million tonnes.", "en", source, finding)


@pytest.mark.parametrize(
    ("clause", "language", "name", "side"),
    [
        ("the crew left the ship voluntarily", "en", "will", 1),
        ("экипаж заставили покинуть судно", "ru", "will", -1),
        ("звіт оприлюднили в понеділок", "uk", "publish", 1),
        ("местных кадров не хватает", "ru", "enough", -1),
        ("алкотест у водителя дал отрицательный результат", "ru", "sober", 1),
        ("в прошлом году доля была выше", "ru", "change", -1),
    ],
)
def test_more_contraries_have_sides(clause: str, language: Language, name: str, side: int) -> None:
    """What is forced, published, lacking, sober or was higher before takes a side."""
    assert (name, side) in signs(told_by(clause, language))


def test_hyphened_words_are_denied() -> None:
    """In "non-life-threatening" the threat is denied."""
    words = told_by("two non-life-threatening wounds", "en").words
    assert any(word.unlike and word.sign < 0 for word in words)
