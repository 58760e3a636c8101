"""Runs a function in a fresh process, and brings back what it gave, how long it took and the most memory it held."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).parents[2]
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``result`` is what JSON keeps of the function's; ``seconds`` are the process's, start and imports included.

    ``peak`` is the most memory that was resident, and ``before`` what was when the function was called, in bytes.
    """

    result: Any
    seconds: float
    peak: int
    before: int


def in_child(function: str, *arguments: object, python: str = sys.executable, threads: int | None = None) -> Outcome:
    """Call ``module:function`` in a process of its own.

    Args:
        function: Where it is; a module of this project.
        arguments: Handed to it as JSON keeps them, paths as texts.
        python: The interpreter: another one's libraries can so be measured beside ours.
        threads: What libraries of linear algebra are told to use; None leaves it to them.

    Raises:
        RuntimeError: It failed; carries the end of what it wrote.
    """
    command = [python, "-m", "tests.bench.child", function, json.dumps(arguments, default=str)]
    environment = os.environ | ({"OMP_NUM_THREADS": str(threads)} if threads else {})
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_PROJECT, env=environment)
    took = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{function} failed:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Outcome(found["result"], took, found["peak"], found["before"])


def resident() -> int:
    """Bytes of this process's memory that are resident now; 0 where the system does not tell."""
    return _kilobytes("VmRSS") * 1024


def peak() -> int:
    """The most bytes of this process's memory that were ever resident.

    A child inherits its parent's ru_maxrss on Linux until it runs another program, and then still counts it there:
    VmHWM is the process's own.
    """
    if _STATUS.exists():
        return _kilobytes("VmHWM") * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _kilobytes(name: str) -> int:
    if not _STATUS.exists():
        return 0
    lines = _STATUS.read_text("ascii", "replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def main(function: str, arguments: str) -> None:
    """The child's part: the last line of its output is the result."""
    module, _, name = function.partition(":")
    called = getattr(importlib.import_module(module), name)
    before = resident()
    result = called(*json.loads(arguments))
    print(json.dumps({"result": result, "peak": peak(), "before": before}))  # noqa: T201 - how the parent learns of it


if __name__ == "__main__":
    main(*sys.argv[1:3])
