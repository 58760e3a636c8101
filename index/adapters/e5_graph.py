"""Writes multilingual-e5-small as an ONNX graph: token ids of one text in, its unit vector out.

One text at a time, so there is no padding and no mask, and a vector cannot depend on its neighbours. ONNX Runtime's
own operators are written directly where they exist, so that opening the model needs no graph optimisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from index.adapters.e5_weights import BLOCK

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import ModelProto

    from index.adapters.e5_weights import Q4Matrix, Weights

Mode = Literal["i8r", "u8r", "q4"]
"""How linear layers are computed, fastest first.

i8r: signed 8-bit weights, a scale per output; activations 8-bit, a scale per token.
u8r: the same with unsigned weights, for processors whose signed multiply saturates (x86 before VNNI).
q4: the file's own four-bit weights: nothing is lost, and it is the slowest.
"""

MODES: tuple[Mode, ...] = ("i8r", "u8r", "q4")
INPUT, OUTPUT = "input_ids", "vector"
_MICROSOFT = "com.microsoft"
_TINY = 1e-12
"""Keeps the scale of a row of zeros from being 0."""


def build_graph(weights: Weights, mode: Mode) -> ModelProto:
    """The whole model. Input ``input_ids``: int64 (1, tokens); output ``vector``: float32 (1, hidden)."""
    from onnx import TensorProto, helper

    graph = _Graph(weights, mode)
    _add_common(graph)
    mean = graph.add("ReduceMean", _layers(graph, _embed(graph)), "token_axis", keepdims=0)
    graph.add("LpNormalization", mean, output=OUTPUT, axis=-1, p=2)
    inputs = [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])]
    outputs = [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, weights.sizes.hidden])]
    body = helper.make_graph(graph.nodes, "multilingual-e5-small", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=10)


class _Graph:
    """Collects nodes and constants; every method that adds one returns the name of its output."""

    def __init__(self, weights: Weights, mode: Mode) -> None:
        self.weights = weights
        self.mode = mode
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """An array of any shape, in its own type, under ``name``."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def four_bit(self, name: str, codes: NDArray[np.uint8]) -> str:
        """Signed four-bit integers, code - 8, two a byte, the first in the low half."""
        from onnx import TensorProto, helper

        packed = _pairs(codes ^ np.uint8(8)).tobytes()
        self.constants.append(helper.make_tensor(name, TensorProto.INT4, codes.shape, packed, raw=True))
        return name

    def vector(self, name: str) -> str:
        """One of the weights' vectors, under the name it has there."""
        return self.constant(name, self.weights.vectors[name])

    def add(self, operator: str, *inputs: str, output: str = "", domain: str = "", **attributes: Any) -> str:
        """A node; its output is named after the operator and the node's number unless ``output`` names it."""
        from onnx import helper

        output = output or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def _add_common(graph: _Graph) -> None:
    """Constants that many nodes share, under the names that those nodes use."""
    graph.constant("first", np.array([0], np.int64))
    graph.constant("token_axis", np.array([1], np.int64))
    graph.add("Shape", INPUT, output="length", start=1, end=2)
    if graph.mode == "q4":
        return
    graph.constant("last_axis", np.array([-1], np.int64))
    graph.constant("flat", np.array([-1], np.int64))
    graph.constant("tiny", np.array(_TINY, np.float32))
    graph.constant("1", np.array(1, np.float32))
    graph.constant("127", np.array(127, np.float32))
    graph.constant("128", np.array(128, np.uint8))
    graph.add("Expand", "128", "length", output="128s")


def _pairs(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return codes[..., 0::2] | (codes[..., 1::2] << np.uint8(4))


def _embed(graph: _Graph) -> str:
    """Word, position and type vectors, summed and normalised. Shape (1, tokens, hidden)."""
    weights = graph.weights
    words = weights.matrices["emb.word"]
    table = graph.four_bit("emb.word", words.codes)
    scales = graph.constant("emb.word.scale", words.scales)
    looked_up = graph.add(
        "GatherBlockQuantized",
        *(table, INPUT, scales),
        domain=_MICROSOFT,
        block_size=BLOCK,
        quantize_axis=1,
        gather_axis=0,
    )
    # Positions count from 0, and there is but one type: both are one table, cut to the text's length.
    places = graph.constant("emb.pos", weights.vectors["emb.pos"] + weights.vectors["emb.type"][0])
    placed = graph.add("Add", looked_up, graph.add("Slice", places, "first", "length", "first"))
    return graph.add("LayerNormalization", placed, *_norm(graph, "emb.ln"), epsilon=weights.sizes.epsilon)


def _norm(graph: _Graph, name: str) -> tuple[str, str]:
    return graph.vector(f"{name}.w"), graph.vector(f"{name}.b")


def _layers(graph: _Graph, state: str) -> str:
    """The encoder's layers: attention, then two linear layers, each added to its input and normalised."""
    sizes = graph.weights.sizes
    norm = "emb.ln"
    for layer in range(sizes.layers):
        at = f"l{layer}."
        projected = _linear(graph, state, at + "q", at + "k", at + "v", after=norm)
        biases = np.concatenate([graph.weights.vectors[f"{at}{part}.b"] for part in "qkv"])
        bias = graph.constant(at + "qkv.b", biases)
        attended = graph.add("MultiHeadAttention", *projected, bias, domain=_MICROSOFT, num_heads=sizes.heads)
        state = _add_and_norm(graph, _linear(graph, attended, at + "ao")[0], state, at + "ao.b", at + "aln")
        (inner,) = _linear(graph, state, at + "fi", after=at + "aln")
        active = graph.add("Gelu", graph.add("Add", inner, graph.vector(at + "fi.b")))
        state = _add_and_norm(graph, _linear(graph, active, at + "fo")[0], state, at + "fo.b", at + "oln")
        norm = at + "oln"
    return state


def _add_and_norm(graph: _Graph, new: str, old: str, bias: str, norm: str) -> str:
    """Written out: ONNX Runtime 1.31 takes ten times as long for the operator that does all three, a third of a run."""
    summed = graph.add("Add", graph.add("Add", new, graph.vector(bias)), old)
    return graph.add("LayerNormalization", summed, *_norm(graph, norm), epsilon=graph.weights.sizes.epsilon)


def _linear(graph: _Graph, state: str, *names: str, after: str = "") -> list[str]:
    """``state`` times each of the matrices, without biases; ``after`` names the norm that it comes out of, if any."""
    matrices = {name: graph.weights.matrices[f"{name}.w"] for name in names}
    if graph.mode == "q4":
        return [_four_bit_product(graph, state, name, matrix) for name, matrix in matrices.items()]
    dense = {name: matrix.dense() for name, matrix in matrices.items()}
    if after:
        # Attention's values, named last, suffer most from rounding; queries and keys hardly.
        even = _evening(graph.weights, after, dense[names[-1]])
        dense = {name: matrix / even for name, matrix in dense.items()}
        state = graph.add("Mul", state, graph.constant(f"{names[0]}.even", even))
    rounded, scale = _quantise(graph, state)
    return [_eight_bit_product(graph, rounded, scale, name, matrix) for name, matrix in dense.items()]


def _evening(weights: Weights, norm: str, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Factors for the columns of a state, undone in the matrix, that keep large columns from coarsening the rest.

    SmoothQuant (Xiao et al., 2022, equation 4, alpha 0.5), with a column's range taken from its norm, not from data:
    three standard deviations. Measured: the least cosine to float32 rises from .9988 to .9994.
    """
    reach = 3 * np.abs(weights.vectors[f"{norm}.w"]) + np.abs(weights.vectors[f"{norm}.b"])
    largest = np.abs(matrix).max(axis=0)
    return np.asarray(np.sqrt(np.maximum(largest, _TINY) / np.maximum(reach, _TINY)), np.float32)


def _four_bit_product(graph: _Graph, state: str, name: str, matrix: Q4Matrix) -> str:
    rows, columns = matrix.codes.shape
    blocks = _pairs(matrix.codes).reshape(rows, columns // BLOCK, BLOCK // 2)
    inputs = (state, graph.constant(f"{name}.w", blocks), graph.constant(f"{name}.scale", matrix.scales.reshape(-1)))
    sizes = {"K": columns, "N": rows, "bits": 4, "block_size": BLOCK}
    return graph.add("MatMulNBits", *inputs, domain=_MICROSOFT, accuracy_level=4, **sizes)


def _quantise(graph: _Graph, state: str) -> tuple[str, str]:
    """uint8 around 128, with a scale for each token: one scale for the whole text would cost accuracy."""
    largest = graph.add("ReduceMax", graph.add("Abs", state), "last_axis")
    scale = graph.add("Div", graph.add("Max", largest, "tiny"), "127")
    scales = graph.add("Reshape", scale, "flat")
    return graph.add("QuantizeLinear", state, scales, "128s", axis=1), scale


def _eight_bit_product(graph: _Graph, rounded: str, scale: str, name: str, dense: NDArray[np.float32]) -> str:
    scales = np.maximum(np.abs(dense).max(axis=1), _TINY) / 127
    eight_bit = np.rint(dense / scales[:, None]).T.astype(np.int8)
    zero = "128" if graph.mode == "u8r" else ""
    if zero:
        eight_bit = (eight_bit.astype(np.int16) + 128).astype(np.uint8)
    table = graph.constant(f"{name}.w", eight_bit)
    factors = graph.constant(f"{name}.scale", scales)
    product = graph.add("MatMulIntegerToFloat", rounded, table, "1", factors, "128", zero, domain=_MICROSOFT)
    return graph.add("Mul", product, scale)
