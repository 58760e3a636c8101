"""Whether the times of a written sentence are its source's: each is told there, and of the same event."""

from index.answer.checking.dates.misdated import misdated
from index.answer.checking.dates.unsupported import unsupported_date

__all__ = ["misdated", "unsupported_date"]
