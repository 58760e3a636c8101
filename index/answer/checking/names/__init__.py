"""Whether the names of a written sentence are its source's: each is told there, in some form, and where it belongs."""

from index.answer.checking.names.misplaced import misplaced
from index.answer.checking.names.unsupported import unsupported_name

__all__ = ["misplaced", "unsupported_name"]
