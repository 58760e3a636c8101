"""Chroma through LlamaIndex: nearest vectors, true similarities, filters before the cut."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.adapters.chroma import ChromaVectors, forget_open_folders
from index.errors import StoreError
from index.types import Article, Filters, Passage, Published

if TYPE_CHECKING:
    from index.ports import Vectors
    from index.types import Language

EAST = np.array([1, 0, 0], np.float32)


@pytest.fixture
def vectors(tmp_path: Path) -> ChromaVectors:
    """An empty store."""
    return ChromaVectors(tmp_path / "chroma")


def _pair(name: str, language: Language = "uk", **more: object) -> tuple[Passage, Article]:
    article = Article(id=name, source=name, text="Текст.", language=language, title="T", **more)  # type: ignore[arg-type] # passed through
    return Passage(f"{name}-0", name, 0, 6, language, "Текст."), article


def _rows(*rows: list[float]) -> Vectors:
    matrix = np.array(rows, np.float32)
    unit: Vectors = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return unit


def test_nearest_comes_first_with_its_cosine(vectors: ChromaVectors) -> None:
    """Similarities are true cosines, best first."""
    vectors.add([_pair("a"), _pair("b"), _pair("c")], _rows([0, 1, 0], [1, 1, 0], [1, 0, 0]))
    found = vectors.search(EAST, 2, Filters())
    assert [each for each, _ in found] == ["c-0", "b-0"]
    assert [similarity for _, similarity in found] == pytest.approx([1.0, 2**-0.5], abs=1e-5)


def test_adding_again_replaces(vectors: ChromaVectors) -> None:
    """A vector put under a known id takes the place of the old one."""
    vectors.add([_pair("a")], _rows([0, 1, 0]))
    vectors.add([_pair("a")], _rows([1, 0, 0]))
    assert vectors.count() == 1
    assert vectors.search(EAST, 1, Filters())[0][1] == pytest.approx(1.0, abs=1e-5)


def test_deleted_ids_are_not_found(vectors: ChromaVectors) -> None:
    """Deleting forgets known ids, ignores unknown ones, and no ids at all delete nothing."""
    vectors.add([_pair("a"), _pair("b")], _rows([1, 0, 0], [0, 1, 0]))
    vectors.delete([])
    vectors.delete(["a-0", "nobody"])
    assert [each for each, _ in vectors.search(EAST, 5, Filters())] == ["b-0"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(languages=("en", "ru")), {"b-0", "c-0"}),
        (Filters(outlets=("THE POST",)), {"b-0"}),
        (Filters(until=date(2026, 1, 1)), {"a-0"}),
        (Filters(since=date(2026, 1, 1), until=date(2026, 1, 2)), {"a-0", "b-0"}),
        (Filters(languages=("en",), until=date(2026, 1, 1)), set()),
    ],
)
def test_filters_apply_before_the_cut(vectors: ChromaVectors, filters: Filters, expected: set[str]) -> None:
    """Language, outlet and days restrict what is searched; undated articles pass no date filter."""
    pairs = [
        _pair("a", published=Published(date(2026, 1, 1))),
        _pair("b", "en", outlet="The Post", published=Published(date(2026, 1, 2))),
        _pair("c", "ru"),
    ]
    vectors.add(pairs, _rows([0, 1, 0], [0, 1, 1], [0, 0, 1]))
    assert {each for each, _ in vectors.search(EAST, 3, filters)} == expected


def test_vectors_survive_reopening(vectors: ChromaVectors, tmp_path: Path) -> None:
    """What was stored is there when the folder is opened again."""
    vectors.add([_pair("a")], _rows([1, 0, 0]))
    assert ChromaVectors(tmp_path / "chroma").count() == 1


def test_unusable_folder_is_named(tmp_path: Path) -> None:
    """A folder that Chroma cannot use is an error that names it."""
    (tmp_path / "chroma").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(StoreError, match="chroma"):
        ChromaVectors(tmp_path / "chroma")


def _in_another_process(folder: Path, change: str) -> None:
    """Run a change of the store ``vectors`` in a process of its own."""
    script = f"""
import numpy as np
from pathlib import Path
from tests.test_chroma import _pair, _rows, ChromaVectors
vectors = ChromaVectors(Path({str(folder)!r}))
{change}
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parent.parent)


def test_what_another_process_writes_is_found(vectors: ChromaVectors, tmp_path: Path) -> None:
    """An open store finds what was added elsewhere, and goes on where something was deleted."""
    vectors.add([_pair("a"), _pair("b")], _rows([0, 1, 0], [1, 1, 0]))
    assert len(vectors.search(EAST, 3, Filters())) == 2
    _in_another_process(tmp_path / "chroma", 'vectors.add([_pair("c")], _rows([1, 0, 0])); vectors.delete(["b-0"])')
    assert [each for each, _ in vectors.search(EAST, 3, Filters())] == ["c-0", "a-0"]
    _in_another_process(tmp_path / "chroma", 'vectors.delete(["c-0"])')
    assert [each for each, _ in vectors.search(EAST, 3, Filters())] == ["a-0"]


def test_all_ids_are_told_and_forgotten(vectors: ChromaVectors) -> None:
    """Every id that has a vector; cleared, none is left and new ones may be added."""
    vectors.add([_pair("a"), _pair("b")], _rows([1, 0, 0], [0, 1, 0]))
    assert vectors.ids() == {"a-0", "b-0"}
    vectors.clear()
    assert (vectors.ids(), vectors.search(EAST, 3, Filters())) == (set(), [])
    vectors.add([_pair("c")], _rows([1, 0, 0]))
    assert [each for each, _ in vectors.search(EAST, 3, Filters())] == ["c-0"]


def test_open_reader_outlives_clearing(vectors: ChromaVectors, tmp_path: Path) -> None:
    """Whoever has the folder open meanwhile searches what is there afterwards."""
    vectors.add([_pair("a")], _rows([1, 0, 0]))
    script = (
        "import sys, pathlib\nfrom index.adapters.chroma import ChromaVectors\n"
        "ChromaVectors(pathlib.Path(sys.argv[1])).clear()"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "chroma")], check=True)
    assert vectors.search(EAST, 3, Filters()) == []


def test_a_folder_is_opened_by_many_threads_at_once(tmp_path: Path) -> None:
    """Chroma hands out what another thread is still starting, and forgets all that is open for all threads."""

    def opened(_: int) -> int:
        found = ChromaVectors(tmp_path / "chroma")
        forget_open_folders()
        return found.count()

    ChromaVectors(tmp_path / "chroma")
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(opened, range(150))) == [0] * 150
