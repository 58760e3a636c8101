"""Baseline: the embedding that Chroma uses where it is given none, all-MiniLM-L6-v2, if its files are on this disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

from index.adapters.baseline_text import whole_text
from index.adapters.onnx_runtime import onnx_runtime
from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article, Language

_FILES = (
    "config.json",
    "model.onnx",
    "special_tokens_map.json",
    "tokenizer_config.json",
    "tokenizer.json",
    "vocab.txt",
)
"""What Chroma looks for before it downloads the model."""
_MOST = 50
_BATCH = 256


def model_folder() -> Path:
    """Where Chroma keeps its default model."""
    return Path(ONNXMiniLM_L6_V2.DOWNLOAD_PATH)


def model_is_there(folder: Path) -> bool:
    """Whether Chroma would find its model in this folder without a download."""
    return all((folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME / name).is_file() for name in _FILES)


class ChromaDefault:
    """The Baseline port: whole articles under Chroma's default embedding, which reads the first 256 tokens of each.

    Compared exactly, by cosine, where Chroma's own index would be approximate.
    """

    def __init__(self, articles: Sequence[Article], folder: Path) -> None:
        """Embed the articles with the model in ``folder``, which must be there. Raises ModelError."""
        onnx_runtime()  # Chroma would load it as it comes
        self._embed = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        self._embed.DOWNLOAD_PATH = folder
        self._ids = [article.id for article in articles]
        self._languages = np.array([article.language for article in articles])
        texts = [whole_text(article) for article in articles]
        try:
            parts = [self._embed(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        except Exception as error:  # whatever the tokenizer and the runtime raise for broken files
            raise ModelError(f"{folder}: Chroma's model cannot be run: {error}; delete it to leave it out") from error
        self._vectors = np.array([vector for part in parts for vector in part], np.float32)

    def search(self, question: str, languages: Sequence[Language]) -> list[str]:
        """The 50 nearest articles, best first."""
        places = np.flatnonzero(np.isin(self._languages, languages)) if languages else np.arange(len(self._ids))
        similarities = self._vectors[places] @ np.asarray(self._embed([question])[0])
        return [self._ids[place] for place in places[np.argsort(-similarities, kind="stable")[:_MOST]]]
