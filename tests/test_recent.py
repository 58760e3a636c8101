"""Vectors kept in memory: the same as without, asked for once, and never more than allowed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.adapters.recent import RecentEmbedder
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.ports import Vectors

TEXTS = st.lists(st.sampled_from(["мост", "міст", "bridge", "", "Sula bridge"]), max_size=12)


@given(TEXTS, st.integers(1, 4))
def test_vectors_are_those_of_the_model(texts: list[str], kept: int) -> None:
    """Whatever is kept and however often a text comes, its vector is the model's."""
    recent = RecentEmbedder(WordEmbedder(), kept)
    for _ in range(2):
        assert np.array_equal(recent.embed_passages(texts), WordEmbedder().embed_passages(texts))
        assert np.array_equal(recent.embed_queries(texts), WordEmbedder().embed_queries(texts))


def test_a_text_is_embedded_once() -> None:
    """The model sees a text again only after it was pushed out by later ones."""
    model = WordEmbedder()
    recent = RecentEmbedder(model, 2)
    for texts in (["a", "b"], ["b", "a", "a"], ["c"], ["b"]):
        recent.embed_passages(texts)
    assert model.embedded == 4


def test_questions_and_passages_are_kept_apart() -> None:
    """The same words in another role are another vector."""

    class Roles(WordEmbedder):
        """Passages point elsewhere."""

        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            """The negative of a question's vector."""
            return -self.embed_queries(texts)

    recent = RecentEmbedder(Roles(), 10)
    assert np.array_equal(recent.embed_queries(["a"]), -recent.embed_passages(["a"]))


def test_what_is_known_of_the_model_passes_through() -> None:
    """Name, sizes and token counts are the model's own."""
    recent, model = RecentEmbedder(WordEmbedder()), WordEmbedder()
    assert (recent.fingerprint, recent.dimension, recent.max_tokens) == ("words-256", 256, model.max_tokens)
    assert recent.count_tokens(["two words"]) == [2]


def test_threads_share_it() -> None:
    """Many threads at once get the right vectors."""
    recent = RecentEmbedder(WordEmbedder(), 3)
    texts = [f"word{number % 7}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: recent.embed_passages([text])[0], texts))
    assert np.array_equal(np.stack(found), WordEmbedder().embed_passages(texts))
