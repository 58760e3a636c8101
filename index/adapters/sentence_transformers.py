"""Any model of the sentence-transformers library, by hub name or local folder: the extra ``models``."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.ports import Vectors

_LOG = logging.getLogger(__name__)
_INSTRUCTION = "Instruct: Given a question, retrieve passages of news articles that answer it\nQuery:"
_CHARACTERS_A_TOKEN = 16
"""No text has so many on average: what lies beyond the last token read by this measure is cut off unread."""
_SAMPLES = 256
_USUAL_LIMIT = 512


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What stands before a question and before a passage when a model embeds it."""

    query: str
    passage: str


KNOWN_PREFIXES = (
    ("multilingual-e5-.*-instruct", Prefixes(_INSTRUCTION + " ", "")),
    ("(^|[_-])e5-", Prefixes("query: ", "passage: ")),
    ("bge-m3", Prefixes("", "")),
    ("qwen3-embedding", Prefixes(_INSTRUCTION, "")),
    ("embeddinggemma", Prefixes("task: search result | query: ", "title: none | text: ")),
)
"""From the models' cards, by a pattern of their names, for copies that do not state their own prompts."""


class SentenceTransformersEmbedder:
    """Embeds with a sentence-transformers model. Thread-safe: texts are embedded one call at a time.

    Prefixes: the given ones, else the model's own prompts, else those known for its name, else none and a warning.
    Raises ModelError where the library or the model is missing.
    """

    def __init__(self, model: str, query_prefix: str | None = None, passage_prefix: str | None = None) -> None:
        self._name = model
        self._model = _load(model)
        usual = _usual_prefixes(model, self._model.prompts)
        self._prefixes = Prefixes(
            usual.query if query_prefix is None else query_prefix,
            usual.passage if passage_prefix is None else passage_prefix,
        )
        self._weights = _digest(self._model.state_dict())
        # The tokenizers library refuses ("already borrowed") what two threads ask of one tokenizer at a time.
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Model, a digest of its weights, prefixes."""
        return f"{self._name}/{self._weights}/{self._prefixes.query.strip()}/{self._prefixes.passage.strip()}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def max_tokens(self) -> int:
        """Tokens of a passage that the model reads, prefix and special tokens not counted."""
        specials = self._model.tokenizer.num_special_tokens_to_add()
        limit = self._model.max_seq_length or _USUAL_LIMIT
        return int(limit) - int(specials) - self.count_tokens([self._prefixes.passage.strip()])[0]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens in each text, prefix and special tokens not counted."""
        clean = [_clean(text) for text in texts]
        with self._lock:
            tokenizer = self._model.tokenizer
            return [len(tokenizer.encode(text, add_special_tokens=False, verbose=False)) for text in clean]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (texts, dimension)."""
        return self._embed(self._model.encode_query, self._prefixes.query, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension)."""
        return self._embed(self._model.encode_document, self._prefixes.passage, texts)

    def _embed(self, encode: Callable[..., Any], prefix: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        readable = (self._model.max_seq_length or _USUAL_LIMIT) * _CHARACTERS_A_TOKEN
        clean = [_clean(text[:readable]) for text in texts]
        with self._lock:
            vectors = encode(clean, prompt=prefix, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError(
            f"The model {name} (setting [embedder] model) needs sentence-transformers: pip install 'citewire[models]'. "
            "On Linux, first install PyTorch for the processor alone, which spares 3 GB, from its own index; "
            "pytorch.org says how (choose pip, CPU)."
        ) from error
    try:
        return SentenceTransformer(name)
    except Exception as error:  # whatever the hub, the network and the file formats raise
        raise ModelError(
            f"The model {name} (setting [embedder] model) cannot be loaded: {error} "
            "Name a sentence-transformers model of the hub, once with a network, or a local folder."
        ) from error


def _usual_prefixes(name: str, prompts: dict[str, str]) -> Prefixes:
    own = Prefixes(prompts.get("query", ""), prompts.get("document", "") or prompts.get("passage", ""))
    if own.query or own.passage:
        return own
    for pattern, known in KNOWN_PREFIXES:
        if re.search(pattern, PurePath(name).name, re.IGNORECASE):
            return known
    _LOG.warning(
        "The model %s states no prompts and none are known for it: none are used. If its card names some, "
        "set [embedder] query_prefix and passage_prefix.",
        name,
    )
    return Prefixes("", "")


def _digest(parameters: dict[str, Any]) -> str:
    """Of a sample of every tensor: any training changes it, and it takes no second reading of the files."""
    digest = hashlib.sha256()
    for name, tensor in sorted(parameters.items()):
        flat = tensor.detach().flatten()
        sample = flat[:: max(1, len(flat) // _SAMPLES)].float().cpu().numpy()
        digest.update(f"{name}{tuple(tensor.shape)}".encode() + sample.tobytes())
    return digest.hexdigest()[:8]


def _clean(text: str) -> str:
    """Composed, without NUL and without surrogates, at which tokenizers stop or raise."""
    return unicodedata.normalize("NFC", text.encode(errors="ignore").decode().replace("\0", ""))
