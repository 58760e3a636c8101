"""What happens within the processes of tests/crash.py: a stand-in for the model, reports, deaths, the look after."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from index import compose
from index.adapters.catalogue import SqliteCatalogue
from index.adapters.catalogue_exchange import CatalogueRecords
from index.adapters.catalogue_file import CatalogueFile
from index.adapters.catalogue_visits import SqliteVisits
from index.adapters.chroma_collection import CollectionVectors
from index.compose import belongings, engine, watching
from index.compose.store import require_vectors_of, vectors_at
from index.copies import settle
from index.errors import StoreError
from index.language import detect, search_words
from index.load import PageLimits
from index.types import Filters
from tests.fakes import WordEmbedder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from index.config import Config
    from index.types import Article

_STEPS = {
    SqliteCatalogue: ("expect_vectors", "put", "remove", "expire", "forget_orphans", "move", "settle"),
    CollectionVectors: ("add", "delete"),
    CatalogueRecords: ("complete",),
    SqliteVisits: ("note",),
}

Stored = dict[str, int]
"""The version of each article, by id."""


def stand_in() -> None:
    """Have everything that compose opens use a model that counts words."""
    search_words("Councils met.", "en")  # dictionaries are read once, before processes are forked
    detect("The council met in the town hall.")
    for place, name, value in (
        (engine, "open_embedder", WordEmbedder()),
        (belongings, "fingerprint", WordEmbedder.fingerprint),
        (belongings, "model_problems", []),
        (watching, "page_limits", PageLimits(private_addresses=True, pause=0)),
    ):
        setattr(place, name, _always(value))


def _always(value: object) -> Callable[[Config], object]:
    return lambda _: value


def article(name: str, version: int) -> str:
    """An article's line of JSON."""
    title = "Council" if version % 3 else f"Council {version}"
    return json.dumps({"id": name, "title": title, "date": day(name, version), "text": body(name, version)}) + "\n"


def day(name: str, version: int) -> str:
    """When the article was published."""
    return "2009-03-01" if is_old(name) else f"2026-02-{version % 27 + 1:02}"


def body(name: str, version: int) -> str:
    """Paragraphs whose words tell which article in which version they are of."""
    word = marker(name, version)
    return "\n\n".join(
        f"The {word} council met in hall {place} and spoke of {word} and of bridges."
        for place in range(version % 5 + 1)
    )


def marker(name: str, version: int) -> str:
    """A word that stands in one version of one article only."""
    return f"zq{''.join(filter(str.isalnum, name))}v{version}z"


def is_old(name: str) -> bool:
    """Whether retention removes it."""
    return name[1:].isdecimal() and int(name[1:]) % 7 == 0


def report(log: Path) -> None:
    """Write down, past any death, what the catalogue has stored and removed, once it says so."""
    file = os.open(log, os.O_WRONLY | os.O_APPEND)
    put, remove = SqliteCatalogue.put, SqliteCatalogue.remove

    def reporting_put(self: SqliteCatalogue, stored: Article, *rest: Any, **more: Any) -> None:
        put(self, stored, *rest, **more)
        os.write(file, f"put {stored.id}\n".encode())

    def reporting_remove(self: SqliteCatalogue, ids: list[str]) -> int:
        found = remove(self, ids)
        os.write(file, "".join(f"remove {each}\n" for each in ids).encode())
        return found

    SqliteCatalogue.put, SqliteCatalogue.remove = reporting_put, reporting_remove  # type: ignore[method-assign, assignment] # this process only


def arm(moment: str, left: int) -> None:
    """Die before or after the so-and-so-many-th step or statement."""
    counted = [left]

    def count(*_: object) -> None:
        counted[0] -= 1
        if counted[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "statement":
        connect = CatalogueFile._connect

        def traced(self: CatalogueFile) -> sqlite3.Connection:
            connection = connect(self)
            connection.set_trace_callback(count)
            return connection

        CatalogueFile._connect = traced  # type: ignore[method-assign] # this process only
        return
    for kind, names in _STEPS.items():
        for name in names:
            setattr(kind, name, _counted(getattr(kind, name), count))


def _counted(step: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    def counting(*given: Any, **more: Any) -> Any:
        count()
        done = step(*given, **more)
        count()
        return done

    return counting


def look(config: Config, log: Path, before: Stored, wanted: Stored, *, finished: bool) -> tuple[int, int]:
    """Raises AssertionError where something is lost, doubled or left over.

    Returns how many vectors are left announced, and whether the vectors had to be made anew.
    """
    if not (config.store.path / "catalogue.sqlite3").exists():
        assert not before, "the catalogue is gone"
        assert not (finished and wanted), "there is no catalogue"
        return 0, 0
    found = compose.check(config, repair=False)
    torn = [each for each in found.problems if each.kind in ("vectors_unusable", "vectors_wrong")]
    if torn and not finished:
        found = compose.check(config, repair=True)
        assert found.ok, f"not repaired: {found.problems}"
    allowed = set() if finished else {"vectors_announced"}
    assert {each.kind for each in found.problems} <= allowed, f"{found.problems}"
    stored = _stored(config)
    sure = _reported(log, wanted)
    for name in {*before, *wanted, *stored}:
        version, possible = stored.get(name), {before.get(name), wanted.get(name)}
        right = {wanted.get(name)} if finished or name in sure else possible
        assert version in right, f"{name} is there as {version}, not as one of {right}; reported {sorted(sure)}"
    _search(config, stored)
    if finished:
        _told_apart(config.store.path / "catalogue.sqlite3")
    return sum(each.count for each in found.problems), int(bool(torn))


def _reported(log: Path, wanted: Stored) -> set[str]:
    """The articles that were said to be as they are wanted."""
    lines = [line.split() for line in log.read_text("utf-8").splitlines()]
    return {name for verb, name in lines if (verb == "put") == (name in wanted)}


def _stored(config: Config) -> Stored:
    catalogue = compose.open_catalogue(config)
    texts = {each.id: each.text for each in catalogue.articles()}
    return {name: int(text.split(marker(name, 0)[:-2])[1].split("z")[0]) for name, text in texts.items()}


def _told_apart(file: Path) -> None:
    """The stories are those that looking at every article anew would find."""
    found = SqliteCatalogue(file, None).signatures()
    anew = file.with_name("anew.sqlite3")
    anew.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection, closing(sqlite3.connect(anew)) as copy:
        connection.backup(copy)
        with copy:
            copy.execute("UPDATE article SET signature = NULL, story = NULL")
    catalogue = SqliteCatalogue(anew, None)
    settle(catalogue)
    assert found == catalogue.signatures(), f"{found}, not {catalogue.signatures()}"


def _search(config: Config, stored: Stored) -> None:
    """Old text is not found by its words, and what is nearest to the words of an article is that article's."""
    catalogue, vectors = compose.open_catalogue(config), vectors_at(config.store)
    for name, version in stored.items():
        ids = [each for each, _ in catalogue.search([marker(name, version)], 50, Filters())]
        assert ids, f"{name} is not found"
        for passage, whole in catalogue.passages(ids):
            assert whole.id == name
            assert whole.text[passage.start : passage.end] == passage.text
        old = [marker(name, other) for other in range(max(0, version - 40), version)]
        assert not catalogue.search(old, 50, Filters()), f"{name}: old text is searched"
    require_vectors_of(config.store, catalogue, vectors)
    if not stored:
        return
    question = WordEmbedder().embed_queries(["The council met"])[0]
    try:
        hits = vectors.search(question, 20, Filters())
    except StoreError as error:
        raise AssertionError(str(error)) from error
    assert len({each for each, _ in hits}) == len(hits), "a passage is found twice"
