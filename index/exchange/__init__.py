"""An index on the move: vectors from one place to another, articles out to a file and in again."""

from index.exchange.form import line_of, stored_of
from index.exchange.moving import Moved, copy_vectors
from index.exchange.reading import count_export, read_export
from index.exchange.restoring import Restored, restore

__all__ = ["Moved", "Restored", "copy_vectors", "count_export", "line_of", "read_export", "restore", "stored_of"]
