"""Settings to a watcher that keeps an index in line with its sources."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from index.compose.engine import open_ingester, page_limits
from index.compose.store import catalogue_at, has_index, visits_at
from index.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from threading import Event

    from index.compose.engine import Engine
    from index.config import Config
    from index.ingest import Ingester
    from index.types import Visit
    from index.watch import Watcher


def open_watcher(
    config: Config,
    stopped: Event,
    engine: Engine | None = None,
    writing: AbstractContextManager[object] | None = None,
) -> Watcher:
    """A watcher of the sources in the settings; ``stopped`` ends what it waits for.

    With an ``engine`` that is open on the index, articles are stored through it, while ``writing`` keeps this process's
    other writers waiting. Raises ConfigError where the settings name no source.
    """
    from index.watch import Hosts, Watcher

    sources, alone = config.sources, writing or nullcontext()
    if not (sources.folders or sources.feeds):
        raise ConfigError("[sources] of config.toml names nothing to watch; list folders or feeds there")

    @contextmanager
    def opened() -> Iterator[Ingester]:
        """What stores articles, while it holds the index's lock."""
        with alone, open_ingester(config, engine) as ingester:
            yield ingester

    def noting(visits: Sequence[Visit]) -> None:
        """Write down what was visited."""
        with alone:
            _note(config, visits)

    hosts = Hosts(page_limits(config), visits_at(config.store.path), stopped)
    stored = partial(_stored, config)
    return Watcher(
        sources.folders, sources.feeds, sources.newest, hosts, opened, noting, stored, config.store.keep_days
    )


def _stored(config: Config) -> Collection[str]:
    from index.watch import sources_of

    return sources_of(catalogue_at(config.store.path, None)) if has_index(config.store.path) else ()


def _note(config: Config, visits: Sequence[Visit]) -> None:
    """Remember visits under the writer lock, in a new index where there is none. Raises StoreLocked."""
    from index.adapters.writer_lock import writer_lock

    if visits and not has_index(config.store.path):
        with open_ingester(config) as ingester:
            ingester.visits.note(visits)
        return
    with writer_lock(config.store.path):
        if has_index(config.store.path):
            catalogue_at(config.store.path, None)  # an index of the former format is brought up to date
            visits_at(config.store.path).note(visits)
