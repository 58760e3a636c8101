"""The encoder computed directly in float32 from the weights file: what every other way of running it must match."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.adapters.e5_weights import Weights

    Floats = NDArray[np.float32]

_erf = np.vectorize(math.erf, otypes=[np.float32])


def reference_vector(weights: Weights, ids: Sequence[int]) -> Floats:
    """The unit vector of one text's tokens."""
    words = weights.matrices["emb.word"]
    table = type(words)(words.codes[list(ids)], words.scales[list(ids)]).dense()
    state = table + weights.vectors["emb.pos"][: len(ids)] + weights.vectors["emb.type"][0]
    state = _norm(weights, "emb.ln", state)
    for layer in range(weights.sizes.layers):
        at = f"l{layer}."
        state = _norm(weights, at + "aln", state + _linear(weights, at + "ao", _attend(weights, at, state)))
        inner = _linear(weights, at + "fi", state)
        active = inner * (1 + _erf(inner / math.sqrt(2))) / 2
        state = _norm(weights, at + "oln", state + _linear(weights, at + "fo", active))
    mean = state.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _linear(weights: Weights, name: str, state: Floats) -> Floats:
    return np.asarray(state @ weights.matrices[name + ".w"].dense().T + weights.vectors[name + ".b"])


def _norm(weights: Weights, name: str, state: Floats) -> Floats:
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + weights.sizes.epsilon)
    return np.asarray(centred / spread * weights.vectors[name + ".w"] + weights.vectors[name + ".b"])


def _attend(weights: Weights, at: str, state: Floats) -> Floats:
    heads = weights.sizes.heads
    query, key, value = (
        _linear(weights, at + part, state).reshape(len(state), heads, -1).transpose(1, 0, 2) for part in "qkv"
    )
    scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return np.asarray((shares @ value).transpose(1, 0, 2).reshape(state.shape))
