"""What measuring needs: an index of its own, and other systems to compare with."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index.compose.engine import ingest_settings, make_engine, open_parts
from index.compose.models import model_cache, open_bare_embedder
from index.config import StoreSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.config import Config
    from index.evaluate.baselines import Contender
    from index.evaluate.figures import LeftOut
    from index.evaluate.run import Bench

_REMEMBERED = "evaluation-vectors.sqlite3"


@contextmanager
def open_bench(config: Config) -> Iterator[Bench]:
    """A new index for measuring, in a folder that goes with it; the configured one is not touched.

    Vectors are remembered from one run to the next, in a file beside the prepared model.

    Raises:
        StoreError: The file of remembered vectors cannot be used.
        ModelError: The embedding model cannot be prepared.
    """
    from index.adapters.embedding_cache import CachedEmbedder
    from index.evaluate.run import Bench
    from index.ingest import Ingester

    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="citewire-", ignore_cleanup_errors=True)))
        own = config.model_copy(update={"store": StoreSettings(path=folder)})
        embedder, vectors, catalogue = open_parts(own)
        remembered = model_cache(config) / _REMEMBERED
        remembering, bare = (
            stack.enter_context(closing(CachedEmbedder(each, remembered)))
            for each in (embedder, open_bare_embedder(own))
        )
        yield Bench(
            Ingester(remembering, vectors, catalogue, ingest_settings(config)),
            catalogue,
            make_engine(config, remembering, vectors, catalogue).answerer,
            make_engine(config, embedder, vectors, catalogue).answerer,
            bare,
        )


def open_baselines() -> tuple[tuple[Contender, ...], tuple[LeftOut, ...]]:
    """The systems to compare our retrieval with, and those that this machine lacks. Raises ConfigError."""
    from index.evaluate.baselines import Contender, dense_only
    from index.evaluate.extra import require

    require("bm25s", "--baselines")
    from index.adapters.baseline_bm25 import WordSearch
    from index.adapters.baseline_chroma import ChromaDefault, model_folder, model_is_there
    from index.adapters.baseline_llama_index import LlamaIndexDefault
    from index.evaluate.figures import LeftOut

    folder, chroma = model_folder(), "Chroma default embedding"
    everywhere = (
        Contender("BM25 on words", lambda _, articles: WordSearch(articles)),
        Contender("dense only", dense_only, embeds=True),
        Contender(
            "LlamaIndex default",
            lambda bench, articles: LlamaIndexDefault(articles, bench.bare),
            embeds=True,
        ),
    )
    if model_is_there(folder):
        return (*everywhere, Contender(chroma, lambda _, articles: ChromaDefault(articles, folder))), ()
    return everywhere, (LeftOut(chroma, f"its model is not in {folder}, and nothing is downloaded"),)
