"""Articles out of an index, by whatever they are known by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.compose.store import catalogue_at, require_index, vectors_at
from index.types import Selection

if TYPE_CHECKING:
    from index.config import Config
    from index.ports import Catalogue
    from index.types import Article


def remove_articles(config: Config, wanted: Selection) -> list[str]:
    """Remove the articles that fit, where an id may be an address as well; returns their ids.

    Raises:
        StoreMissing: There is no index at the configured path.
        StoreLocked: Another process is writing.
    """
    from index.adapters.writer_lock import writer_lock
    from index.copies import settle
    from index.ingest import remove

    require_index(config.store.path)
    with writer_lock(config.store.path):
        catalogue = catalogue_at(config.store.path, None)
        chosen = _fitting(catalogue, wanted)
        # What an earlier removal that was cut short left behind is done as well.
        if chosen or catalogue.orphans():
            remove(catalogue, vectors_at(config.store), chosen)
        settle(catalogue)
        return chosen


def selected_articles(config: Config, wanted: Selection) -> list[Article]:
    """The articles that ``remove_articles`` would remove. Raises StoreMissing."""
    require_index(config.store.path)
    catalogue = catalogue_at(config.store.path, None)
    return [catalogue.article(each) for each in _fitting(catalogue, wanted)]


def known_by(catalogue: Catalogue, reference: str) -> list[str]:
    """The ids of the articles with this id, else with this address, or read from this address or file."""
    found = catalogue.ids(Selection(ids=(reference,)))
    # Looking through all addresses takes a while; an id made from a file's or a page's name has none of these signs.
    return found or (catalogue.ids(Selection(url=reference)) if "/" in reference or ":" in reference else [])


def _fitting(catalogue: Catalogue, wanted: Selection) -> list[str]:
    if wanted.ids is None:
        return catalogue.ids(wanted)
    ids = tuple(each for reference in wanted.ids for each in known_by(catalogue, reference))
    return catalogue.ids(replace(wanted, ids=ids))
