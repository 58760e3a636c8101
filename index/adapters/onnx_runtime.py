"""ONNX Runtime, silenced before it starts: this project opens no connection that nobody asked for."""

from __future__ import annotations

import os
from typing import Any


def onnx_runtime() -> Any:
    """The library, told to keep to itself what it does.

    From version 1.29 on it reports models and sessions to its maker over the network and leaves an identifier of the
    machine in the home folder (its Privacy.md); the variable prevents both if it is set before the library is loaded,
    while a call of its API comes too late for the first message.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    return onnxruntime
