"""Which articles are one text: reprints, agency copies with small edits, excerpts. Such copies are one story."""

from index.copies.settling import settle
from index.copies.shared_text import containment, same_text
from index.copies.signature import signature

__all__ = ["containment", "same_text", "settle", "signature"]
