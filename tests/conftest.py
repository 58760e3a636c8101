"""What tests share: one prepared model."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from index.adapters.e5_prepare import open_e5

if TYPE_CHECKING:
    from index.adapters.e5_onnx import E5Embedder


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """Where the model is prepared: kept between runs, CITEWIRE_TEST_CACHE moves it."""
    return Path(os.environ.get("CITEWIRE_TEST_CACHE") or platformdirs.user_cache_dir("citewire"))


@pytest.fixture(scope="session")
def embedder(model_cache: Path) -> E5Embedder:
    """The default embedder, with two threads."""
    return open_e5(model_cache, None, threads=2)
