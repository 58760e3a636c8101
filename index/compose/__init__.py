"""The only wiring: settings to ready objects. Adapters are imported here, on first use."""

from index.compose.archive import Archive, open_archive
from index.compose.checking import check
from index.compose.engine import Engine, open_catalogue, open_engine, open_ingester, page_limits
from index.compose.measuring import open_baselines, open_bench
from index.compose.models import open_bare_embedder, open_embedder, open_reranker
from index.compose.moving import count_exported, count_passages, import_articles, migrate, stored_articles
from index.compose.removal import remove_articles, selected_articles
from index.compose.watching import open_watcher

__all__ = [
    "Archive",
    "Engine",
    "check",
    "count_exported",
    "count_passages",
    "import_articles",
    "migrate",
    "open_archive",
    "open_bare_embedder",
    "open_baselines",
    "open_bench",
    "open_catalogue",
    "open_embedder",
    "open_engine",
    "open_ingester",
    "open_reranker",
    "open_watcher",
    "page_limits",
    "remove_articles",
    "selected_articles",
    "stored_articles",
]
