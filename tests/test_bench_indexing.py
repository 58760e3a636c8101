"""The benchmark of indexing: its articles, and what is done with them, in sizes that take seconds."""

from __future__ import annotations

import gzip
import importlib
import json
import time
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from tests.bench import articles, indexing, large, rivals, runs
from tests.bench.child import Outcome, peak, resident
from tests.bench.figures import Settings, Spread
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Settings:
    """The smallest choices."""
    return Settings(articles=3, passages=(1000,), rounds=1, seed=1, work=tmp_path, rivals=("bm25s",), large=4)


def inline(function: str, *arguments: object) -> Outcome:
    """``in_child`` without a process, where what it takes is no matter."""
    module, _, name = function.partition(":")
    started = time.perf_counter()
    result = getattr(importlib.import_module(module), name)(*json.loads(json.dumps(arguments, default=str)))
    return Outcome(result, time.perf_counter() - started, peak(), resident())


def test_generated_articles_depend_on_the_seed_alone() -> None:
    """The same again, and more of them begin with the same."""
    once = list(articles.stories(9, seed=3))
    assert once == list(islice(articles.stories(30, seed=3), 9))
    assert once != list(articles.stories(9, seed=4))
    assert len({each.id for each in once}) == len({each.text for each in once}) == 9


def test_generated_articles_are_of_three_languages_and_realistic_length() -> None:
    """In turn; medians lie near those of real news."""
    made = list(articles.stories(600, seed=1))
    assert [each.lang for each in made[:4]] == ["en", "ru", "uk", "en"]
    for lang, (median, _) in articles.LENGTHS.items():
        lengths = [float(len(each.text.split())) for each in made if each.lang == lang]
        assert 0.8 * median < Spread.of(lengths).median < 1.25 * median


def test_generated_articles_leave_nothing_unfilled() -> None:
    """No mark of a name or number is left, in no language, and no two articles are near copies."""
    made = list(articles.stories(60, seed=2))
    assert not any("{" in each.text + each.title for each in made)
    words = [set(zip(*(each.text.split()[start:] for start in range(3)), strict=False)) for each in made[::3]]
    assert max(len(one & two) / len(one | two) for one in words for two in words if one is not two) < 0.4


def test_real_articles_come_first_where_there_are_any(tmp_path: Path) -> None:
    """One of each language in turn, in the order of their files; generated ones when no more are there."""
    for lang, number in (("en", 2), ("ru", 1), ("uk", 1)):
        lines = [{"id": f"{lang}-{each}", "title": None, "text": "Text.", "date": None} for each in range(number)]
        with gzip.open(tmp_path / f"news_{lang}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))
    found = [each.id for each in articles.stories(6, 1, tmp_path)]
    assert found == ["en-0", "ru-0", "uk-0", "en-1", "made-en-1-0", "made-ru-1-0"]


def test_articles_are_read_as_they_were_written(tmp_path: Path) -> None:
    """One line of JSON each."""
    made = list(articles.stories(3, seed=1))
    assert articles.read(articles.write(made, tmp_path / "some.jsonl")) == made


def test_a_recording_notes_what_is_embedded_and_changes_nothing() -> None:
    """Batch by batch; whatever else is asked goes to the embedder behind."""
    behind = WordEmbedder()
    recording = runs.Recording(behind)
    found = recording.embed_passages(["one", "two"])
    recording.embed_passages(["three"])
    assert recording.batches == [["one", "two"], ["three"]]
    assert (found == behind.embed_passages(["one", "two"])).all()
    assert recording.dimension == behind.dimension


def test_scattered_vectors_are_of_unit_length_and_the_same_again() -> None:
    """Texts that begin alike have different ones."""
    made = runs.Scattering(WordEmbedder())
    found = made.embed_passages(["x" * 100 + "a", "x" * 100 + "b"])
    assert (found == made.embed_passages(["x" * 100 + "a", "x" * 100 + "b"])).all()
    assert (found**2).sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
    assert abs(float(found[0] @ found[1])) < 0.9
    assert made.embed_passages([]).shape == (0, WordEmbedder.dimension)


def test_a_rival_without_its_packages_is_left_out_and_named(bench: Settings) -> None:
    """It is no error."""
    said: list[str] = []
    stranger = rivals.Rival("x", "A stranger", "tests.bench.rivals:words", ("no_such_package",))
    place = indexing._prepared(replace(bench, say=said.append))
    assert not indexing._runs(stranger, place, replace(bench, say=said.append))
    assert said == ["left out: A stranger; no_such_package is not installed"]


def test_a_rival_that_fails_is_left_out_and_why_is_said(bench: Settings) -> None:
    """Its own last words."""
    said: list[str] = []
    broken = rivals.Rival("x", "A broken one", "tests.bench.rivals:no_such_function")
    assert not indexing._runs(broken, indexing._prepared(bench), replace(bench, say=said.append))
    assert "no_such_function" in said[0]


def test_words_are_indexed_from_a_file(tmp_path: Path) -> None:
    """A rival leaves on disk what it needs, and tells how much it took in."""
    file = articles.write(articles.stories(4, seed=1), tmp_path / "some.jsonl")
    found = rivals.words(str(file), str(file), str(tmp_path / "store"))
    assert found["passages"] == 4
    assert list((tmp_path / "store" / "all").iterdir())


def test_indexing_is_measured_from_end_to_end(bench: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is wanted is there, each with its unit, in a run of three articles with the real model."""
    for module in (indexing, large):
        monkeypatch.setattr(module, "in_child", inline)
    found = indexing.measure(replace(bench, say=lambda _: None))
    names = {each.name for each in found}
    assert {"articles a second", "throughput", "peak memory", "size on disk", "add one article, large store"} < names
    assert {each.wanted for each in found} == {"", "at least 0.9", "at most 0.03"}
    assert all(each.value.least > 0 and each.of == "indexing" for each in found)
    assert any(each.against.startswith("bm25s") for each in found)


def test_a_large_store_is_kept_and_left_as_it_was(bench: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles added to it are removed, so that the next run finds the same store without making it."""
    monkeypatch.setattr(large, "in_child", inline)
    large.measure(replace(bench, say=lambda _: None), 1.0)
    said: list[str] = []
    place = large._made(replace(bench, say=said.append))
    assert said == []
    assert runs.unchanged(str(place.large.with_suffix(".jsonl")), str(place.large))["unchanged"] == 4
