"""The ONNX graph computes what the weights say, in every mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest

from index.adapters.e5_graph import INPUT, MODES, OUTPUT, build_graph
from index.adapters.e5_weights import Q4Matrix, parse_weights
from index.adapters.onnx_runtime import onnx_runtime
from tests.e5_reference import reference_vector
from tests.tiny_e5 import SIZES, tiny_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.adapters.e5_graph import Mode
    from index.adapters.e5_weights import Weights

WEIGHTS = parse_weights(tiny_file())


def run(weights: Weights, mode: Mode, ids: list[int]) -> NDArray[np.float32]:
    """The vector of these tokens."""
    graph = build_graph(weights, mode).SerializeToString()
    session = onnx_runtime().InferenceSession(graph, providers=["CPUExecutionProvider"])
    (vectors,) = session.run([OUTPUT], {INPUT: np.array([ids], np.int64)})
    return np.asarray(vectors)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ids", [[0, 2], [0, 4, 5, 6, 2], [0, *[5, 6, 4, 3] * 3, 2]])
def test_matches_the_direct_computation(mode: Mode, ids: list[int]) -> None:
    """Each mode is within rounding of float32 on the same weights."""
    (vector,) = run(WEIGHTS, mode, ids)
    cosine = float(vector @ reference_vector(WEIGHTS, ids))
    assert cosine > 0.999


@pytest.mark.parametrize("mode", MODES)
def test_vectors_have_unit_length(mode: Mode) -> None:
    """Shape (1, hidden), length 1."""
    vectors = run(WEIGHTS, mode, [0, 5, 2])
    assert vectors.shape == (1, SIZES.hidden)
    assert np.linalg.norm(vectors) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("mode", MODES)
def test_order_of_tokens_matters(mode: Mode) -> None:
    """Positions are part of the sum: the same tokens in another order give another vector."""
    (forward,), (backward,) = run(WEIGHTS, mode, [0, 4, 5, 6, 2]), run(WEIGHTS, mode, [0, 6, 5, 4, 2])
    assert forward @ backward < 0.99


@pytest.mark.parametrize("mode", MODES)
def test_a_matrix_of_zeros_gives_no_nan(mode: Mode) -> None:
    """Scales of rows and of tokens stay above 0."""
    zeros = {
        name: matrix if name == "emb.word" else Q4Matrix(np.full_like(matrix.codes, 8), matrix.scales)
        for name, matrix in WEIGHTS.matrices.items()
    }
    flat = type(WEIGHTS)(WEIGHTS.sizes, WEIGHTS.pieces, WEIGHTS.vectors, zeros)
    assert np.isfinite(run(flat, mode, [0, 5, 2])).all()


@pytest.mark.parametrize("mode", MODES)
def test_is_a_well_formed_model(mode: Mode) -> None:
    """The checker of the format finds nothing wrong, and each tensor is stored once."""
    model = build_graph(WEIGHTS, mode)
    onnx.checker.check_model(model)
    names = [tensor.name for tensor in model.graph.initializer]
    assert len(names) == len(set(names))
