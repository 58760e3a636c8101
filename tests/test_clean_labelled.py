"""Cleaning measured on labelled articles: messy pages, exports and files in the three languages.

Each folder under tests/articles/ holds labels.toml: what must go, what must stay, and the metadata of each article.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.clean import clean
from index.load import load
from index.types import Published, RawArticle

if TYPE_CHECKING:
    from index.types import Article

FOLDER = Path(__file__).parent / "articles"
ZONES = {"uk": "Europe/Kyiv"}
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LANGUAGES = ("ru", "uk", "en")
METADATA = ("title", "date", "author", "outlet", "language")
BULLET = re.compile(r"^(?:[•*+–—-]|\d+[.)])\s+")


@dataclass
class Score:
    """Counts over articles: lines that must go and did, lines that must stay and did, metadata that is right."""

    gone: int = 0
    must_go: int = 0
    stayed: int = 0
    must_stay: int = 0
    articles: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METADATA, 0))
    faults: list[str] = field(default_factory=list)


def _flat(text: str) -> str:
    return BULLET.sub("", " ".join(text.split()))


def _left(line: str, article: Article) -> bool:
    """Whether a piece of furniture is still in the text: as a line, or inside one if it is long enough to tell."""
    lines = [_flat(own) for own in article.text.split("\n")]
    return line in lines or (len(line) >= 20 and any(line in own for own in lines))


def _stated(name: str, label: dict[str, Any], article: Article) -> tuple[str | None, str | None]:
    """What the label and the article say of a field; a derived title counts as none."""
    if name == "title":
        return label.get("title"), None if article.title_derived else article.title
    if name == "date":
        return _moment(Published.from_iso(label["date"]) if "date" in label else None), _moment(article.published)
    return label.get(name), getattr(article, name)


def _moment(published: Published | None) -> str | None:
    """ISO 8601, in UTC where the zone is known, so that one moment in two zones compares equal."""
    if published is None or published.at is None or published.at.tzinfo is None:
        return published.iso() if published else None
    return datetime.fromtimestamp(published.utc_seconds(), UTC).isoformat()


def _add(score: Score, name: str, label: dict[str, Any], article: Article) -> None:
    lines = [_flat(piece) for own in article.text.split("\n") for piece in (own, *own.split(" | "))]
    remain = [line for line in map(_flat, label["drop"]) if _left(line, article)]
    lost = [line for line in map(_flat, label["keep"]) if not any(own.startswith(line) for own in lines)]
    score.articles += 1
    score.must_go += len(label["drop"])
    score.gone += len(label["drop"]) - len(remain)
    score.must_stay += len(label["keep"])
    score.stayed += len(label["keep"]) - len(lost)
    score.faults += [f"{name} remains: {line}" for line in remain] + [f"{name} lost: {line}" for line in lost]
    for fact in METADATA:
        expected, found = _stated(fact, label, article)
        score.right[fact] += expected == found
        score.faults += [f"{name} {fact}: {found!r} for {expected!r}"] if expected != found else []


@cache
def _measured(language: str) -> Score:
    score = Score()
    labels = tomllib.loads((FOLDER / language / "labels.toml").read_text("utf-8"))
    for name, label in labels.items():
        (raw,) = load(FOLDER / language / name, 10**6)
        assert isinstance(raw, RawArticle), raw
        now = datetime.fromisoformat(label["now"]) if "now" in label else NOW
        _add(score, f"{language}/{name}", label, clean(raw, name, now, ZONES))
    return score


@pytest.mark.parametrize("language", LANGUAGES)
def test_furniture_goes(language: str) -> None:
    """Of the lines that must go, nearly all do."""
    score = _measured(language)
    assert score.gone >= 0.94 * score.must_go, score.faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_words_stay(language: str) -> None:
    """Of the lines that must stay, all do: a lost sentence is worse than a marker that is left."""
    score = _measured(language)
    assert score.stayed == score.must_stay, score.faults


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("fact", "least"), [("title", 0.95), ("date", 0.9), ("author", 0.9), ("outlet", 0.85), ("language", 1.0)]
)
def test_metadata_is_right(language: str, fact: str, least: float) -> None:
    """Headline, date with its time and zone, author, outlet and language are those of the labels, or none as there."""
    score = _measured(language)
    assert score.right[fact] >= least * score.articles, [line for line in score.faults if f" {fact}: " in line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_enough_to_measure(language: str) -> None:
    """Each language has articles with and without headline, and a hundred lines of furniture."""
    labels = tomllib.loads((FOLDER / language / "labels.toml").read_text("utf-8")).values()
    assert len(labels) >= 20
    assert sum("title" in label for label in labels) not in {0, len(labels)}
    assert _measured(language).must_go >= 100
