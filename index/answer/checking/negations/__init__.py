"""Whether a written sentence affirms what its source affirms, and denies what it denies."""

from index.answer.checking.negations.turned import turned

__all__ = ["turned"]
