"""The systems we compare with: each finds, keeps to the languages asked for, and is measured like our own."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.adapters.baseline_bm25 import WordSearch
from index.adapters.baseline_chroma import ChromaDefault, model_is_there
from index.adapters.baseline_llama_index import LlamaIndexDefault
from index.compose import open_baselines, open_bench
from index.config import Config, EmbedderSettings
from index.errors import ConfigError, ModelError
from index.evaluate.baselines import Contender, compare, dense_only
from index.evaluate.questions import EvalQuestion, QuestionSet, Task
from index.types import Article
from tests.fakes import WordEmbedder
from tests.tiny_minilm import write_minilm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.evaluate.run import Bench
    from index.ports import Baseline, Vectors

ARTICLES = (
    Article("mine", "1", "The court closed the mine for good.", "en", "Mine closed"),
    Article("bridge", "2", "A bridge over the river opened on Monday.", "en", "Bridge opened"),
    Article("рудник", "3", "Суд закрыл рудник навсегда.", "ru", "Рудник закрыт"),
)
WORDS = ("court", "mine", "bridge", "рудник", "суд")


@pytest.fixture(params=["bm25", "llama_index", "chroma"])
def baseline(request: pytest.FixtureRequest, tmp_path: Path) -> Baseline:
    """Each baseline over the same articles."""
    if request.param == "bm25":
        return WordSearch(ARTICLES)
    if request.param == "llama_index":
        return LlamaIndexDefault(ARTICLES, WordEmbedder())
    return ChromaDefault(ARTICLES, write_minilm(tmp_path, WORDS))


def test_best_article_comes_first(baseline: Baseline) -> None:
    """The article that shares most with the question leads."""
    assert baseline.search("court mine", ())[0] == "mine"
    assert baseline.search("bridge", ())[0] == "bridge"


def test_only_the_languages_asked_for(baseline: Baseline) -> None:
    """A restriction holds even where the best article is in another language."""
    assert set(baseline.search("court рудник", ("ru",))) == {"рудник"}
    assert "рудник" not in baseline.search("court рудник", ("en", "uk"))
    assert {"mine", "рудник"} <= set(baseline.search("court рудник", ("en", "ru")))


def test_nothing_to_search_for_is_no_error(baseline: Baseline) -> None:
    """Questions without words and languages without articles give lists, of known ids at the most."""
    assert set(baseline.search("?!", ())) <= {article.id for article in ARTICLES}
    assert baseline.search("court", ("uk",)) == []


def test_word_search_finds_no_stranger() -> None:
    """An article that shares no word is not found at all."""
    assert WordSearch(ARTICLES).search("the river", ()) == ["bridge"]


def test_llama_index_splits_long_articles() -> None:
    """A long article has several chunks, and comes once for each."""
    long = Article("long", "4", "The court closed the mine. " * 900, "en", "Long")
    assert LlamaIndexDefault((*ARTICLES, long), WordEmbedder()).search("court", ("en",)).count("long") > 3


def test_llama_index_embeds_text_only() -> None:
    """What serves to filter is not embedded, and a title made from the text is not said twice."""

    class Remembering(WordEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            read.extend(texts)
            return super().embed_passages(texts)

    read: list[str] = []
    derived = Article("d", "5", "Rain fell. It was cold.", "en", "Rain fell.", title_derived=True)
    LlamaIndexDefault([ARTICLES[0], derived], Remembering())
    assert read == ["Mine closed\n\nThe court closed the mine for good.", "Rain fell. It was cold."]


def test_chroma_is_left_out_without_its_model(tmp_path: Path) -> None:
    """A folder that lacks a file counts as no model: nothing is ever downloaded."""
    folder = write_minilm(tmp_path, WORDS)
    assert model_is_there(folder)
    (folder / "onnx" / "vocab.txt").unlink()
    assert not model_is_there(folder)


def test_a_broken_model_of_chroma_is_named(tmp_path: Path) -> None:
    """Files that are there but broken are an error with its remedy."""
    folder = write_minilm(tmp_path, WORDS)
    (folder / "onnx" / "model.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"Chroma's model cannot be run: .*; delete it"):
        ChromaDefault(ARTICLES, folder)


def test_what_is_left_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Chroma's model three systems remain, and the reason names the folder; with it there are four."""
    monkeypatch.setattr("index.adapters.baseline_chroma.model_folder", lambda: tmp_path / "model")
    contenders, left_out = open_baselines()
    assert [each.name for each in contenders] == ["BM25 on words", "dense only", "LlamaIndex default"]
    assert [each.system for each in left_out] == ["Chroma default embedding"]
    assert str(tmp_path) in left_out[0].why
    write_minilm(tmp_path / "model", WORDS)
    contenders, left_out = open_baselines()
    assert (contenders[-1].name, left_out) == ("Chroma default embedding", ())


def test_the_missing_extra_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without bm25s the error comes at once and says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"--baselines needs bm25s: pip install 'citewire\[eval\]'"):
        open_baselines()


@dataclass
class Steps:
    """A Watcher that counts."""

    ahead: int = 0
    done: int = 0

    def begin(self, work: str, total: int) -> None:
        """More lies ahead."""
        assert work
        self.ahead += total

    def advance(self, steps: int) -> None:
        """More is done."""
        self.done += steps


@pytest.fixture
def bench(tmp_path: Path, model_cache: Path) -> Iterator[Bench]:
    """An index of the articles, with the real model."""
    file = tmp_path / "a.jsonl"
    records = ({"id": each.id, "title": each.title, "text": each.text, "language": each.language} for each in ARTICLES)
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")
    with open_bench(Config(embedder=EmbedderSettings(cache=model_cache))) as opened:
        report = opened.ingester.ingest([file], datetime(2026, 1, 1, tzinfo=UTC), lambda _: None)
        assert report.articles == len(ARTICLES)
        yield opened


def _task(*questions: EvalQuestion) -> Task:
    return Task("a", Path("a.docs.jsonl"), {}, (QuestionSet("a", questions),))


def test_all_are_measured_alike(bench: Bench) -> None:
    """Every contender is asked every question under both conditions, and timed."""
    steps = Steps()
    contenders, _ = open_baselines()
    task = _task(EvalQuestion("1", "When was the mine closed by the court?", "en", "en", "mono", gold=("mine",)))
    found = compare(task, bench, contenders, steps)
    assert [each.system for each in found] == [each.name for each in contenders]
    assert {figures.recall_1.value for each in found for figures in each.retrieval} == {1.0}
    assert {figures.slice.condition for each in found for figures in each.retrieval} == {"within", "open"}
    assert all(each.seconds.questions == 1 and 0 < each.seconds.median < 5 for each in found)
    assert steps.ahead == steps.done == 2 * len(contenders)


def test_dense_only_keeps_to_languages(bench: Bench) -> None:
    """The nearest passages of all articles, or of those in one language."""
    dense = dense_only(bench, ARTICLES)
    assert dense.search("The bridge over the river", ())[0] == "bridge"
    assert dense.search("The bridge over the river", ("ru",)) == ["рудник"]


def test_nothing_to_find_is_not_compared(bench: Bench) -> None:
    """Unanswerable questions have no document to find: no contender is built."""
    never = Contender("never", lambda *_: pytest.fail("built for nothing"))
    assert compare(_task(EvalQuestion("1", "Who?", "en", "en", "unanswerable")), bench, [never], Steps()) == ()
