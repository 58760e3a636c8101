"""Cross-encoders through sentence-transformers: ratings, errors, and the setting that turns them on."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.adapters.cross_encoder import CrossEncoderReranker
from index.adapters.e5_weights import parse_weights
from index.compose import open_reranker
from index.config import Config, RerankSettings
from index.errors import ModelError
from tests.st_folder import write_cross_encoder, write_folder
from tests.tiny_e5 import tiny_file

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ("a", "б", "б б б", "a б a б")


@pytest.fixture(scope="session")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder with random weights, as a local folder."""
    return write_cross_encoder(parse_weights(tiny_file()), tmp_path_factory.mktemp("models") / "cross")


@pytest.fixture(scope="session")
def reranker(cross_encoder: Path) -> CrossEncoderReranker:
    """The adapter over that folder."""
    return CrossEncoderReranker(str(cross_encoder))


def test_no_setting_no_reranker() -> None:
    """Reranking is off by default and loads nothing."""
    assert open_reranker(Config()) is None


def test_the_missing_extra_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the setting and what to install."""
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r"\[rerank\] model.*pip install 'citewire\[models\]'"):
        open_reranker(Config(rerank=RerankSettings(model="someone/something")))


@pytest.mark.models
def test_the_setting_opens_the_model(cross_encoder: Path, reranker: CrossEncoderReranker) -> None:
    """What the settings name is what rates."""
    opened = open_reranker(Config(rerank=RerankSettings(model=str(cross_encoder))))
    assert opened is not None
    assert opened.scores("a", TEXTS) == reranker.scores("a", TEXTS)


@pytest.mark.models
def test_rates_pairs(reranker: CrossEncoderReranker) -> None:
    """One rating a text, which depends on the text and on the question, and none without texts."""
    first, second = reranker.scores("a", TEXTS), reranker.scores("б", TEXTS)
    assert len(first) == len(set(first)) == len(TEXTS)
    assert np.abs(np.subtract(first, second)).min() > 1e-3
    assert reranker.scores("a", []) == []


@pytest.mark.models
def test_ratings_are_raw(reranker: CrossEncoderReranker) -> None:
    """They are not squeezed into 0 to 1, where good texts would become equal."""
    assert min(reranker.scores("a", TEXTS)) < 0 or max(reranker.scores("a", TEXTS)) > 1


@pytest.mark.models
def test_threads_and_neighbours_do_not_matter(reranker: CrossEncoderReranker) -> None:
    """A text's rating is the same alone, beside others, and while other threads ask."""
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda text: reranker.scores("a", [text])[0], TEXTS))
    assert np.allclose(alone, reranker.scores("a", TEXTS), atol=1e-5)


@pytest.mark.models
def test_survives_nasty_texts(reranker: CrossEncoderReranker) -> None:
    """Empty, broken and overlong texts are rated."""
    ratings = reranker.scores("\ud800 a" * 90, ["", "a\0б", "\ud800", "б " * 5000])
    assert np.isfinite(ratings).all()


@pytest.mark.models
def test_an_embedding_model_is_refused(tmp_path: Path) -> None:
    """The library would give it a head with random weights."""
    folder = write_folder(parse_weights(tiny_file()), tmp_path / "embedder")
    with pytest.raises(ModelError, match=r"embedder \(setting \[rerank\] model\) embeds texts"):
        CrossEncoderReranker(str(folder))


@pytest.mark.models
def test_a_classifier_is_refused(tmp_path: Path) -> None:
    """Three classes are no rating."""
    folder = write_cross_encoder(parse_weights(tiny_file()), tmp_path / "classifier", labels=3)
    with pytest.raises(ModelError, match=r"\[rerank\] model\) sorts pairs into 3 classes"):
        CrossEncoderReranker(str(folder))


@pytest.mark.models
def test_a_model_that_fails_is_named(tmp_path: Path) -> None:
    """A tokenizer with more pieces than the weights know loads well and fails at the first of them."""
    weights = parse_weights(tiny_file())
    pieces = (*weights.pieces, ("ж", 0.0))
    folder = write_cross_encoder(replace(weights, pieces=pieces), tmp_path / "damaged")
    with pytest.raises(ModelError, match=r"damaged \(setting \[rerank\] model\) failed"):
        CrossEncoderReranker(str(folder)).scores("a", ["ж"])


@pytest.mark.models
def test_an_absent_model_names_the_setting(tmp_path: Path) -> None:
    """A folder that is not there is neither guessed nor downloaded."""
    with pytest.raises(ModelError, match=r"nowhere \(setting \[rerank\] model\) cannot be loaded"):
        CrossEncoderReranker(str(tmp_path / "nowhere"))
