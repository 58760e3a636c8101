"""Models through sentence-transformers: prefixes, errors, and agreement with the default on the same weights."""

from __future__ import annotations

import importlib
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.adapters.e5_weights import load_weights, locate_weights
from index.adapters.sentence_transformers import Prefixes, SentenceTransformersEmbedder, _usual_prefixes
from index.errors import ModelError
from tests.st_folder import write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from index.adapters.e5_onnx import E5Embedder

TEXTS = (
    "Суд отложил слушание по делу о закрытии рудника.",
    "Суд відклав слухання у справі про закриття рудника.",
    "The court adjourned the hearing over the closure of the mine.",
    "Дощ.",
)
E5 = Prefixes("query: ", "passage: ")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default's weights as a local model folder whose name tells its family."""
    place = tmp_path_factory.mktemp("models") / "multilingual-e5-small"
    return write_folder(load_weights(locate_weights()), place)


@pytest.fixture(scope="session")
def other(folder: Path) -> SentenceTransformersEmbedder:
    """The adapter over that folder."""
    return SentenceTransformersEmbedder(str(folder))


def test_the_missing_extra_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install, and how to be spared the large build of PyTorch."""
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"pip install 'citewire\[models\]'.*PyTorch"):
        SentenceTransformersEmbedder("intfloat/multilingual-e5-base")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("intfloat/multilingual-e5-large", E5),
        ("/srv/models/multilingual-e5-base", E5),
        ("BAAI/bge-m3", Prefixes("", "")),
        ("google/embeddinggemma-300m", Prefixes("task: search result | query: ", "title: none | text: ")),
    ],
)
def test_known_families_get_their_prefixes(name: str, known: Prefixes) -> None:
    """From their cards, where the model itself states no prompts."""
    assert _usual_prefixes(name, {"query": "", "document": ""}) == known


def test_instructed_models_get_an_instruction_for_questions_only() -> None:
    """The plain prefixes of the family would be wrong for them."""
    prefixes = _usual_prefixes("intfloat/multilingual-e5-large-instruct", {})
    assert prefixes.query.startswith("Instruct: ")
    assert prefixes.query.endswith("Query: ")
    assert prefixes.passage == ""


def test_own_prompts_come_first() -> None:
    """What the model states wins over what is known of its name."""
    assert _usual_prefixes("x/multilingual-e5-x", {"query": "Q:", "passage": "P:"}) == Prefixes("Q:", "P:")


def test_an_unknown_model_gets_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """No prefix, and a word on the settings that give one."""
    with caplog.at_level(logging.WARNING):
        assert _usual_prefixes("someone/something", {}) == Prefixes("", "")
    assert "query_prefix" in caplog.text


@pytest.mark.models
def test_agrees_with_the_default_embedder(other: SentenceTransformersEmbedder, embedder: E5Embedder) -> None:
    """Same weights, same prefixes, two engines: nearly the same vectors."""
    passages = (other.embed_passages(TEXTS) * embedder.embed_passages(TEXTS)).sum(axis=1)
    queries = (other.embed_queries(TEXTS) * embedder.embed_queries(TEXTS)).sum(axis=1)
    assert min(passages.min(), queries.min()) >= 0.998


@pytest.mark.models
def test_counts_like_the_default_embedder(other: SentenceTransformersEmbedder, embedder: E5Embedder) -> None:
    """Dimension, limit and tokens are the model's, whichever engine runs it."""
    assert (other.dimension, other.max_tokens) == (embedder.dimension, embedder.max_tokens)
    assert other.count_tokens(TEXTS) == embedder.count_tokens(TEXTS)


@pytest.mark.models
def test_survives_nasty_texts(other: SentenceTransformersEmbedder) -> None:
    """Empty, broken and huge texts give unit vectors, and no texts no rows."""
    vectors = other.embed_passages(["", "a\0b", "\ud800", "\ufdfa" * 300, "щ" * 500_000])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert other.embed_queries([]).shape == (0, other.dimension)


@pytest.mark.models
def test_threads_and_neighbours_do_not_matter(other: SentenceTransformersEmbedder) -> None:
    """A text's vector is the same alone, in a batch, and while other threads ask."""
    together = other.embed_queries(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        alone = np.concatenate(list(pool.map(lambda text: other.embed_queries([text]), TEXTS)))
    assert np.abs(together - alone).max() < 1e-5


@pytest.mark.models
def test_given_prefixes_win(folder: Path, other: SentenceTransformersEmbedder) -> None:
    """They change the vectors and the fingerprint, and an empty one counts as given."""
    bare = SentenceTransformersEmbedder(str(folder), query_prefix="", passage_prefix="query: ")
    assert bare.fingerprint != other.fingerprint
    assert np.abs(bare.embed_passages(TEXTS) - other.embed_queries(TEXTS)).max() < 1e-5
    assert np.abs(bare.embed_queries(TEXTS) - other.embed_queries(TEXTS)).max() > 1e-3


@pytest.mark.models
def test_fingerprint_follows_the_weights(folder: Path, other: SentenceTransformersEmbedder) -> None:
    """The same folder with one layer changed is another model."""
    safetensors = importlib.import_module("safetensors.numpy")  # only the extra `models` brings it
    path = folder / "model.safetensors"
    original = safetensors.load_file(path)
    name = "encoder.layer.5.output.dense.weight"
    safetensors.save_file(original | {name: original[name] * 1.01}, path, {"format": "pt"})
    try:
        assert SentenceTransformersEmbedder(str(folder)).fingerprint != other.fingerprint
    finally:
        safetensors.save_file(original, path, {"format": "pt"})


@pytest.mark.models
def test_an_absent_model_names_the_setting(tmp_path: Path) -> None:
    """A folder that is not there is neither guessed nor downloaded."""
    with pytest.raises(ModelError, match=r"nowhere.*\[embedder\] model"):
        SentenceTransformersEmbedder(str(tmp_path / "nowhere"))
