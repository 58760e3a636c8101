"""Where and with what code figures were measured."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from index.evaluate.figures import Machine

_PROJECT = Path(__file__).parents[2]
_CPU_INFO = Path("/proc/cpuinfo")


def this_machine() -> Machine:
    """The processor, the cores that this process may use, Python and the operating system."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(_processor(), cores, platform.python_version(), platform.platform(terse=True))


def commit(project: Path = _PROJECT) -> str | None:
    """The code's commit, with ``-dirty`` where files were changed since; None outside a checkout or without git."""
    if not (project / ".git").exists():
        return None
    # The hash alone, whatever tags there are.
    command = ["git", "-C", str(project), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _processor() -> str:
    """The processor's name; Python knows it only by architecture on Linux."""
    try:
        lines = _CPU_INFO.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
