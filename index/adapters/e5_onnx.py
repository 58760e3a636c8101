"""multilingual-e5-small on ONNX Runtime: the default embedder."""

from __future__ import annotations

import functools
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.adapters.e5_tokenizer import END, START, UnigramTokenizer
from index.adapters.onnx_runtime import onnx_runtime
from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.ports import Vectors

MODEL_FILE, WEIGHTS_FILE, PIECES_FILE, SCORES_FILE = "model.onnx", "weights.bin", "pieces.txt", "scores.bin"
MANIFEST_FILE = "manifest.json"
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "
"""What the model was trained with (Wang et al., "Multilingual E5 Text Embeddings", 2024); without them it is worse."""
LAYOUT = 4
"""Raised when the files or the graph change, so that folders prepared earlier are prepared anew."""
_VECTORS = 3
"""Raised when the vectors change by more than rounding, so that indexes made earlier are told from new ones."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a prepared folder holds. ``sizes``: bytes of each file, by which a damaged folder is told."""

    layout: int
    sha256: str
    mode: str
    dimension: int
    positions: int
    sizes: dict[str, int]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it as the folder's last file."""
    (folder / MANIFEST_FILE).write_text(json.dumps(asdict(manifest)), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest, or None where the folder is missing, incomplete, damaged or of another layout."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8")))
        whole = all((folder / name).stat().st_size == size for name, size in manifest.sizes.items())
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return manifest if whole and manifest.layout == LAYOUT else None


class E5Embedder:
    """Embeds with a model prepared by ``e5_prepare``. Thread-safe; opening is deferred to the first text.

    Every text runs alone on one thread, so its vector depends on nothing else; texts run side by side, which is 1.3
    times as fast as giving each of them all threads. One session serves questions, too: a second one for them would
    save 5 ms a question and cost a cold start 300 ms.
    """

    def __init__(self, model_dir: Path, threads: int) -> None:
        manifest = read_manifest(model_dir)
        if manifest is None:
            raise ModelError(f"The prepared model in {model_dir} is damaged. Delete that folder; it is made anew.")
        self._folder = model_dir
        self._manifest = manifest
        self._threads = max(1, threads)
        self._opening = threading.Lock()
        self._loaded_session: Any = None
        self._loaded_tokenizer: UnigramTokenizer | None = None

    @property
    def fingerprint(self) -> str:
        """Model, weights, precision, version of the vectors, prefixes."""
        made = self._manifest
        return f"e5-small/{made.sha256[:8]}/{made.mode}/v{_VECTORS}/{QUERY_PREFIX.strip()}/{PASSAGE_PREFIX.strip()}"

    @property
    def dimension(self) -> int:
        """Length of a vector: 384."""
        return self._manifest.dimension

    @property
    def max_tokens(self) -> int:
        """Tokens of a passage that the model reads: 512 less the prefix and the two special tokens."""
        return self._manifest.positions - 2 - len(self._tokenizer.ids(PASSAGE_PREFIX))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens in each text, prefix and special tokens not counted."""
        return [len(self._tokenizer.ids(text)) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (texts, 384)."""
        return self._embed_all(QUERY_PREFIX, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, 384); what exceeds ``max_tokens`` is not read."""
        return self._embed_all(PASSAGE_PREFIX, texts)

    def _embed_all(self, prefix: str, texts: Sequence[str]) -> Vectors:
        embed = functools.partial(self._embed, prefix)
        with ThreadPoolExecutor(self._threads) as workers:
            return np.concatenate([np.empty((0, self.dimension), np.float32), *workers.map(embed, texts)])

    def _embed(self, prefix: str, text: str) -> Vectors:
        tokens = self._tokenizer.ids(f"{prefix}{text}", self._manifest.positions - 2)
        (vectors,) = self._session.run(None, {"input_ids": np.array([[START, *tokens, END]], np.int64)})
        return np.asarray(vectors, np.float32)

    @property
    def _tokenizer(self) -> UnigramTokenizer:
        with self._opening:
            if self._loaded_tokenizer is None:
                self._loaded_tokenizer = load_tokenizer(self._folder)
            return self._loaded_tokenizer

    @property
    def _session(self) -> Any:
        with self._opening:
            if self._loaded_session is None:
                self._loaded_session = _open_session(self._folder)
            return self._loaded_session


def load_tokenizer(folder: Path) -> UnigramTokenizer:
    """The tokenizer from a prepared folder. Raises ModelError."""
    try:
        pieces = (folder / PIECES_FILE).read_bytes().decode().split("\n")
        scores = np.fromfile(folder / SCORES_FILE, "<f4").tolist()
        return UnigramTokenizer(pieces, scores)
    except (OSError, ValueError) as error:
        raise _damaged(folder, error) from error


def _open_session(folder: Path) -> Any:
    ort = onnx_runtime()
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written optimised; and texts of ever new lengths would fill the memory with plans for each.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_mem_pattern = False
    options.log_severity_level = 4
    try:
        return ort.InferenceSession(str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its exceptions share no root but this one
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> ModelError:
    return ModelError(
        f"The prepared model in {folder} cannot be opened. Delete that folder; it is made anew. ({error})"
    )
