"""What of a sentence can be compared with another sentence, whatever the language: numbers, dates, names."""

from index.answer.facts.facts import Facts, facts_by_sentence, facts_of

__all__ = ["Facts", "facts_by_sentence", "facts_of"]
