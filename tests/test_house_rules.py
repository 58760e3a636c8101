"""The shape of the code itself: layers point one way, borders hold, importing is cheap."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for folder in ("bot", "index", "prompts") for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").glob("test_*.py"))

LAYERS = (
    {"index.types", "index.errors", "index.config", "index.weights", "prompts"},
    {"index.ports"},
    {
        "index.clean",
        "index.chunk",
        "index.copies",
        "index.excerpt",
        "index.windows",
        "index.language",
        "index.when",
        "index.small_talk",
        "index.load",
        "index.identity",
        "index.adapters",
    },
    {
        "index.exchange",
        "index.ingest",
        "index.watch",
        "index.retrieve",
        "index.rerank",
        "index.answer",
        "index.follow_up",
        "index.guide",
        "index.evaluate",
        "index.upkeep",
    },
    {"index.compose"},
    {"bot"},
)
"""Lowest first: a module imports from its own layer and from those below."""

BORDERS = {
    "llama_index": "index/adapters/",
    "chromadb": "index/adapters/",
    "onnxruntime": "index/adapters/",
    "sentence_transformers": "index/adapters/",
    "bm25s": "index/adapters/",
    "openai": "index/adapters/",
    "tiktoken": "index/adapters/",
    "rensa": "index/copies/",
    "jinja2": "index/evaluate/",
    "matplotlib": "index/evaluate/",
    "telegram": "bot/",
}
"""Libraries, and the only folder that may know them."""

HEAVY = {
    "chromadb",
    "dateparser",
    "jinja2",
    "llama_index",
    "matplotlib",
    "numpy",
    "onnx",
    "onnxruntime",
    "openai",
    "pymorphy3",
    "rensa",
    "tiktoken",
    "tokenizers",
    "trafilatura",
}


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    """The part of the house that a module belongs to: its first two names, or ``bot`` or ``prompts``."""
    first, _, rest = module.partition(".")
    return first if first in ("bot", "prompts") or not rest else f"{first}.{rest.split('.')[0]}"


@cache
def _imports(path: Path) -> list[str]:
    """Every module that a file imports anywhere, ``from a import b`` as ``a.b`` and as ``a``."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def _layer(module: str) -> int:
    return next(place for place, rooms in enumerate(LAYERS) if _room(module) in rooms)


@pytest.mark.parametrize("path", [path for path in MODULES if path != ROOT / "index" / "__init__.py"], ids=_name)
def test_imports_point_one_way(path: Path) -> None:
    """No module imports from a layer above its own."""
    own = _layer(_name(path))
    ours = [name for name in _imports(path) if name.split(".")[0] in ("bot", "index", "prompts") and name != "index"]
    upward = [name for name in ours if _layer(name) > own]
    assert upward == []


def test_only_compose_imports_adapters() -> None:
    """Adapters are wired in one place; elsewhere only ports are known."""
    outside = [path for path in MODULES if "adapters" not in path.parts and _room(_name(path)) != "index.compose"]
    assert [_name(path) for path in outside if any("index.adapters" in name for name in _imports(path))] == []


@pytest.mark.parametrize("library", sorted(BORDERS))
def test_libraries_stay_behind_their_border(library: str) -> None:
    """Each foreign library is imported in one folder only."""
    places = [path.relative_to(ROOT).as_posix() for path in MODULES]
    inside = dict(zip(places, MODULES, strict=True))
    strangers = [
        place
        for place, path in inside.items()
        if not place.startswith(BORDERS[library]) and any(name.split(".")[0] == library for name in _imports(path))
    ]
    assert strangers == []


def test_importing_loads_nothing_heavy() -> None:
    """Importing every module outside the adapters loads no model library and does no input or output."""
    names = [_name(path) for path in MODULES if "adapters" not in path.parts]
    script = f"import sys\nfor name in {names}: __import__(name)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert HEAVY & {name.split(".")[0] for name in done.stdout.split()} == set()
    assert done.stderr == ""


def test_help_needs_no_settings_and_no_model() -> None:
    """The help text loads neither settings nor anything that answers."""
    script = "import sys, bot.cli\ntry: bot.cli.main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"pydantic", "rich", "index.compose"} & set(done.stdout.split())


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_every_test_says_what_it_shows(path: Path) -> None:
    """Each test has a docstring of its own."""
    functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    silent = [node.name for node in functions if node.name.startswith("test") and not ast.get_docstring(node)]
    assert silent == []


def test_ignores_carry_their_reason() -> None:
    """Every lint or type ignore says why."""
    pattern = re.compile(r"# (?:noqa|type: ignore)(?!: ?[A-Z0-9, ]+ - \w|\[[\w, -]+\] # \w)")
    silent = [
        _name(path)
        for path in (*MODULES, *TESTS)
        if pattern.search(path.read_text("utf-8").replace(pattern.pattern, ""))
    ]
    assert [name for name in silent if name != "tests.test_house_rules"] == []
