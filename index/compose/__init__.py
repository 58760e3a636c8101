"""The only wiring: settings to ready objects. Adapters are imported here, on first use."""

from index.compose.archive import Archive, open_archive
from index.compose.engine import Engine, open_catalogue, open_engine, open_ingester, page_limits, remove_articles
from index.compose.measuring import open_baselines, open_bench
from index.compose.models import open_models, open_reranker

__all__ = [
    "Archive",
    "Engine",
    "open_archive",
    "open_baselines",
    "open_bench",
    "open_catalogue",
    "open_engine",
    "open_ingester",
    "open_models",
    "open_reranker",
    "page_limits",
    "remove_articles",
]
