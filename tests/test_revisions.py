"""What an article said before it changed is kept to be looked at, and told sentence by sentence."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot import changes, cli
from bot.render_history import history
from index.adapters.catalogue import SqliteCatalogue
from index.errors import StoreError
from index.ports import SearchForm, Windows
from index.types import Filters, Passage, Published, Revision
from prompts import message
from tests import samples
from tests.samples import SHIP

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article, AskerLanguage

FIRST = datetime(2026, 4, 1, 8, tzinfo=UTC)
SECOND = FIRST + timedelta(hours=5)
BRIDGE = replace(samples.BRIDGE, published=Published.from_iso("2026-03-14T09:15:00+02:00"))
LATER = replace(
    BRIDGE, text="Міст відкрили в суботу. Роботи коштували 430 мільйонів гривень.\nРух дозволили о дев'ятій."
)


@pytest.fixture
def catalogue(tmp_path: Path) -> SqliteCatalogue:
    """A new catalogue."""
    return SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1")


def _put(catalogue: SqliteCatalogue, article: Article, at: datetime = FIRST) -> None:
    passage = Passage(f"{article.id}-{hash(article.text)}", article.id, 0, 1, article.language, article.text)
    form = SearchForm(" ".join(article.text.lower().split()), Windows((0,), np.eye(1, 8, dtype=np.float32)))
    catalogue.put(article, str(at), [(passage, form)], at)


def test_changed_article_keeps_what_it_was(catalogue: SqliteCatalogue) -> None:
    """Every field of the former state is kept, with the moment in which it ceased to hold."""
    _put(catalogue, BRIDGE)
    _put(catalogue, LATER, SECOND)
    former = {
        name: getattr(BRIDGE, name) for name in ("title", "text", "published", "url", "outlet", "author", "language")
    }
    assert catalogue.history("bridge") == [Revision("bridge", 1, SECOND, **former)]
    assert catalogue.article("bridge") == LATER


def test_former_text_is_not_searched(catalogue: SqliteCatalogue) -> None:
    """Only the new text is found."""
    _put(catalogue, BRIDGE)
    _put(catalogue, LATER, SECOND)
    assert catalogue.search(["412"], 10, Filters()) == []
    assert len(catalogue.search(["430"], 10, Filters())) == 1


@pytest.mark.parametrize("changed", [{"title": "Інша"}, {"published": Published(date(2026, 3, 15))}, {"outlet": None}])
def test_what_is_told_beside_the_text_counts(catalogue: SqliteCatalogue, changed: dict[str, object]) -> None:
    """A new title, date or outlet makes a revision as a new text does."""
    _put(catalogue, BRIDGE)
    _put(catalogue, replace(BRIDGE, **changed), SECOND)  # type: ignore[arg-type] # fields by name
    assert [each.number for each in catalogue.history("bridge")] == [1]


def test_same_words_make_no_revision(catalogue: SqliteCatalogue) -> None:
    """An article that is worked on anew, with other settings or from elsewhere, has not changed."""
    _put(catalogue, SHIP)
    _put(catalogue, replace(SHIP, source="/elsewhere/ship.txt", dropped=()), SECOND)
    assert catalogue.history("ship") == []


def test_numbers_count_up_and_the_oldest_go(catalogue: SqliteCatalogue) -> None:
    """Twenty revisions are kept, the latest first; they keep their numbers."""
    for number in range(1, 25):
        _put(catalogue, replace(SHIP, text=f"Text {number}."), FIRST + timedelta(hours=number))
    found = catalogue.history("ship")
    assert [each.number for each in found] == list(range(23, 3, -1))
    assert (found[0].text, found[-1].text) == ("Text 23.", "Text 4.")


def test_failed_update_leaves_no_revision(catalogue: SqliteCatalogue) -> None:
    """The former state is kept in the transaction that stores the new one."""
    _put(catalogue, BRIDGE)
    form = SearchForm("міст", Windows((0,), np.eye(1, 8, dtype=np.float32)))
    with pytest.raises(StoreError):
        catalogue.put(LATER, "digest", [(Passage("p", "bridge", 0, 1, "uk", "М"), form)] * 2)
    assert (catalogue.history("bridge"), catalogue.article("bridge")) == ([], BRIDGE)


def test_history_goes_with_its_article(catalogue: SqliteCatalogue) -> None:
    """Nothing is kept of an article that is removed; put again, it begins anew."""
    _put(catalogue, BRIDGE)
    _put(catalogue, LATER, SECOND)
    catalogue.remove(["bridge"])
    assert catalogue.history("bridge") == []
    _put(catalogue, BRIDGE, SECOND)
    _put(catalogue, LATER, SECOND)
    assert [each.number for each in catalogue.history("bridge")] == [1]


def test_change_after_a_moment_is_known(catalogue: SqliteCatalogue) -> None:
    """An answer of a while ago can tell whether what it cited was changed or removed since."""
    _put(catalogue, BRIDGE)
    assert not catalogue.changed_since("bridge", FIRST)
    _put(catalogue, LATER, SECOND)
    moments = (SECOND - timedelta(seconds=1), SECOND + timedelta(seconds=1))
    assert [catalogue.changed_since("bridge", each) for each in moments] == [True, False]
    catalogue.remove(["bridge"])
    assert catalogue.changed_since("bridge", moments[1])


def _revision(article: Article, number: int, replaced: datetime = SECOND) -> Revision:
    told = (article.title, article.text, article.published, article.url, article.outlet, article.author)
    return Revision(article.id, number, replaced, *told, article.language)


def test_each_revision_is_set_against_the_next() -> None:
    """The latest against the article as it is, the one before against the latest."""
    now = replace(LATER, text=LATER.text.replace("430", "450"))
    found = changes.changes([_revision(LATER, 2), _revision(BRIDGE, 1)], now)
    assert [(each.removed, each.added) for each in found] == [
        (("Роботи коштували 430 мільйонів гривень.",), ("Роботи коштували 450 мільйонів гривень.",)),
        (("Роботи коштували 412 мільйонів гривень.",), ("Роботи коштували 430 мільйонів гривень.",)),
    ]


SENTENCES = st.lists(st.sampled_from(["It rained.", "The bridge held.", "Nobody came.", "Boats left."]), max_size=8)


@given(SENTENCES, SENTENCES, st.sampled_from([0, 4_000]))
def test_what_came_and_went_accounts_for_the_change(old: list[str], new: list[str], most: int) -> None:
    """What is left of the old sentences, with those that came, are the new ones; long texts are told alike."""
    before, after = (replace(SHIP, text="\n".join(each)) for each in (old, new))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "_MOST_COMPARED", most)
        (found,) = changes.changes([_revision(before, 1)], after)
    assert Counter(old) - Counter(found.removed) + Counter(found.added) == Counter(new)
    assert old != new or found.removed == found.added == ()


@pytest.mark.parametrize(("language", "label"), [("en", "Title"), ("ru", "Заголовок"), ("uk", "Заголовок")])
def test_history_reads_well(language: AskerLanguage, label: str) -> None:
    """When, what beside the text, and the sentences that went and came, in the reader's language."""
    now = replace(LATER, title="Міст відкрито", published=None)
    console = Console(width=80, file=StringIO())
    with console.capture() as said_so:
        console.print(history(now, changes.changes([_revision(BRIDGE, 3)], now), language))
    said = said_so.get()
    assert f"{label}: У Верхній Липівці відкрили міст → Міст відкрито" in said
    assert message("no_date", language) in said
    assert "- Роботи коштували 412 мільйонів гривень.\n+ Роботи коштували 430 мільйонів гривень." in said


def test_unchanged_article_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The command tells people that there is nothing to tell."""
    _put(SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1"), SHIP)
    assert cli.main(["show", "ship", "--history", "--lang", "en", "--store", str(tmp_path)]) == 0
    assert "Unchanged since it was stored." in capsys.readouterr().out


def test_history_as_json(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Programs get number, time, title, date, text and the sentences of each revision."""
    catalogue = SqliteCatalogue(tmp_path / "catalogue.sqlite3", "model-1")
    _put(catalogue, BRIDGE)
    _put(catalogue, LATER, SECOND)
    assert cli.main(["show", "bridge", "--history", "--json", "--store", str(tmp_path)]) == 0
    document = json.loads(capfdbinary.readouterr().out)
    assert list(document) == ["id", "revisions"]
    (revision,) = document["revisions"]
    assert (revision["number"], revision["replaced"]) == (1, "2026-04-01T13:00:00+00:00")
    assert (revision["date"], revision["text"]) == ("2026-03-14T09:15:00+02:00", BRIDGE.text)
    assert (len(revision["added"]), revision["removed"]) == (1, ["Роботи коштували 412 мільйонів гривень."])
