"""Writes weights in the default model's format as model folders of sentence-transformers.

An embedding model, and a cross-encoder: the same encoder with a random head that rates pairs.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

if TYPE_CHECKING:
    from pathlib import Path

    from index.adapters.e5_weights import Weights

LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def write_folder(weights: Weights, folder: Path) -> Path:
    """Weights, configuration, tokenizer, and the modules: transformer, mean over tokens, unit length."""
    return _write(weights, _tensors(weights), _configurations(weights), folder)


def write_cross_encoder(weights: Weights, folder: Path, labels: int = 1) -> Path:
    """The encoder with a random head that gives a pair so many scores."""
    generator = np.random.default_rng(0)
    hidden = weights.sizes.hidden
    head = {
        # A pooler of zeros would make all pairs equal.
        "bert.pooler.dense.weight": generator.normal(size=(hidden, hidden)).astype(np.float32),
        "classifier.weight": generator.normal(size=(labels, hidden)).astype(np.float32),
        "classifier.bias": np.zeros(labels, np.float32),
    }
    config = _configurations(weights)["config.json"] | {
        "architectures": ["BertForSequenceClassification"],
        "id2label": {str(label): f"LABEL_{label}" for label in range(labels)},
    }
    configurations = {
        "config.json": config,
        "tokenizer_config.json": _configurations(weights)["tokenizer_config.json"],
    }
    tensors = {f"bert.{name}": tensor for name, tensor in _tensors(weights).items()} | head
    return _write(weights, tensors, configurations, folder)


def _write(weights: Weights, tensors: dict[str, np.ndarray], configurations: dict[str, Any], folder: Path) -> Path:
    safetensors = importlib.import_module("safetensors.numpy")  # only the extra `models` brings it
    folder.mkdir(parents=True)
    safetensors.save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    _tokenizer(weights).save(str(folder / "tokenizer.json"))
    for name, content in configurations.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")
    return folder


def _tensors(weights: Weights) -> dict[str, np.ndarray]:
    every = weights.vectors | {name: matrix.dense() for name, matrix in weights.matrices.items()}
    hidden = weights.sizes.hidden
    named = {_bert_name(name): tensor for name, tensor in every.items()}
    pooler = {"pooler.dense.weight": np.zeros((hidden, hidden)), "pooler.dense.bias": np.zeros(hidden)}
    return {name: np.ascontiguousarray(tensor, np.float32) for name, tensor in (named | pooler).items()}


def _bert_name(name: str) -> str:
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{LINEAR[part]}.{'weight' if kind == 'w' else 'bias'}"


def _tokenizer(weights: Weights) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(list(weights.pieces), unk_id=3))
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    tokenizer.add_special_tokens([AddedToken(name, normalized=False, special=True) for name in names])
    return tokenizer


def _configurations(weights: Weights) -> dict[str, Any]:
    sizes = asdict(weights.sizes)
    types = ("sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling")
    normalize = "sentence_transformers.models.Normalize"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": sizes["hidden"],
            "intermediate_size": sizes["inner"],
            "layer_norm_eps": sizes["epsilon"],
            "max_position_embeddings": sizes["positions"],
            "num_attention_heads": sizes["heads"],
            "num_hidden_layers": sizes["layers"],
            "pad_token_id": 1,
            "type_vocab_size": sizes["types"],
            "vocab_size": sizes["vocabulary"],
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes["positions"],
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": types[0]},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": types[1]},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": normalize},
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes["positions"], "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": sizes["hidden"], "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
    }
