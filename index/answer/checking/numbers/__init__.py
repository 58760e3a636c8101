"""Whether the numbers of a written sentence are its source's: each is told there, and of the same thing."""

from index.answer.checking.numbers.exchanged import exchanged_number
from index.answer.checking.numbers.unsupported import unsupported_number

__all__ = ["exchanged_number", "unsupported_number"]
