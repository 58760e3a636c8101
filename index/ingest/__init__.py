"""Sources to a searchable index: load, clean, chunk, embed, store; and what leaves it again."""

from index.ingest.ingester import Ingester
from index.ingest.prepared import IngestSettings, words_of
from index.ingest.removing import delete_orphans, expire, remove

__all__ = ["IngestSettings", "Ingester", "delete_orphans", "expire", "remove", "words_of"]
