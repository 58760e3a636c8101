"""The built wheel works by itself: from any folder, with nothing of the checkout in reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a new environment that holds the wheel; its dependencies are those of this environment."""
    wheels, home = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("venv")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    venv.create(home, with_pip=False)
    (wheel,) = wheels.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(home / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", str(wheel)], check=True, capture_output=True)
    # A folder named in a .pth file is searched, but its own .pth files are not obeyed: the dependencies come into
    # reach, and the checkout, which this environment may have installed editable, does not.
    (packages,) = (home / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return home


def test_wheel_answers_from_any_folder(installed: Path, model_cache: Path, tmp_path: Path) -> None:
    """Installed from the wheel, the command indexes an article and quotes it, in a folder of its own."""
    (tmp_path / "mist.txt").write_text(
        "Міст через Сулу коштував 412 мільйонів гривень. Його відкрили в суботу.", "utf-8"
    )
    environ = {"PATH": os.environ["PATH"], "CITEWIRE_EMBEDDER_CACHE": str(model_cache)}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [installed / "bin" / "citewire", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environ,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("index", "mist.txt")
    answer = json.loads(run("ask", "Скільки коштував міст через Сулу?", "--json"))
    assert "412" in answer["answer"]
    assert (tmp_path / ".citewire" / "catalogue.sqlite3").exists()
