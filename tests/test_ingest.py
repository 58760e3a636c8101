"""Ingestion: repeatable, whole, in line with its sources, and harmless when it dies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.adapters.catalogue import SqliteCatalogue
from index.adapters.chroma import ChromaVectors
from index.ingest import Ingester, IngestSettings, remove
from index.types import Filters
from index.windows import centres
from tests.fakes import BrokenEmbedder, WordEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import IngestReport

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
FIRST = "The bridge over the Sula reopened on Saturday. It cost 412 million hryvnias and took nineteen months."
SECOND = "The bulk carrier Aurelia left Chornomorsk on Monday. She carried 31,500 tonnes of maize for Alexandria."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(FIRST, "utf-8")
    (folder / "ship.txt").write_text(SECOND, "utf-8")
    return folder


@pytest.fixture
def ingester(tmp_path: Path) -> Ingester:
    """An empty index with real stores and a fake model."""
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", WordEmbedder.fingerprint)
    return Ingester(WordEmbedder(), ChromaVectors(tmp_path / "chroma"), catalogue, IngestSettings())


def _ingest(ingester: Ingester, *sources: Path) -> IngestReport:
    return ingester.ingest(sources, NOW, lambda _: None)


def _found(ingester: Ingester, lemma: str) -> list[str]:
    ids = [each for each, _ in ingester.catalogue.search([lemma], 10, Filters())]
    return [article.source.rpartition("/")[2] for _, article in ingester.catalogue.passages(ids)]


def test_articles_become_searchable(ingester: Ingester, news: Path) -> None:
    """Both articles are stored with passages whose offsets are exact, and a vector each."""
    report = _ingest(ingester, news)
    assert (report.added, report.articles, report.skipped) == (2, 2, ())
    assert ingester.vectors.count() == report.passages == 2
    assert _found(ingester, "maize") == ["ship.txt"]


def test_second_run_changes_and_embeds_nothing(ingester: Ingester, news: Path) -> None:
    """Ingesting the same folder again is free."""
    _ingest(ingester, news)
    report = _ingest(ingester, news)
    assert (report.added, report.updated, report.unchanged, report.embedded) == (0, 0, 2, 0)


def test_changed_article_replaces_its_passages(ingester: Ingester, news: Path) -> None:
    """After an edit only the new text is found, in the catalogue and among the vectors."""
    _ingest(ingester, news)
    (news / "ship.txt").write_text(SECOND.replace("maize", "barley"), "utf-8")
    report = _ingest(ingester, news)
    assert (report.updated, report.unchanged, report.embedded) == (1, 1, 1)
    assert _found(ingester, "maize") == []
    assert _found(ingester, "barley") == ["ship.txt"]
    assert ingester.vectors.count() == 2


def test_deleted_file_is_removed(ingester: Ingester, news: Path) -> None:
    """An article whose file is gone from an indexed folder goes too, with its vectors."""
    _ingest(ingester, news)
    (news / "ship.txt").unlink()
    report = _ingest(ingester, news)
    assert (report.removed, report.articles, ingester.vectors.count()) == (1, 1, 1)


def test_unreadable_file_keeps_its_article(ingester: Ingester, news: Path) -> None:
    """A file that cannot be read this time is listed, and its article stays."""
    _ingest(ingester, news)
    (news / "ship.txt").write_bytes(b"%PDF-1.7\x00\x01")
    report = _ingest(ingester, news)
    assert [each.source.rpartition("/")[2] for each in report.skipped] == ["ship.txt"]
    assert (report.removed, report.articles) == (0, 2)


def test_other_sources_are_left_alone(ingester: Ingester, news: Path, tmp_path: Path) -> None:
    """Indexing one file removes nothing that came from elsewhere."""
    _ingest(ingester, news)
    extra = tmp_path / "extra.txt"
    extra.write_text("The council met on Tuesday and voted for the budget of the town.", "utf-8")
    report = _ingest(ingester, extra)
    assert (report.added, report.removed, report.articles) == (1, 0, 3)


def test_same_article_twice_is_listed(ingester: Ingester, tmp_path: Path) -> None:
    """Of two records with one id the first is kept; the second is listed as skipped."""
    records = [{"id": "a", "text": FIRST}, {"id": "a", "text": SECOND}]
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")
    report = _ingest(ingester, file)
    assert report.added == 1
    assert report.skipped[0].source.endswith("all.jsonl#2")
    assert "has the same id as" in report.skipped[0].reason


def test_crash_while_embedding_leaves_nothing_half_done(ingester: Ingester, news: Path) -> None:
    """When the model dies, no article of the batch is seen; the next run completes the work."""
    broken = Ingester(BrokenEmbedder(), ingester.vectors, ingester.catalogue, ingester.settings)
    with pytest.raises(MemoryError):
        _ingest(broken, news)
    assert ingester.catalogue.digests() == {}
    assert _ingest(ingester, news).added == 2
    assert ingester.catalogue.orphans() == []


def test_vectors_without_passages_are_cleaned_up(ingester: Ingester, news: Path) -> None:
    """A vector left by a crash between the two stores is deleted by the next run."""
    _ingest(ingester, news)
    passage, article = ingester.catalogue.passages(["x", *_ids(ingester)])[0]
    ghost = type(passage)("ghost", passage.article_id, 0, 1, "en", "T")
    ingester.catalogue.expect_vectors(["ghost"])
    ingester.vectors.add([(ghost, article)], ingester.embedder.embed_queries(["ghost"]))
    assert ingester.vectors.count() == 3
    _ingest(ingester, news)
    assert ingester.vectors.count() == 2


def test_removed_article_is_found_nowhere(ingester: Ingester, news: Path) -> None:
    """Removal takes an article out of both stores."""
    _ingest(ingester, news)
    identity = next(key for key, (_, source) in ingester.catalogue.digests().items() if source.endswith("ship.txt"))
    assert remove(ingester.catalogue, ingester.vectors, [identity, "nobody"]) == 1
    assert (_found(ingester, "maize"), ingester.vectors.count()) == ([], 1)


def test_progress_counts_every_article(ingester: Ingester, news: Path) -> None:
    """Progress adds up to the number of articles, stored, unchanged or skipped."""
    (news / "empty.txt").write_bytes(b"")
    steps: list[int] = []
    ingester.ingest([news], NOW, steps.append)
    assert sum(steps) == 3


def test_settings_are_part_of_what_is_stored(ingester: Ingester, news: Path) -> None:
    """Other passage lengths work the same articles in anew."""
    _ingest(ingester, news)
    shorter = Ingester(
        ingester.embedder, ingester.vectors, ingester.catalogue, IngestSettings(min_words=10, max_words=20)
    )
    assert _ingest(shorter, news).updated == 2


def _ids(ingester: Ingester) -> list[str]:
    return [each for each, _ in ingester.catalogue.search(["bridge", "maize"], 10, Filters())]


def test_missing_source_removes_nothing(ingester: Ingester, news: Path) -> None:
    """A folder that is not there, as on a disk not mounted, keeps its articles and is listed."""
    _ingest(ingester, news)
    news.rename(news.with_name("elsewhere"))
    report = _ingest(ingester, news)
    assert (report.removed, report.articles) == (0, 2)
    assert [each.reason for each in report.skipped] == ["no such file or folder"]


def test_one_file_by_two_paths_is_one_article(ingester: Ingester, news: Path) -> None:
    """Naming a folder and a file in it is no reason for a complaint."""
    report = _ingest(ingester, news, news / "ship.txt")
    assert (report.added, report.skipped) == (2, ())


LONG = " ".join([FIRST, SECOND] * 3)
TITLED = {"id": "sula", "title": "Bridge and ship", "date": "2026-03-14", "text": LONG}


def _record(tmp_path: Path, **record: object) -> Path:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    return file


def test_windows_are_embedded_under_the_heading(ingester: Ingester, tmp_path: Path) -> None:
    """A passage's windows cover its words, and each vector is that of title, day and the window's own words."""
    _ingest(ingester, _record(tmp_path, **TITLED))
    ((passage, article),) = ingester.catalogue.passages(_ids(ingester))
    stored = ingester.catalogue.windows([passage.id])[passage.id]
    assert len(stored.starts) > 1
    ends = (*stored.starts[1:], len(passage.text))
    parts = [passage.text[start:end].strip() for start, end in zip(stored.starts, ends, strict=True)]
    wanted = ingester.embedder.embed_queries([f"{article.title} 2026-03-14\n{part}" for part in parts])
    assert np.allclose(stored.vectors, wanted, atol=1e-3)


def test_a_passage_is_found_by_what_its_windows_share(ingester: Ingester, tmp_path: Path) -> None:
    """The vector in the vector store is the normalised sum of the windows' vectors, longer windows weighing more."""
    _ingest(ingester, _record(tmp_path, **TITLED))
    (identity,) = _ids(ingester)
    ((passage, _),) = ingester.catalogue.passages([identity])
    (centre,) = centres([passage], [ingester.catalogue.windows([identity])[identity]])
    for probe in (centre, ingester.embedder.embed_queries(["maize for Alexandria"])[0]):
        (found,) = ingester.vectors.search(probe, 5, Filters())
        assert found[0] == identity
        assert found[1] == pytest.approx(float(probe @ centre), abs=1e-3)


def test_a_headline_made_from_the_text_is_not_embedded(ingester: Ingester, tmp_path: Path) -> None:
    """Without a title of its own an article is embedded as it stands."""
    _ingest(ingester, _record(tmp_path, id="ship", text=SECOND))
    ((passage, article),) = ingester.catalogue.passages(_ids(ingester))
    assert article.title_derived
    stored = ingester.catalogue.windows([passage.id])[passage.id].vectors
    sentences = [f"{each}." for each in SECOND.rstrip(".").split(". ")]
    assert np.allclose(stored, ingester.embedder.embed_queries(sentences), atol=1e-3)


def test_endless_title_leaves_room_for_the_text(ingester: Ingester, tmp_path: Path) -> None:
    """A title of 1,500 words is stored whole and embedded in part; what follows is indexed as ever."""
    lines = [{"text": FIRST, "title": "mayor " * 1500}, {"text": SECOND}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    report = _ingest(ingester, tmp_path / "news.jsonl")
    assert (report.added, report.passages, report.skipped) == (2, 2, ())
