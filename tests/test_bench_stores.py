"""What the benchmark makes its stores of: articles put together anew, and vectors that resemble a model's."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.bench import stock, stores
from tests.bench.figures import Settings
from tests.bench.vectors import Likeness
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.stock import Made, Stocked


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> list[Stocked]:
    """A few prepared articles."""
    bench = Settings(4, (20,), 1, 1, tmp_path_factory.getbasetemp())
    return stock.prepare(stores._raws(bench), WordEmbedder(), 20)


def test_made_vectors_are_unit_vectors_that_lie_together_by_article() -> None:
    """Windows of one article are nearer to each other than to another's."""
    chance = np.random.default_rng(2)
    one, other = (_likeness().article(6, chance) for _ in range(2))
    assert np.allclose(np.linalg.norm(one, axis=1), 1, atol=1e-6)
    assert (one @ one.T).mean() > (one @ other.T).mean() + 0.1


def test_made_vectors_spread_as_the_sample_does() -> None:
    """Mixtures are neither more scattered nor more alike than what they are made of."""
    likeness, chance = _likeness(), np.random.default_rng(3)
    made = np.concatenate([likeness.article(1, chance) for _ in range(2000)])
    real = likeness.places + likeness.centre
    real = real / np.linalg.norm(real, axis=1, keepdims=True)
    assert abs(np.linalg.norm(made.mean(axis=0)) - np.linalg.norm(real.mean(axis=0))) < 0.2


def test_vectors_are_made_in_the_likeness_of_some() -> None:
    """Without a sample there is nothing to resemble."""
    with pytest.raises(ValueError, match="likeness"):
        Likeness.of([])


def test_passages_and_windows_lie_where_they_say(stocked: list[Stocked]) -> None:
    """A passage is a stretch of its article, a window one of its passage, in later rounds as well."""
    for made in islice(stock.endless(stocked, 1), 2 * len(stocked)):
        for passage, spans, words in zip(made.passages, made.windows, made.words, strict=True):
            assert made.article.text[passage.start : passage.end] == passage.text
            assert " ".join(passage.text[each.start : each.end] for each in spans) == passage.text
            assert words


def test_later_rounds_deal_the_windows_out_anew(stocked: list[Stocked]) -> None:
    """Other ids and other texts, of the same windows in each language."""
    made = list(islice(stock.endless(stocked, 1), 2 * len(stocked)))
    first, second = made[: len(stocked)], made[len(stocked) :]
    assert len({passage.id for each in made for passage in each.passages}) == sum(len(each.passages) for each in made)
    assert [each.article.text for each in first] != [each.article.text for each in second]
    for language in ("ru", "uk", "en"):
        former, latter = (sorted(_words(turn, language)) for turn in (first, second))
        assert former == latter


def test_stock_is_read_as_it_was_saved(stocked: list[Stocked], tmp_path: Path) -> None:
    """What stores are made of survives being written down."""
    stock.save(stocked, tmp_path / "stock.jsonl")
    again = stock.saved(tmp_path / "stock.jsonl")
    assert [each.passages for each in again] == [each.passages for each in stocked]
    made, remade = (next(stock.endless(each, 1)) for each in (stocked, again))
    assert (made.passages, made.words) == (remade.passages, remade.words)


def test_an_empty_stock_is_refused() -> None:
    """A store cannot be made of nothing."""
    with pytest.raises(ValueError, match="no articles"):
        next(stock.endless([], 1))


def _likeness() -> Likeness:
    chance = np.random.default_rng(1)
    places = chance.normal(size=(8, 1, 32))
    return Likeness.of([np.asarray(each + 0.3 * chance.normal(size=(4, 32)), np.float32) for each in places])


def _words(turn: Sequence[Made], language: str) -> list[str]:
    return [word for each in turn if each.article.language == language for word in each.article.text.split()]
