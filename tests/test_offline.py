"""In the default setting nothing opens a connection outward: not our code, and no library under it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evaluation_samples import TEXTS, write_folder
from tests.sealed import is_local

ROOT = Path(__file__).parent.parent
_STIFLING = ("ORT_DISABLE_TELEMETRY", "CI", "ANONYMIZED_TELEMETRY", "HF_HUB_OFFLINE", "DO_NOT_TRACK")
"""Variables that keep libraries quiet: whoever uses this has none of them set."""


def _environment(home: Path, cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _STIFLING and "XDG" not in name}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "CITEWIRE_EMBEDDER_CACHE": str(cache)}


def _attempts(log: Path, kind: str) -> list[str]:
    return [line for line in log.read_text().splitlines() if line.startswith(kind)] if log.exists() else []


@pytest.mark.usefixtures("embedder")
def test_default_commands_connect_to_nothing(tmp_path: Path, model_cache: Path) -> None:
    """index, ask, search, compare, show, status, eval and the bot's modules: no attempt, and no trace of a reporter."""
    store, log, home = tmp_path / "store", tmp_path / "log", tmp_path / "home"
    home.mkdir()
    articles, examined = tmp_path / "a.jsonl", write_folder(tmp_path / "eval")
    articles.write_text("\n".join(json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()))
    own = ["--store", str(store)]
    commands = [
        ["index", str(articles), *own],
        ["ask", "Where did the Aurelia arrive?", *own],
        ["search", "maize", "--json", *own],
        ["compare", "Where did the Aurelia arrive?", *own],
        ["show", "ship-en", *own],
        ["status", *own],
        ["eval", str(examined)],
        ["serve", "--help"],
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.sealed", log, json.dumps(commands)],
        env=_environment(home, model_cache),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert _attempts(log, "outward") == []
    assert [path.name for path in home.rglob("*onnxruntime*")] == []


def test_the_watch_sees_what_python_wants(tmp_path: Path) -> None:
    """A look-up and a connection in another thread are refused and written down."""
    script = (
        "import socket, sys, threading\nfrom pathlib import Path\nfrom tests.sealed import watch\n"
        "watch(Path(sys.argv[1]))\n"
        "def go():\n"
        "  for host in ('a.example', '9.9.9.9'):\n"
        "    try:\n"
        "      socket.socket().connect((host, 1)) if host < 'a' else socket.getaddrinfo(host, 80)\n"
        "    except ConnectionRefusedError: pass\n"
        "thread = threading.Thread(target=go); thread.start(); thread.join()"
    )
    log = tmp_path / "log"
    subprocess.run([sys.executable, "-c", script, log], cwd=ROOT, check=True)
    assert [line.split()[1] for line in _attempts(log, "outward")] == ["socket.getaddrinfo", "socket.connect"]


def test_the_seal_stops_native_code() -> None:
    """Where the kernel can refuse sockets, a look-up beyond Python's sight ends the process; elsewhere it says so."""
    script = (
        "import ctypes; from tests.sealed import seal\n"
        "if not seal(): raise SystemExit(7)\n"
        "ctypes.CDLL(None).getaddrinfo(b'a.example', b'80', None, ctypes.byref(ctypes.c_void_p()))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode in ({-31} if sys.platform == "linux" else {7})


@pytest.mark.parametrize(
    ("address", "local"),
    [
        (("127.0.0.1", 1), True),
        (("::1", 1, 0, 0), True),
        ("/run/x", True),
        (b"\0x", True),
        (("10.0.0.1", 1), False),
        (("a.example", 1), False),
    ],
)
def test_local_is_this_machine(address: object, local: bool) -> None:  # noqa: FBT001 - a column of a table
    """Loopback and sockets that are files count apart from the rest."""
    assert is_local(address) is local
