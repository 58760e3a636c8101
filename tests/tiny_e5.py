"""Writes a tiny weights file of the real layout, so that tests can read it whole and in every broken form."""

from __future__ import annotations

import math
import struct

import numpy as np

from index.adapters.e5_weights import BLOCK, Sizes, tensor_shapes

SIZES = Sizes(hidden=32, layers=1, heads=1, inner=64, vocabulary=8, positions=16, types=2, epsilon=1e-12)
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "a", "б", "<mask>")
QUANTISED = ("word", ".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w", ".fo.w")


def tiny_file(seed: int = 0) -> bytes:
    """A valid file with random weights."""
    blob = "".join(PIECES).encode()
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 64, 8, 16, 2, SIZES.epsilon, BLOCK)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + bounds.tobytes()
    head += np.arange(len(PIECES), dtype="<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 9) + bytes(9)
    shapes = tensor_shapes(SIZES)
    start = len(head) + 4 + sum(len(name.encode()) + 23 for name in shapes)
    directory, body = struct.pack("<i", len(shapes)), b""
    generator = np.random.default_rng(seed)
    for name, shape in shapes.items():
        content = _tensor(generator, name, shape)
        entry = struct.pack("<BIQQ", name.endswith(QUANTISED), math.prod(shape), start + len(body), len(content))
        directory += struct.pack("<H", len(name)) + name.encode() + entry
        body += content
    return head + directory + body


def _tensor(generator: np.random.Generator, name: str, shape: tuple[int, ...]) -> bytes:
    if not name.endswith(QUANTISED):
        # Small biases, or they would drown what the tokens say.
        size = 0.1 if name.endswith(".b") else 1.0
        return generator.normal(scale=size, size=shape).astype("<f4").tobytes()
    blocks = math.prod(shape) // BLOCK
    scales = generator.uniform(0.01, 0.1, blocks).astype("<f2").view("u1").reshape(blocks, 2)
    return np.hstack([scales, generator.integers(0, 256, (blocks, BLOCK // 2), dtype=np.uint8)]).tobytes()
