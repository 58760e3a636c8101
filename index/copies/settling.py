"""Stored articles into stories: whatever way they came in, those that are copies of each other are one.

A story is a connected part of the graph in which copies are joined, so that the order of indexing does not matter. An
article without a signature has to be looked at: it is new or changed, or an article of its story has changed or gone.
That is noted in the transaction that changes it, so that what a crash leaves undone the next run does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.copies.shared_text import same_text
from index.copies.signature import Alike, signature

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from index.ports import Catalogue

    Known = Mapping[str, tuple[bytes | None, str | None]]

_CACHED = 64  # articles


def settle(catalogue: Catalogue) -> None:
    """Find the stories of all articles that have to be looked at; the caller holds the writer lock.

    An article's story is the first stored of its copies; articles in different languages are never joined.
    """
    now = catalogue.signatures()
    fresh = {name: signature(catalogue.article(name).text) for name, (known, _) in now.items() if known is None}
    if not fresh:
        return
    groups = _groups(now)
    unsure = {name for names in groups if names & fresh.keys() for name in names}
    kept = [names for names in groups if len(names) > 1 and not names & unsure]
    told = {name: fresh.get(name, known or b"") for name, (known, _) in now.items()}
    leads = _leads(now, [*kept, *_links(catalogue, told, unsure)])
    catalogue.settle(fresh, {name: leads.get(name) for name, (_, story) in now.items() if leads.get(name) != story})


def _groups(known: Known) -> list[set[str]]:
    """The ids of each story's articles."""
    found: dict[str, set[str]] = {}
    for name, (_, story) in known.items():
        found.setdefault(story or name, set()).add(name)
    return list(found.values())


def _links(catalogue: Catalogue, signatures: Mapping[str, bytes], unsure: Container[str]) -> Iterator[set[str]]:
    """Pairs of copies of which one at least is unsure."""
    names = list(signatures)
    alike = Alike(signatures.values())
    article = lru_cache(_CACHED)(catalogue.article)
    for place, name in enumerate(names):
        near = alike.near(place) if name in unsure else []
        for other in (names[at] for at in near if at < place or names[at] not in unsure):
            if same_text(article(name), article(other)):
                yield {name, other}


def _leads(known: Iterable[str], joined: Iterable[set[str]]) -> dict[str, str]:
    """For each article that is a copy, the first stored of the articles it is joined with, over however many steps."""
    order = {name: at for at, name in enumerate(known)}
    parent = {name: name for name in order}

    def root(name: str) -> str:
        """The article that stands for all joined with this one so far; the way to it is halved each time."""
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for names in joined:
        roots = {root(name) for name in names}
        first = min(roots, key=order.__getitem__)
        parent.update(dict.fromkeys(roots, first))
    return {name: root(name) for name in order if root(name) != name}
