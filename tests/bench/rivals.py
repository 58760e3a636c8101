"""What a user would pick instead, told to index the same articles: each function is called in a process of its own.

Every one reads the file, after a small one that is not timed, and leaves on disk what it needs to be asked later. What
a package does by default is left as it is. ``RIVALS`` says which packages each needs; one that is not installed is
left out and said to be.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.articles import read
from tests.bench.pairing import timed
from tests.bench.runs import config

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.config import Config
    from tests.bench.articles import Story

MODEL = "multilingual-e5-small"
"""The name of the folder with our weights: by it a model's prefixes are known."""


@dataclass(frozen=True, slots=True)
class Rival:
    """``name`` in options, ``title`` in reports, the function that indexes, and the packages that it needs.

    ``meaning`` tells whether it embeds texts with our model, so that its speed can be compared with ours.
    """

    name: str
    title: str
    run: str
    needs: tuple[str, ...] = ()
    meaning: bool = True

    def missing(self) -> str:
        """The first package that is not installed, empty where none is missed."""
        return next((each for each in self.needs if importlib.util.find_spec(each) is None), "")


RIVALS = (
    Rival("llama-index", "LlamaIndex's default, our embedder", "tests.bench.rivals:llama_index"),
    Rival(
        "llama-index-st",
        "LlamaIndex's default, sentence-transformers, same model",
        "tests.bench.rivals:llama_index_st",
        ("sentence_transformers", "torch"),
    ),
    Rival(
        "txtai",
        "txtai with text and words, same model",
        "tests.bench.rivals:txtai",
        ("txtai", "sentence_transformers", "torch", "faiss"),
    ),
    Rival(
        "piragi",
        "piragi, same model",
        "tests.bench.rivals:piragi",
        ("piragi", "sentence_transformers", "torch", "lancedb"),
    ),
    Rival("bm25s", "bm25s: words alone, no vectors", "tests.bench.rivals:words", ("bm25s",), meaning=False),
)


def model_folder(work: Path) -> Path:
    """Our weights as a model folder of sentence-transformers, written once."""
    from index.adapters.e5_weights import load_weights, locate_weights
    from tests.st_folder import write_folder

    folder = work / MODEL
    return folder if folder.exists() else write_folder(load_weights(locate_weights()), folder)


def llama_index(file: str, warm: str, folder: str) -> dict[str, float]:
    """Documents, their splitter, vectors in memory, everything persisted; our embedder."""
    return _llama_index(file, warm, folder, config())


def llama_index_st(file: str, warm: str, folder: str, model: str) -> dict[str, float]:
    """The same with the model through sentence-transformers."""
    from index.config import Config, EmbedderSettings

    return _llama_index(
        file, warm, folder, Config(embedder=EmbedderSettings(kind="sentence-transformers", model=model))
    )


def txtai(file: str, warm: str, folder: str, model: str) -> dict[str, float]:
    """One vector an article, which txtai cuts at the model's limit, beside its text and its words in SQLite."""
    embeddings: Any = importlib.import_module("txtai").Embeddings

    def _index(articles: Sequence[Story], place: Path) -> int:
        made = embeddings(
            path=model, method="sentence-transformers", content=True, hybrid=True, instructions=instructions
        )
        made.index((each.id, f"{each.title}\n\n{each.text}", None) for each in articles)
        made.save(str(place))
        return int(made.count())

    instructions = {"query": "query: ", "data": "passage: "}
    return _timed(_index, file, warm, folder)


def piragi(file: str, warm: str, folder: str, model: str) -> dict[str, float]:
    """Its hierarchical chunks in LanceDB, as its default ones fetch a tokenizer from a hub.

    Articles are handed to it as text files, the form that it reads.
    """
    ragi: Any = importlib.import_module("piragi").Ragi

    def _index(articles: Sequence[Story], place: Path) -> int:
        texts = place / "texts"
        texts.mkdir(parents=True)
        for number, each in enumerate(articles):
            (texts / f"{number}.txt").write_text(f"{each.title}\n\n{each.text}", "utf-8")
        made = ragi(str(texts), persist_dir=str(place / "store"), config=choices)
        return int(made.count())

    choices = {
        "embedding": {"model": model, "device": "cpu"},
        "chunk": {"strategy": "hierarchical"},
        "auto_update": {"enabled": False},
    }
    return _timed(_index, file, warm, folder)


def words(file: str, warm: str, folder: str) -> dict[str, float]:
    """BM25 over whole articles."""
    import bm25s

    def _index(articles: Sequence[Story], place: Path) -> int:
        texts = [f"{each.title}\n\n{each.text}" for each in articles]
        made = bm25s.BM25()
        made.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
        made.save(str(place), corpus=texts)
        return len(texts)

    return _timed(_index, file, warm, folder)


def _llama_index(file: str, warm: str, folder: str, settings: Config) -> dict[str, float]:
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.constants import DEFAULT_EMBED_BATCH_SIZE

    from index.adapters.baseline_llama_index import _OurEmbedding
    from index.compose import open_embedder

    def _index(articles: Sequence[Story], place: Path) -> int:
        texts = [Document(id_=each.id, text=f"{each.title}\n\n{each.text}") for each in articles]
        made = VectorStoreIndex.from_documents(texts, embed_model=embedding)
        made.storage_context.persist(str(place))
        return len(made.docstore.docs)

    embedding = _OurEmbedding(open_embedder(settings))
    embedding.embed_batch_size = DEFAULT_EMBED_BATCH_SIZE
    return _timed(_index, file, warm, folder)


def _timed(index: Callable[[Sequence[Story], Path], int], file: str, warm: str, folder: str) -> dict[str, Any]:
    """``index`` gives the number of passages, or of what stands for them; reading the file is timed as well."""
    place, passages = Path(folder), list[int]()
    index(read(Path(warm)), place / "warm")
    took = timed(lambda: passages.append(index(read(Path(file)), place / "all")))
    return {**took, "passages": passages[0]}
