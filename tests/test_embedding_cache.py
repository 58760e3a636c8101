"""Remembered vectors: the same as the model's, made once, kept apart by model and role."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.adapters.embedding_cache import CachedEmbedder
from index.errors import StoreError
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["Міст відкрили.", "The bridge reopened.", "Мост открыли.", "The bridge reopened."]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file in a folder that is not there yet."""
    return tmp_path / "cache" / "vectors.sqlite3"


def test_vectors_are_the_models_own(file: Path) -> None:
    """New or remembered, a vector is bit for bit what the model gives, in the order asked for."""
    cached, plain = CachedEmbedder(WordEmbedder(), file), WordEmbedder().embed_passages(TEXTS)
    for _ in range(2):
        np.testing.assert_array_equal(cached.embed_passages(TEXTS), plain)
    assert cached.embed_passages(TEXTS[:1]).dtype == np.float32


def test_a_text_is_embedded_once(file: Path) -> None:
    """Neither the second of two equal texts nor a later run asks the model; one new text does."""
    model = WordEmbedder()
    CachedEmbedder(model, file).embed_passages(TEXTS)
    assert model.embedded == 3
    later = CachedEmbedder(model, file)
    later.embed_passages(["Сова прилетіла.", *TEXTS])
    assert model.embedded == 4


def test_models_and_roles_are_kept_apart(file: Path) -> None:
    """Another fingerprint means another vector, and a question is not a passage."""
    model, other = WordEmbedder(), WordEmbedder()
    other.fingerprint = "words-256-other"
    CachedEmbedder(model, file).embed_queries(TEXTS)
    CachedEmbedder(model, file).embed_passages(TEXTS)
    CachedEmbedder(other, file).embed_passages(TEXTS)
    assert (model.embedded, other.embedded) == (3, 3)


def test_it_passes_for_the_model(file: Path) -> None:
    """An index made with the one opens with the other; tokens are counted by the model; no texts give no vectors."""
    model = WordEmbedder()
    cached = CachedEmbedder(model, file)
    assert (cached.fingerprint, cached.dimension, cached.max_tokens) == ("words-256", 256, 400)
    assert cached.count_tokens(["one two"]) == [2]
    assert cached.embed_queries([]).shape == (0, 256)


def test_more_texts_than_a_statement_holds(file: Path) -> None:
    """SQLite's limit on bound parameters is kept."""
    texts = [f"text {number}" for number in range(2000)]
    cached = CachedEmbedder(WordEmbedder(), file)
    np.testing.assert_array_equal(cached.embed_passages(texts), cached.embed_passages(texts))


def test_threads_share_it(file: Path) -> None:
    """Eight threads that want overlapping texts all get the right vectors."""
    cached = CachedEmbedder(WordEmbedder(), file)
    parts = [[f"text {number}" for number in range(start, start + 40)] for start in range(0, 160, 20)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(cached.embed_passages, parts))
    for part, vectors in zip(parts, found, strict=True):
        np.testing.assert_array_equal(vectors, WordEmbedder().embed_passages(part))


def test_a_damaged_file_is_named_with_the_remedy(file: Path) -> None:
    """What is no database says which file to delete."""
    file.parent.mkdir()
    file.write_bytes(b"no database at all, but long enough to be read as one" * 20)
    with pytest.raises(StoreError, match=r"vectors\.sqlite3: .*delete the file"):
        CachedEmbedder(WordEmbedder(), file)


def test_a_folder_that_cannot_be_made_is_an_error_of_ours(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        CachedEmbedder(WordEmbedder(), tmp_path / "taken" / "vectors.sqlite3")
