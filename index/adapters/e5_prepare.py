"""Prepares multilingual-e5-small once: from the carried weights to a folder that opens fast.

The folder is made whole beside its final place and then renamed into it, under a lock, so that neither a crash nor a
second process starting at the same time can leave or see half a model.
"""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np

from index.adapters.e5_graph import MODES, build_graph
from index.adapters.e5_onnx import (
    LAYOUT,
    MODEL_FILE,
    PIECES_FILE,
    SCORES_FILE,
    WEIGHTS_FILE,
    E5Embedder,
    Manifest,
    read_manifest,
    write_manifest,
)
from index.adapters.e5_weights import WEIGHTS_SHA256, load_weights, locate_weights
from index.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from index.adapters.e5_graph import Mode
    from index.adapters.e5_weights import Weights

LEAST_COSINE = 0.998
"""Below this, eight-bit arithmetic is broken on this processor: where it works, the least cosine seen is .9992."""
_LOCK_SECONDS = 600.0
_PREFIX = f"e5-small-{WEIGHTS_SHA256[:8]}"

TRIAL_SENTENCES = (
    "Министр финансов объявил, что налог на прибыль вырастет с января на два процента.",
    "Пожарные всю ночь тушили склад на окраине города; пострадавших нет.",
    "Сколько лет было художнице, когда открылась её первая выставка?",
    "Міська рада виділила 40 мільйонів гривень на ремонт мосту через річку.",
    "Хто очолив національну збірну після відставки головного тренера?",
    "Науковці виявили в печері наскельні малюнки, яким близько дев'яти тисяч років.",
    "The central bank kept its key rate at 4.5% and warned of slower growth next year.",
    "Why did the airline cancel 120 flights over the weekend?",
    "Rain.",
    "Компания Orion Systems открыла в Kyiv офис; у ньому працюватимуть 300 engineers.",
)


def open_e5(cache: Path, weights: Path | None, threads: int) -> E5Embedder:
    """The default embedder, prepared in ``cache`` where it is not yet; ``weights`` overrides the installed file.

    Raises ModelError: weights missing or damaged, or a cache folder that cannot be written.
    """
    return E5Embedder(find_prepared(cache) or prepare(cache, weights), threads)


def find_prepared(cache: Path) -> Path | None:
    """The folder of a whole prepared model, if there is one: its name tells the mode that was chosen."""
    folders = (cache / f"{_PREFIX}-{mode}" for mode in MODES)
    return next((folder for folder in folders if read_manifest(folder)), None)


def spoilt(cache: Path) -> list[Path]:
    """Folders of models that are not whole, unless one is being prepared right now."""
    from filelock import FileLock, Timeout

    found = [each for each in sorted(cache.glob(f"{_PREFIX}*")) if each.is_dir() and not read_manifest(each)]
    try:
        with FileLock(cache / f"{_PREFIX}.lock", timeout=0) if found else nullcontext():
            return found
    except Timeout:
        return []
    except OSError:
        return found


def prepare(cache: Path, given_weights: Path | None = None, least_cosine: float = LEAST_COSINE) -> Path:
    """Make the model's folder in ``cache``, unless another process just did, and return it. Takes some seconds.

    Raises ModelError.
    """
    from filelock import FileLock

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{_PREFIX}.lock", timeout=_LOCK_SECONDS):
            return find_prepared(cache) or _prepare_locked(cache, given_weights, least_cosine)
    except OSError as error:  # filelock's Timeout is one, too
        raise ModelError(
            f"The model cannot be prepared in the folder {cache}: {error}. "
            "Make it writable, with 200 MB free, or name another in the setting [embedder] cache."
        ) from error


def _prepare_locked(cache: Path, given_weights: Path | None, least_cosine: float) -> Path:
    weights = load_weights(locate_weights(given_weights))
    workshop = cache / f"{_PREFIX}.part"
    shutil.rmtree(workshop, ignore_errors=True)  # left by a process that was stopped midway
    workshop.mkdir()
    try:
        mode = _choose_mode(weights, workshop, least_cosine)
        target = cache / f"{_PREFIX}-{mode}"
        shutil.rmtree(target, ignore_errors=True)  # damaged, else it would have been found
        os.replace(workshop / mode, target)  # noqa: PTH105 - atomic on every system, which its name says
        return target
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _choose_mode(weights: Weights, workshop: Path, least_cosine: float) -> Mode:
    """Write the fastest mode whose vectors agree with those of the lossless one on this processor."""
    exact = _trial(weights, workshop, "q4")
    for mode in MODES[:-1]:
        try:
            if (_trial(weights, workshop, mode) * exact).sum(axis=1).min() >= least_cosine:
                return mode
        except ModelError:  # an operation this processor's build of the runtime lacks
            continue
    return "q4"


def _trial(weights: Weights, workshop: Path, mode: Mode) -> np.ndarray:
    folder = workshop / mode
    folder.mkdir()
    _write_model(weights, mode, folder)
    return E5Embedder(folder, threads=2).embed_passages(TRIAL_SENTENCES)


def _write_model(weights: Weights, mode: Mode, folder: Path) -> None:
    """Write graph, tokenizer and manifest. Weights lie in a file of their own, which the runtime maps, not reads."""
    import onnx

    model = build_graph(weights, mode)
    onnx.save_model(model, folder / MODEL_FILE, save_as_external_data=True, location=WEIGHTS_FILE)
    # onnx makes the weights private to this user, against the folder's own permissions.
    (folder / WEIGHTS_FILE).chmod((folder / MODEL_FILE).stat().st_mode)
    pieces, scores = zip(*weights.pieces, strict=True)
    (folder / PIECES_FILE).write_bytes("\n".join(pieces).encode())
    np.array(scores, "<f4").tofile(folder / SCORES_FILE)
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    layout = weights.sizes
    write_manifest(folder, Manifest(LAYOUT, WEIGHTS_SHA256, mode, layout.hidden, layout.positions, sizes))
