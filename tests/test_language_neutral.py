"""The correction for the question's language: what it brings, and that it is measured once and kept unharmed."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.adapters.language_neutral import CALIBRATION, REMOVED, NeutralEmbedder, Projection, measure
from index.compose import open_embedder
from index.config import Config, EmbedderSettings
from index.language import detect
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.adapters.e5_onnx import E5Embedder
    from index.ports import Embedder, Vectors

TEXTS = ["", "Міст відкрили.", "The bridge reopened.", "Мост открыли."]


class CountingEmbedder(WordEmbedder):
    """Counts how many texts it was asked for, questions and passages alike."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Passages come through here, too, and are then counted twice."""
        self.embedded += len(texts)
        return super().embed_queries(texts)


@pytest.fixture(scope="module")
def neutral(embedder: E5Embedder, tmp_path_factory: pytest.TempPathFactory) -> NeutralEmbedder:
    """The default model, corrected as a new machine does it: with nothing kept."""
    return NeutralEmbedder(embedder, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def projection() -> Projection:
    """The correction for the model that counts words."""
    return measure(WordEmbedder(), CALIBRATION.read_text("utf-8"))


def _nearest(embedder: Embedder, question: str, passages: list[str]) -> str:
    return passages[int((embedder.embed_passages(passages) @ embedder.embed_queries([question])[0]).argmax())]


@pytest.mark.parametrize(
    ("question", "answer", "unrelated"),
    [
        (
            "Хто став директором зоопарку?",
            "Vet Marta Quill has been put in charge of the zoo.",
            "У зоопарку відкрили вольєр для вовків, вхід для дітей безкоштовний.",
        ),
        (
            "Чому закрили басейн?",
            "The swimming pool was shut after a crack appeared in its roof.",
            "Басейн працює щодня з шостої ранку, квиток коштує сто гривень.",
        ),
    ],
)
def test_the_answer_beats_the_askers_language(
    embedder: E5Embedder, neutral: NeutralEmbedder, question: str, answer: str, unrelated: str
) -> None:
    """The answer, in another language, overtakes a text in the question's language that does not answer."""
    bare, corrected = (_nearest(each, question, [answer, unrelated]) for each in (embedder, neutral))
    assert (bare, corrected) == (unrelated, answer)


def test_rows_are_of_unit_length_and_alone(neutral: NeutralEmbedder) -> None:
    """Whatever the text, its vector has length 1 and does not depend, to the bit, on the texts beside it."""
    together = neutral.embed_passages(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(together, np.concatenate([neutral.embed_passages([text]) for text in TEXTS]))
    assert neutral.embed_queries([]).shape == (0, neutral.dimension)


def test_calibration_says_the_same_in_each_language() -> None:
    """Every text is there in three languages, in the language it is listed under, about as long in each."""
    tables = tomllib.loads(CALIBRATION.read_text("utf-8"))
    assert [len(tables[name]) for name in ("passages", "questions")] == [24, 24]
    for each in tables["passages"]:
        assert [detect(each[name]) for name in ("ru", "uk", "en")] == ["ru", "uk", "en"]
        lengths = [len(text) for text in each.values()]
        assert max(lengths) < 1.3 * min(lengths)


def test_calibration_texts_decide_the_fingerprint(tmp_path: Path) -> None:
    """Another word in the calibration texts, and vectors made before no longer fit; the model's own name stays."""
    edited = tmp_path / "edited.toml"
    edited.write_text(CALIBRATION.read_text("utf-8") + "\n# edited\n", "utf-8")
    names = [NeutralEmbedder(WordEmbedder(), tmp_path, file).fingerprint for file in (CALIBRATION, edited)]
    assert names[0] != names[1]
    assert all(name.startswith("words-256/neutral-") for name in names)


def test_measured_once(tmp_path: Path) -> None:
    """A second opening reads the file: the model embeds only what it is asked for, and to the same vectors."""
    first = NeutralEmbedder(WordEmbedder(), tmp_path / "cache").embed_queries(TEXTS)
    model = CountingEmbedder()
    np.testing.assert_array_equal(NeutralEmbedder(model, tmp_path / "cache").embed_queries(TEXTS), first)
    assert model.embedded == len(TEXTS)


def test_models_do_not_share_a_correction(tmp_path: Path) -> None:
    """In the same folder another model is measured anew."""
    NeutralEmbedder(WordEmbedder(), tmp_path).embed_queries(TEXTS)
    model = CountingEmbedder()
    model.fingerprint = "words-256-other"
    NeutralEmbedder(model, tmp_path).embed_queries(TEXTS)
    assert model.embedded > len(TEXTS)


@pytest.mark.parametrize(("kept", "added"), [(0, b""), (-8, b""), (-1, b"\x01")])
def test_damage_is_mended(tmp_path: Path, kept: int, added: bytes) -> None:
    """An empty, a cut off or an altered file is measured anew and replaced by what it was."""
    first = NeutralEmbedder(WordEmbedder(), tmp_path).embed_queries(TEXTS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:kept] + added)
    np.testing.assert_array_equal(NeutralEmbedder(WordEmbedder(), tmp_path).embed_queries(TEXTS), first)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [whole]


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The correction is measured in memory, once a process, and the log says why."""
    blocked, model = tmp_path / "file", CountingEmbedder()
    blocked.write_text("not a folder", "utf-8")
    embedder = NeutralEmbedder(model, blocked)
    expected = NeutralEmbedder(WordEmbedder(), tmp_path / "cache").embed_queries(TEXTS)
    np.testing.assert_array_equal(embedder.embed_queries(TEXTS), expected)
    measured = model.embedded
    embedder.embed_queries(TEXTS)
    assert model.embedded == measured + len(TEXTS)
    assert "cannot be kept" in caplog.text


def test_threads_measure_once(tmp_path: Path) -> None:
    """Four threads that start together make one measurement and get the vectors that one would."""
    alone, shared = CountingEmbedder(), CountingEmbedder()
    expected = NeutralEmbedder(alone, tmp_path / "a").embed_queries(TEXTS)
    embedder = NeutralEmbedder(shared, tmp_path / "b")
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: embedder.embed_queries(TEXTS), range(4)):
            np.testing.assert_array_equal(vectors, expected)
    assert shared.embedded == alone.embedded + 3 * len(TEXTS)


def test_the_rest_is_the_models_own(tmp_path: Path) -> None:
    """Tokens, limit and dimension are asked of the model, which leaves it unmeasured."""
    model, folder = WordEmbedder(), tmp_path / "cache"
    embedder = NeutralEmbedder(model, folder)
    assert embedder.count_tokens(["a b", ""]) == [2, 0]
    assert (embedder.max_tokens, embedder.dimension) == (model.max_tokens, model.dimension)
    assert not folder.exists()


@given(arrays(np.float32, (3, 256), elements=st.floats(-1e6, 1e6, width=32)), st.sampled_from([0.0, 1e-30, 1.0]))
def test_no_vector_becomes_nan(projection: Projection, vectors: Vectors, scale: float) -> None:
    """Zero, tiny, huge or lying wholly in what is removed: a row of length 1 comes out."""
    degenerate = np.vstack([projection.centre, projection.centre + projection.removed]).astype(np.float32)
    corrected = projection.apply(np.concatenate([vectors * np.float32(scale), degenerate]))
    np.testing.assert_allclose(np.linalg.norm(corrected, axis=1), 1, atol=1e-5)


def test_nothing_removed_is_left(projection: Projection) -> None:
    """A corrected vector is at right angles to every removed direction, and these to one another."""
    np.testing.assert_allclose(projection.removed @ projection.removed.T, np.eye(REMOVED), atol=1e-9)
    corrected = projection.apply(WordEmbedder().embed_passages(TEXTS))
    np.testing.assert_allclose(corrected @ projection.removed.T, 0, atol=1e-6)


def test_centre_and_directions_of_a_known_case() -> None:
    """By hand: moved to the centre, freed of the first axis, brought to length 1."""
    projection = Projection(np.array([0.0, 0.0, 1.0]), np.array([[1.0, 0.0, 0.0]]))
    corrected = projection.apply(np.array([[0.6, 3.0, 5.0], [7.0, 0.0, 1.0]], np.float32))
    np.testing.assert_allclose(corrected, [[0.0, 0.6, 0.8], [1.0, 0.0, 0.0]], atol=1e-6)


def test_settings_choose_the_correction(model_cache: Path) -> None:
    """The default model is corrected unless the settings say otherwise."""
    settings = EmbedderSettings(cache=model_cache)
    names = [
        open_embedder(Config(embedder=settings.model_copy(update={"neutral": choice}))).fingerprint
        for choice in (None, True, False)
    ]
    assert names[0] == names[1] == f"{names[2]}/{names[0].split('/')[-1]}"
