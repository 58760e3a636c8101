"""Writes Chroma's default model as it lies on a disk, with a model of a few words in place of MiniLM."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_minilm(folder: Path, words: Sequence[str]) -> Path:
    """The folder, made: of a text the model sees these words only, each a direction of its own."""
    known = ("[PAD]", "[UNK]", *words)
    inside = folder / "onnx"
    inside.mkdir(parents=True)
    pieces = Tokenizer(models.WordLevel({word: place for place, word in enumerate(known)}, unk_token="[UNK]"))  # noqa: S106 - a piece of the tokenizer
    pieces.pre_tokenizer = pre_tokenizers.Whitespace()
    pieces.save(str(inside / "tokenizer.json"))
    rows = np.eye(len(known), dtype=np.float32) * (np.arange(len(known)) >= len(known) - len(words))
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in names]
    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "length", len(known)])
    gather = helper.make_node("Gather", ["rows", "input_ids"], ["hidden"])
    graph = helper.make_graph([gather], "words", inputs, [output], [numpy_helper.from_array(rows, "rows")])
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), inside / "model.onnx")
    for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
        (inside / name).write_text("{}", "utf-8")
    return folder
