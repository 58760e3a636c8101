"""Any cross-encoder of the sentence-transformers library, by hub name or local folder: the extra ``models``."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

_REMEDY = "Name a cross-encoder of the hub, once with a network, or a local folder; or leave it empty."


class CrossEncoderReranker:
    """The Reranker port over a cross-encoder. Thread-safe: questions are rated one call at a time.

    Raises ModelError where the library or the model is missing, or the model is none that rates pairs.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._model = _load(model)
        _require_one_score(model, self._model)
        # The tokenizers library refuses ("already borrowed") what two threads ask of one tokenizer at a time.
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The model's raw ratings, one a text; greater is better. Raises ModelError."""
        pairs = [(_encodable(question), _encodable(text)) for text in texts]
        try:
            with self._lock:
                rated = self._model.predict(pairs, activation_fn=_raw, show_progress_bar=False)
        except (RuntimeError, ValueError, IndexError) as error:
            raise ModelError(f"The model {self._name} (setting [rerank] model) failed: {error} {_REMEDY}") from error
        return [float(each) for each in rated]


def _load(name: str) -> Any:
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ModelError(
            f"The model {name} (setting [rerank] model) needs sentence-transformers: pip install 'citewire[models]'. "
            "On Linux, first install PyTorch for the processor alone, which spares 3 GB, from its own index; "
            "pytorch.org says how (choose pip, CPU)."
        ) from error
    try:
        return CrossEncoder(name)
    except Exception as error:  # whatever the hub, the network and the file formats raise
        raise ModelError(f"The model {name} (setting [rerank] model) cannot be loaded: {error} {_REMEDY}") from error


def _require_one_score(name: str, model: Any) -> None:
    """Refuse what the library loads without complaint, only to sort pairs into classes or to rate them at random."""
    if model.num_labels != 1:
        raise ModelError(
            f"The model {name} (setting [rerank] model) sorts pairs into {model.num_labels} classes; a reranker gives "
            f"one score. {_REMEDY}"
        )
    # An encoder without a head, BertModel say, gets a new one with random weights.
    architectures = getattr(getattr(model.model, "config", None), "architectures", None) or ()
    if any(each.endswith("Model") for each in architectures):
        raise ModelError(f"The model {name} (setting [rerank] model) embeds texts and rates no pairs. {_REMEDY}")


def _raw(ratings: Any) -> Any:
    """In place of the usual sigmoid, which makes all good texts 1.0 and so equals."""
    return ratings


def _encodable(text: str) -> str:
    """Without NUL and without surrogates, at which tokenizers stop or raise."""
    return text.encode(errors="ignore").decode().replace("\0", "")
