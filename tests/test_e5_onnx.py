"""The default embedder: true to its weights, indifferent to neighbours, unmoved by nasty texts."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.adapters.e5_onnx import MODEL_FILE, E5Embedder, load_tokenizer, read_manifest, write_manifest
from index.adapters.e5_prepare import find_prepared
from index.adapters.e5_weights import load_weights, locate_weights
from index.errors import ModelError
from tests.e5_reference import reference_vector

if TYPE_CHECKING:
    from pathlib import Path

    from index.ports import Vectors

SENTENCES = (
    "Парламент принял закон о реформе пенсий во втором чтении.",
    "Парламент ухвалив закон про пенсійну реформу в другому читанні.",
    "Parliament passed the pension reform bill on its second reading.",
    "Ночью град побил яблоневые сады в трёх районах области.",
    "Уночі град побив яблуневі сади в трьох районах області.",
    "Overnight hail battered apple orchards in three districts of the region.",
)
NASTY = (
    "",
    " \n",
    "a\0b",
    "\ud800",
    "\ufdfa" * 300,
    "щ" * 500_000,
    "слово " * 100_000,
    "🙂",
    "\u0301" * 9,
    "</s><pad>",
)


def unit(vectors: Vectors) -> bool:
    """Whether all rows are finite and of length 1."""
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5))


def test_matches_the_weights_computed_directly(embedder: E5Embedder, model_cache: Path) -> None:
    """At least .999 cosine to float32 arithmetic on the same weights."""
    weights, folder = load_weights(locate_weights()), find_prepared(model_cache)
    assert folder
    tokenizer = load_tokenizer(folder)
    exact = [reference_vector(weights, [0, *tokenizer.ids("passage: " + text), 2]) for text in SENTENCES[:3]]
    cosines = (embedder.embed_passages(SENTENCES[:3]) * np.stack(exact)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_meaning_outweighs_words(embedder: E5Embedder) -> None:
    """In three languages, every sentence is nearer to its translations than to the other event."""
    vectors = embedder.embed_passages(SENTENCES)
    near = vectors @ vectors.T
    assert all(near[row, :3].min() > near[row, 3:].max() for row in range(3))
    assert all(near[row, 3:].min() > near[row, :3].max() for row in range(3, 6))


@pytest.mark.parametrize(
    ("question", "answer"), [("Что приняли депутаты?", 0), ("Що побило сади?", 4), ("What did hail do?", 5)]
)
def test_a_question_finds_its_passage(embedder: E5Embedder, question: str, answer: int) -> None:
    """Among passages in three languages, the nearest is the one that answers."""
    nearness = embedder.embed_passages(SENTENCES) @ embedder.embed_queries([question])[0]
    assert int(nearness.argmax()) == answer


def test_questions_and_passages_differ(embedder: E5Embedder) -> None:
    """Each kind carries its own prefix."""
    (query,), (passage,) = embedder.embed_queries(SENTENCES[:1]), embedder.embed_passages(SENTENCES[:1])
    assert query @ passage < 0.999


def test_neighbours_do_not_matter(embedder: E5Embedder) -> None:
    """A text alone and the same text among long and empty ones give the same vector."""
    alone = np.concatenate([embedder.embed_passages([text]) for text in SENTENCES])
    mixed = embedder.embed_passages([*SENTENCES, "", "слово " * 700])[: len(SENTENCES)]
    assert np.abs(alone - mixed).max() < 1e-6


def test_threads_may_share_it(embedder: E5Embedder) -> None:
    """Questions asked at once get the vectors that they get one by one."""
    expected = [embedder.embed_queries([text]) for text in SENTENCES]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: embedder.embed_queries([text]), SENTENCES * 5))
    assert all(np.abs(a - b).max() < 1e-6 for a, b in zip(found, expected * 5, strict=True))


def test_survives_nasty_texts(embedder: E5Embedder) -> None:
    """Empty, huge, broken and expanding texts all give unit vectors."""
    assert unit(embedder.embed_passages(NASTY))
    assert unit(embedder.embed_queries(NASTY))


@given(st.text(st.characters(), max_size=50))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_a_unit_vector(embedder: E5Embedder, text: str) -> None:
    """Lone surrogates included."""
    assert unit(embedder.embed_queries([text]))


def test_decomposed_letters_change_nothing(embedder: E5Embedder) -> None:
    """A text saved on macOS gets the vector of the composed one."""
    pair = [SENTENCES[4], unicodedata.normalize("NFD", SENTENCES[4])]
    composed, decomposed = embedder.embed_passages(pair)
    assert np.array_equal(composed, decomposed)


def test_reads_max_tokens_and_no_more(embedder: E5Embedder) -> None:
    """A passage of that many tokens is read to its end; what follows is not read."""
    full = "слово " * embedder.max_tokens
    assert embedder.count_tokens([full]) == [embedder.max_tokens]
    cut, longer, changed = embedder.embed_passages([full, full + "хвост", full[: -len("слово ")] + "хвост"])
    assert np.array_equal(cut, longer)
    assert not np.array_equal(cut, changed)


def test_nothing_in_nothing_out(embedder: E5Embedder) -> None:
    """No texts give no rows of the right width."""
    assert embedder.embed_passages([]).shape == embedder.embed_queries([]).shape == (0, embedder.dimension)
    assert embedder.count_tokens(["", "дом"]) == [0, 1]


def test_fingerprint_tells_weights_mode_and_prefixes(embedder: E5Embedder) -> None:
    """Whatever decides a vector is in it."""
    model, weights, mode, layout, query, passage = embedder.fingerprint.split("/")
    assert (model, weights, query, passage) == ("e5-small", "1571fc98", "query:", "passage:")
    assert mode in ("i8r", "u8r", "q4")
    assert layout.startswith("v")


def test_a_garbled_model_is_a_model_error(tmp_path: Path, model_cache: Path, embedder: E5Embedder) -> None:
    """Sizes are right and contents are not: the error names the folder and what to do."""
    manifest = read_manifest(find_prepared(model_cache) or tmp_path)
    assert manifest
    for name, size in manifest.sizes.items():
        (tmp_path / name).write_bytes(b"\xff" * size)
    write_manifest(tmp_path, manifest)
    garbled = E5Embedder(tmp_path, 1)
    for use in (garbled.embed_queries, garbled.count_tokens):
        with pytest.raises(ModelError, match="Delete that folder"):
            use(["дом"])
    assert (tmp_path / MODEL_FILE).exists()
    assert embedder.dimension == garbled.dimension


def test_an_unprepared_folder_is_a_model_error(tmp_path: Path) -> None:
    """It is named."""
    with pytest.raises(ModelError, match=str(tmp_path)):
        E5Embedder(tmp_path, 1)
