"""Deferred initialisation loses nothing and is fast where it matters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _run(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def test_store_needs_no_initialisation_of_the_rest() -> None:
    """The Chroma adapter loads without LlamaIndex's indices, engines and agents."""
    loaded = _run("import sys, index.adapters.chroma\nprint(*sys.modules)").split()
    assert "llama_index.core.schema" in loaded
    assert not {"llama_index.core.query_engine", "llama_index.core.agent", "llama_index.core.chat_engine"} & set(loaded)


def test_whole_library_is_there_when_asked_for() -> None:
    """What the packages export themselves is found afterwards, and is the same code."""
    script = (
        "import index.adapters.chroma_collection as ours\n"
        "from llama_index.core import Settings, StorageContext, VectorStoreIndex\n"
        "from llama_index.core.indices import SummaryIndex\n"
        "from llama_index.core.vector_stores import SimpleVectorStore, VectorStoreQuery\n"
        "from llama_index.core.schema import TextNode\n"
        "import llama_index.core\n"
        "print(TextNode is ours.TextNode, llama_index.core.global_handler, VectorStoreIndex.__name__)"
    )
    assert _run(script) == "True None VectorStoreIndex"


def test_library_loaded_before_is_left_alone() -> None:
    """Where LlamaIndex is already imported, nothing changes."""
    script = "import llama_index.core as a, index.adapters.chroma, sys\nprint(sys.modules['llama_index.core'] is a)"
    assert _run(script) == "True"


def test_unknown_name_is_an_ordinary_error() -> None:
    """A name that the package does not have is an ImportError, as ever."""
    script = (
        "import index.adapters.chroma\n"
        "try:\n    from llama_index.core import NoSuchThing\nexcept ImportError:\n    print('ImportError')"
    )
    assert _run(script) == "ImportError"
