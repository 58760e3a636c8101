"""Copies of one text are one story: found when articles are stored, counted once, told as printed elsewhere."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import cli
from index.adapters.catalogue import SqliteCatalogue
from index.answer.stories import best_copies, stories
from index.compose import open_engine, open_ingester
from index.config import Config, EmbedderSettings, StoreSettings
from index.copies import containment, settle, signature
from index.copies.signature import Alike
from index.types import Article, Hit, Passage, Query
from tests.stories import FERRY_EN, FERRY_EN_REPRINT, FERRY_RU, FERRY_UK_TRANSLATION, FIRE_RU

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.types import Language

TEXTS: dict[Language, str] = {"en": FERRY_EN, "uk": FERRY_UK_TRANSLATION, "ru": FERRY_RU}
LEADS: dict[Language, str] = {
    "en": "IZMAIL, 5 March (Delta Wire). Traffic on the lower Danube stood still for half a day. ",
    "uk": "ІЗМАЇЛ, 5 березня (Дельта). Рух на нижньому Дунаї зупинився на пів дня. ",
    "ru": "ИЗМАИЛ, 5 марта (Дельта). Движение на нижнем Дунае остановилось на полдня. ",
}
OWN_REPORT_EN = (
    "Fog stopped the Danube crossing at Izmail on Thursday when the ferry Dunai-4 hit a bank of sand. "
    "Doctors in Odesa are treating its captain, Petro Zhuk; a dozen travellers have bruises. "
    "Danube Lines expects a bill of 14 million hryvnias and says that boats will run again on Friday morning."
)


def _article(name: str, text: str, language: Language = "en", outlet: str | None = None) -> Article:
    return Article(name, f"/{name}", text, language, text.partition(".")[0], outlet=outlet)


def _catalogue(folder: Path) -> SqliteCatalogue:
    return SqliteCatalogue(folder / "catalogue.sqlite3", "words")


def _store(catalogue: SqliteCatalogue, *articles: Article) -> None:
    for each in articles:
        catalogue.put(each, "digest", [])
    settle(catalogue)


def _stories(catalogue: SqliteCatalogue) -> dict[str, str | None]:
    return {name: story for name, (_, story) in catalogue.signatures().items()}


def _together(catalogue: SqliteCatalogue) -> set[frozenset[str]]:
    told = _stories(catalogue)
    return {frozenset(each for each in told if (told[each] or each) == first) for first in told if told[first] is None}


def _edited(text: str, share: float) -> str:
    """The text with so many of its words replaced."""
    words = text.split()
    for place in range(3, len(words), round(1 / share)):
        words[place] = f"{words[place][:1]}{place}"
    return " ".join(words)


def _excerpt(text: str) -> str:
    return " ".join(text.split()[: len(text.split()) * 2 // 5])


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("change", ["reprint", "agency", "edited", "excerpt"])
def test_copies_are_one_story(tmp_path: Path, language: Language, change: str) -> None:
    """A reprint, one with an agency's lead of its own, one with small edits and an excerpt are copies."""
    text = TEXTS[language]
    _, rest = text.split(". ", 1)
    changed = {
        "reprint": text,
        "agency": LEADS[language] + rest,
        "edited": _edited(text, 0.08),
        "excerpt": _excerpt(text),
    }
    catalogue = _catalogue(tmp_path)
    _store(catalogue, _article("first", text, language), _article("second", changed[change], language))
    assert _stories(catalogue) == {"first": None, "second": "first"}


def test_reports_of_one_event_are_apart(tmp_path: Path) -> None:
    """Two outlets' own words on one event, its translation and another event are stories of their own."""
    catalogue = _catalogue(tmp_path)
    own = _article("own", OWN_REPORT_EN)
    _store(
        catalogue, own, *(_article(name, text, name) for name, text in TEXTS.items()), _article("fire", FIRE_RU, "ru")
    )
    assert set(_stories(catalogue).values()) == {None}


def test_one_text_under_two_languages_is_two_stories(tmp_path: Path) -> None:
    """Articles in different languages are compared when a question is asked."""
    catalogue = _catalogue(tmp_path)
    _store(catalogue, _article("a", FERRY_EN, "en"), _article("b", FERRY_EN, "other"))
    assert _stories(catalogue) == {"a": None, "b": None}


def test_series_of_one_outlet_is_no_copy(tmp_path: Path) -> None:
    """Today's rates in yesterday's words are news of their own; the same page under two addresses is one story."""
    rates = "The National Bank of Zorianske set the dollar at {} and the euro at {} hryvnias for {}, it said today. "
    form = rates + "Commercial banks may sell currency at rates of their own, and exchange offices close at eight."
    monday, tuesday = form.format("41.2", "48.9", "Monday"), form.format("41.5", "48.1", "Tuesday")
    catalogue = _catalogue(tmp_path)
    _store(catalogue, *(_article(name, text, outlet="Herald") for name, text in (("a", monday), ("b", tuesday))))
    assert _stories(catalogue) == {"a": None, "b": None}
    _store(catalogue, _article("c", tuesday, outlet="herald"))
    assert _stories(catalogue) == {"a": None, "b": None, "c": "b"}


def test_short_texts_are_no_copies(tmp_path: Path) -> None:
    """Too few words tell nothing, even where they are the same."""
    catalogue = _catalogue(tmp_path)
    _store(catalogue, _article("a", "Weather: sunny all day."), _article("b", "Weather: sunny all day."))
    assert catalogue.signatures() == {"a": (b"", None), "b": (b"", None)}


def test_copy_that_changes_leaves_its_story(tmp_path: Path) -> None:
    """Updated to another text, an article is a story of its own, and the others stay together."""
    catalogue = _catalogue(tmp_path)
    _store(catalogue, *(_article(name, FERRY_EN) for name in ("a", "b", "c")))
    _store(catalogue, _article("a", OWN_REPORT_EN))
    assert _stories(catalogue) == {"a": None, "b": None, "c": "b"}
    _store(catalogue, _article("a", FERRY_EN))
    assert _stories(catalogue) == {"a": None, "b": "a", "c": "a"}


def test_story_falls_apart_without_its_link(tmp_path: Path) -> None:
    """Two texts that only a third one joined are apart when it is removed, and when it changes."""
    catalogue = _catalogue(tmp_path)
    both = _article("both", f"{FERRY_EN} {OWN_REPORT_EN}")
    _store(catalogue, _article("a", FERRY_EN), both, _article("c", OWN_REPORT_EN))
    assert _together(catalogue) == {frozenset({"a", "both", "c"})}
    catalogue.remove(["both"])
    settle(catalogue)
    assert _together(catalogue) == {frozenset({"a"}), frozenset({"c"})}
    _store(catalogue, both)
    _store(catalogue, _article("both", FIRE_RU))
    assert _together(catalogue) == {frozenset({"a"}), frozenset({"c"}), frozenset({"both"})}


def test_first_copy_left_leads(tmp_path: Path) -> None:
    """Where the article that stands for a story goes, the copy stored next stands for it."""
    catalogue = _catalogue(tmp_path)
    for name in ("z", "y", "x"):
        _store(catalogue, _article(name, FERRY_EN))
    catalogue.remove(["z"])
    settle(catalogue)
    assert _stories(catalogue) == {"y": None, "x": "y"}


def test_what_a_crash_left_is_settled_by_the_next_run(tmp_path: Path) -> None:
    """Articles that were stored and not compared, as those of an older format, are compared later."""
    catalogue = _catalogue(tmp_path)
    for name in ("a", "b"):
        catalogue.put(_article(name, FERRY_EN), "digest", [])
    settle(catalogue)
    assert _stories(catalogue) == {"a": None, "b": "a"}


POOL = {
    "ferry": FERRY_EN,
    "reprint": FERRY_EN_REPRINT,
    "excerpt": _excerpt(FERRY_EN),
    "edited": _edited(FERRY_EN, 0.1),
    "own": OWN_REPORT_EN,
    "both": f"{FERRY_EN} {OWN_REPORT_EN}",
    "harbour": _edited(OWN_REPORT_EN, 0.05),
}


@settings(deadline=None, max_examples=40)
@given(st.permutations(sorted(POOL)), st.integers(1, len(POOL)), st.sets(st.sampled_from(sorted(POOL))))
def test_order_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], at_once: int, gone: set[str]
) -> None:
    """However articles come in, and whatever came and went meanwhile, the same are together."""
    one, other = _catalogue(tmp_path_factory.mktemp("one")), _catalogue(tmp_path_factory.mktemp("other"))
    for start in range(0, len(names), at_once):
        _store(one, *(_article(name, POOL[name]) for name in names[start : start + at_once]))
    one.remove(sorted(gone))
    settle(one)
    _store(other, *(_article(name, POOL[name]) for name in sorted(POOL) if name not in gone))
    assert _together(one) == _together(other)


@given(st.text(), st.text())
def test_any_texts_can_be_compared(one: str, other: str) -> None:
    """Whatever the texts, there is a signature, the share lies in [0, 1] and is the same both ways."""
    assert len(signature(one)) in (0, 128)
    assert 0 <= containment(one, other) == containment(other, one) <= 1


def test_signatures_stay_what_they_were() -> None:
    """Those stored by earlier versions are compared with those made now."""
    assert signature(FERRY_EN)[:8].hex() == "052c8fb7a08b4fa2"


def test_unreadable_signatures_are_near_to_none() -> None:
    """Of another length, as from another version's export, they match nothing."""
    whole = signature(FERRY_EN)
    alike = Alike([whole, whole[:64], b"", whole])
    assert [alike.near(place) for place in range(4)] == [[3], [], [], [0]]


def _hit(article: Article) -> Hit:
    return Hit(Passage(f"{article.id}-0", article.id, 0, 9, article.language, article.text[:9]), article, 1.0)


def test_only_the_best_copy_is_evidence() -> None:
    """Of known copies the best ranked stays among the hits, wherever in the ranking the others are."""
    a, b, c = (_article(name, FERRY_EN) for name in "abc")
    own = _article("own", OWN_REPORT_EN)
    known = {"a": [b, c], "b": [a, c], "c": [a, b]}
    assert [hit.article.id for hit in best_copies([_hit(each) for each in (b, own, a, b, c)], known)] == [
        "b",
        "own",
        "b",
    ]


def test_known_copies_are_told_though_not_found() -> None:
    """A story names the copies among the articles first, then those that only the index knows."""
    a, b, c = (_article(name, FERRY_EN) for name in "abc")
    (story,) = stories([b, a], "en", known={"a": [c, b], "b": [c, a]}, compared=0)
    assert (story.lead, story.copies) == (b, (a, c))


def test_comparing_texts_ends_somewhere() -> None:
    """Beyond the stories that are compared, copies that indexing did not find are not told."""
    articles = [_article("own", OWN_REPORT_EN), _article("a", FERRY_EN), _article("b", FERRY_EN)]
    assert [len(stories(articles, "en", compared=most)) for most in (1, 2, 3)] == [3, 3, 2]


OUTLETS = ("Delta Wire", "Morning Quay", "Izmail Post", "River News", "The Lighthouse", "Danube Daily", "Port Gazette")


def _records() -> Iterable[dict[str, Any]]:
    common = {"lang": "en", "date": "2026-03-05", "title": "Ferry aground"}
    for place, outlet in enumerate(OUTLETS):
        yield {"id": f"copy{place}", "source": outlet, "text": FERRY_EN, **common}
    yield {"id": "own", "source": "Estuary", "text": OWN_REPORT_EN, **common}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Config:
    """An index of one text in seven outlets and another outlet's own report, with the real model."""
    folder = tmp_path_factory.mktemp("copies")
    (folder / "news.jsonl").write_text("".join(json.dumps(each) + "\n" for each in _records()), "utf-8")
    made = Config(store=StoreSettings(path=folder / "store"), embedder=EmbedderSettings(cache=model_cache))
    with open_ingester(made) as ingester:
        ingester.ingest([folder / "news.jsonl"], datetime(2026, 3, 6, tzinfo=UTC), lambda _: None)
    return made


def test_answer_counts_copies_once(config: Config) -> None:
    """All seven are one source; the other outlet confirms, and the six are named though they are no hits."""
    engine = open_engine(config)
    answer = engine.answerer.answer(Query("How much will repairs to the ferry cost?", "en"), date(2026, 3, 6))
    found = {hit.article.id for hit in answer.hits}
    assert (len(found), "own" in found) == (2, True)
    assert all(len(each.citations) == 2 for each in answer.corroborations)
    (story,) = answer.stories
    assert {story.lead.outlet, *(copy.outlet for copy in story.copies)} == set(OUTLETS)
    assert len(engine.retriever.retrieve(Query("ferry aground", "en"), 10)) == len(OUTLETS) + 1


def test_copies_are_shown(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    """`show` names who else prints an article, `ask` and `show` at most five of them; `status` counts copies."""
    store = ["--store", str(config.store.path), "--lang", "en"]
    cli.main(["show", "copy3", "--json", *store[:2]])
    assert json.loads(capsys.readouterr().out)["copies"] == ["copy0", "copy1", "copy2", "copy4", "copy5", "copy6"]
    cli.main(["show", "copy3", *store])
    told = " ".join(capsys.readouterr().out.split())
    assert "also in: Delta Wire, Morning Quay, Izmail Post, The Lighthouse, Danube Daily and 1 more" in told
    cli.main(["status", "--json", *store[:2]])
    assert json.loads(capsys.readouterr().out)["copies"] == len(OUTLETS) - 1
