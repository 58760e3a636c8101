"""What lies around an index: its folder and rights, the disk, other programs' files in it, the prepared model."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from index.compose.models import model_cache, open_embedder
from index.errors import ModelError
from index.types import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.config import Config

_LEAST_FREE = 100_000_000
"""Bytes: an evening's articles with their vectors take less."""
_FORSAKEN = 3600.0
"""Seconds after which nobody is still writing what is half written."""


def place_problems(store: Path) -> list[Problem]:
    """What is wrong with the folder itself: the disk, rights, files left half written, the bots' states."""
    from index.adapters.catalogue_check import damage

    found = [Problem("rights", str(each)) for each in _wrong_rights(store)]
    free = shutil.disk_usage(store).free
    if free < _LEAST_FREE:
        found.append(Problem("disk_full", str(store), free // 1_000_000))
    found += [Problem("leftover", str(each)) for each in store.glob("*.part") if _is_forsaken(each)]
    for state in sorted(store.glob("telegram-*.sqlite3")):
        reason = damage(state, quick=True) if os.access(state, os.R_OK) else None
        found += [Problem("bot_state", str(state), reason=reason)] if reason else []
    return found


def model_problems(config: Config) -> list[Problem]:
    """Models that were prepared by halves, or whose files have changed since."""
    if config.embedder.kind != "e5-small":
        return []
    from index.adapters.e5_prepare import spoilt

    cache = model_cache(config)
    found = [Problem("model_damaged", str(each)) for each in spoilt(cache)]
    forsaken = (each for each in cache.glob("neutral-*") if each.is_dir() and _is_forsaken(each))
    return found + [Problem("leftover", str(each)) for each in forsaken]


def fingerprint(config: Config) -> str | None:
    """What the model of the settings calls itself, None where it takes opening, or preparing, the model to know."""
    if config.embedder.kind != "e5-small":
        return None
    from index.adapters.e5_prepare import find_prepared

    try:
        return open_embedder(config).fingerprint if find_prepared(model_cache(config)) else None
    except ModelError:
        return None


def clear_leftovers(problems: Sequence[Problem]) -> None:
    """Remove what was left half written: models are prepared anew when they are next wanted."""
    for each in problems:
        if each.kind in ("leftover", "model_damaged"):
            path = Path(each.place)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _wrong_rights(store: Path) -> Iterator[Path]:
    """Files that may not be read; and those that may not be written where others may: one for all is no accident."""
    places = [store, *store.glob("*"), *store.glob("chroma/**/*")]
    unreadable = [each for each in places if not os.access(each, os.R_OK | (os.X_OK if each.is_dir() else 0))]
    locked = [each for each in places if not os.access(each, os.W_OK)]
    yield from unreadable
    if len(locked) < len(places):
        yield from (each for each in locked if each not in unreadable)


def _is_forsaken(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _FORSAKEN
