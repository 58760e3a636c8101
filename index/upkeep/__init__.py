"""Whether an index is whole: its vectors against its catalogue, and how they are made to agree again."""

from index.upkeep.vectors import compare_vectors, mend_vectors, require_vectors

__all__ = ["compare_vectors", "mend_vectors", "require_vectors"]
