"""A real Chroma server: the command `chroma run`, on a port of this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from pathlib import Path

# What the script `chroma` does, without importing all of chromadb first.
_COMMAND = "import chromadb_rust_bindings, sys; chromadb_rust_bindings.cli(['chroma', *sys.argv[1:]])"


class ChromaRun:
    """The server over one folder; it keeps its address when it is stopped and started again."""

    def __init__(self, folder: Path) -> None:
        """Start it, and return when it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._folder = folder
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Start it, and return when it answers."""
        place = ("--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port))
        self._process = subprocess.Popen([sys.executable, "-c", _COMMAND, "run", *place], stdout=subprocess.DEVNULL)
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                raise RuntimeError(f"chroma run ended with {self._process.wait(timeout=0.05)}")

    def stop(self) -> None:
        """Stop it, and return when it is gone."""
        self._process.terminate()
        self._process.wait()

    def _answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.address}/api/v2/heartbeat").is_success
        return False
