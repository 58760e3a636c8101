"""Pages, feeds and sitemaps on the web, and folders, read again and again: politely, and never what did not change."""

from index.watch.gathering import Gathering, sources_of
from index.watch.hosts import Hosts
from index.watch.rounds import Round, Watcher

__all__ = ["Gathering", "Hosts", "Round", "Watcher", "sources_of"]
