"""A language model's words put to a found answer: what it is given, how it is read, and what of it may be shown."""

from index.answer.writing.writer import Writer

__all__ = ["Writer"]
