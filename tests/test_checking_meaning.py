"""Whether a sentence adds to its source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.answer.checking.meaning import is_addition, nearest
from tests.checking_samples import by_words, cite, told

_SOURCE = "The town council of Riverton approved a new tram line on Monday. The line will have eleven stops."


def _adds(sentence: str) -> bool:
    cited = cite(_SOURCE)
    return is_addition(sentence, "en", cited, nearest(sentence, cited, told(_SOURCE), by_words()))


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
